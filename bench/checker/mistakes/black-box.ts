import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import type { GradientCase } from '../../../src/check/gradient/gradient-case.ts';
import type { Problem } from '../../../src/check/judge.ts';
import { manualFused } from '../../../src/gradients/manual/method.ts';
import type { GradientMethod } from '../../../src/gradients/method.ts';
import { prepareOrThrow } from '../../../src/gradients/prepare-or-throw.ts';
import { batchShape } from '../../../src/model/batch.ts';
import { zeroParams } from '../../../src/params/params.ts';
import { type Attempt, outcomeOf, saidOf } from './attempt.ts';
import { beside } from './gradients.ts';
import { ACTIVATIONS, LOSSES, type Placed } from './networks.ts';
import { inEach, single } from './planted.ts';

/** `checkGradient` on a network's loss as any function of its parameters, with a mistake planted. */
export const runBlackBox = (
  networks: readonly Problem[],
  seed: number,
  done: (share: number) => void,
): Promise<readonly Attempt[]> =>
  inEach(networks, done, async (problem, mistake) => {
    const planted = single(mistake);
    const found = await beside(problem, planted.method());
    const told = checkGradient(await caseOf(problem, planted.method()), { seed });
    return {
      ...outcomeOf(found, planted, told, seed),
      naming: saidOf(found, told.diagnosis),
      names: [],
      layer: null,
    };
  });

/** The loss and a method's gradient as functions of the flat parameters. */
export async function caseOf(problem: Problem, method: GradientMethod): Promise<GradientCase> {
  const { model, batch, params } = problem;
  const { layout } = model;
  const right = await prepareOrThrow(manualFused, model, batchShape(batch));
  const wrong = await prepareOrThrow(method, model, batchShape(batch));
  const unused = zeroParams(layout);
  const factors: Record<string, number> = { N: batch.inputs.rows };
  if (model.outputs > 1) factors.C = model.outputs;
  return {
    name: method.name,
    f: (values) => right.valueAndGrad({ layout, values }, batch, unused),
    gradient: (values) => {
      const into = zeroParams(layout);
      // A view of what was given, so that whoever changes it is seen.
      wrong.valueAndGrad({ layout, values }, batch, into);
      return into.values;
    },
    at: params.values,
    slots: layout.slots.map(({ name, shape }) => ({ name, shape })),
    factors,
  };
}

/** Those of two linear layers, activations and losses in turn. */
export function blackBoxNetworks(all: readonly Placed[], count: number): readonly Problem[] {
  return Array.from({ length: count }, (_, n) => {
    const round = Math.floor(n / ACTIVATIONS.length);
    const { kind } = ACTIVATIONS[n % ACTIVATIONS.length]!;
    // Another loss in the next round, and another arrangement.
    const loss = LOSSES[(n + round) % LOSSES.length];
    const fitting = all.filter(
      ({ activation, model }) =>
        activation === kind && model.loss.kind === loss && model.layout.slots.length === 4,
    );
    return fitting[round % fitting.length]!;
  });
}
