import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import type { GradientCase } from '../../../src/check/gradient/gradient-case.ts';
import type { Problem } from '../../../src/check/judge.ts';
import { manualFused } from '../../../src/gradients/manual/method.ts';
import type { GradientMethod, PreparedGradient } from '../../../src/gradients/method.ts';
import { batchShape } from '../../../src/model/batch.ts';
import { zeroParams } from '../../../src/params/params.ts';
import { type Attempt, saidOf } from './attempt.ts';
import { beside, shows } from './gradients.ts';
import { networkName } from './networks.ts';
import type { Planted } from './planted.ts';

/** `checkGradient` on a network's loss as any function of its parameters, with something planted. */
export async function blackBoxAttempt(
  problem: Problem,
  planted: Planted,
  seed: number,
): Promise<Attempt> {
  const found = await beside(problem, planted.method());
  const told = checkGradient(await caseOf(problem, planted.method()), { seed });
  return {
    planted: planted.names,
    network: `${networkName(problem)}, seed ${seed}`,
    shows: shows(found),
    verdict: told.verdict,
    naming: saidOf(found, told.diagnosis),
    names: [],
    layer: null,
    kind: told.diagnosis?.kind ?? null,
    said: told.diagnosis?.message ?? '',
  };
}

/** The loss and a method's gradient as functions of the flat parameters. */
export async function caseOf(problem: Problem, method: GradientMethod): Promise<GradientCase> {
  const { model, batch, params } = problem;
  const { layout } = model;
  const right = await runOf(problem, manualFused);
  const wrong = await runOf(problem, method);
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

async function runOf({ model, batch }: Problem, method: GradientMethod): Promise<PreparedGradient> {
  const prepared = await method.prepare(model, batchShape(batch));
  if (prepared.kind === 'unsupported') throw new Error(`${method.name}: ${prepared.why}`);
  return prepared.run;
}
