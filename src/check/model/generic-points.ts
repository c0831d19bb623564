import { targetColumns } from '../../model/batch.ts';
import { losses } from '../../model/losses.ts';
import { type Matrix, zeros } from '../../numeric/matrix.ts';
import type { Random } from '../../numeric/random.ts';
import { zeroParams } from '../../params/params.ts';
import type { Problem } from '../judge.ts';
import { basePoint } from './base-point.ts';
import { networkOf } from './network.ts';

/**
 * Another problem of the same network: normal parameters of size 1/√in, biases among them, normal
 * inputs, targets such as the given ones. What agrees here too agrees by no accident of the point.
 */
export function genericPoint(problem: Problem, rows: number, random: Random): Problem {
  const { model, dtype, batch } = problem;
  const params = zeroParams(model.layout, dtype);
  for (const { offset, size, shape } of model.layout.slots) {
    const scale = shape.length === 2 ? 1 / Math.sqrt(shape[1]!) : 1;
    for (let i = offset; i < offset + size; i++) params.values[i] = scale * random.normal();
  }
  const filled = (cols: number, next: () => number): Matrix => {
    const m = zeros(rows, cols, dtype);
    for (let i = 0; i < m.data.length; i++) m.data[i] = next();
    return m;
  };
  return {
    model,
    params,
    batch: {
      inputs: filled(model.inputs, () => random.normal()),
      targets: filled(targetColumns(model), nextTarget(problem, batch.targets, random)),
    },
    dtype,
  };
}

function nextTarget({ model }: Problem, given: Matrix, random: Random): () => number {
  const { targets, range } = losses[model.loss.kind];
  if (targets === 'classes') return () => random.integer(model.outputs);
  if (!range) return () => random.normal();
  // A rule that knows hard labels only is not to be asked for others.
  const hard = given.data.every((y) => range.includes(y));
  return hard ? () => range[random.integer(2)]! : () => random.uniform();
}

/** Narrow layers behind one another have one sign each in most draws; wide ones in none. */
const DRAWS = 500;

/**
 * A generic point at which every linear layer's values have both signs: a formula for one side of a kink
 * would else go for that of another activation. The last draw where there is none.
 */
export function bothSidedPoint(problem: Problem, rows: number, random: Random): Problem {
  for (let draw = 1; ; draw++) {
    const point = genericPoint(problem, rows, random);
    const { z } = basePoint(networkOf(point));
    const isBothSided = z.every((v) => v.some((u) => u > 0) && v.some((u) => u < 0));
    if (isBothSided || draw === DRAWS) return point;
  }
}

/**
 * A batch size that is no size of the network, so that no factor is taken for another; large enough
 * that a narrow layer sees both sides of its kink.
 */
export function primeRows({ model }: Problem): number {
  const sizes = new Set(model.layout.slots.flatMap(({ shape }) => [...shape]));
  return PRIMES.find((p) => !sizes.has(p)) ?? PRIMES[0]!;
}

const PRIMES = [17, 19, 23, 29, 31, 37, 41];
