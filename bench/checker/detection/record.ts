import { join } from 'node:path';
import { writeFileAtomically } from '../../../src/node/atomic-file.ts';
import { environment, packageHome } from '../../../src/node/environment.ts';
import type { Tool } from './ask.ts';
import { type AskedTrial, askTrials, CALLS } from './ask-trials.ts';
import { askCosts } from './gradcheck-cost.ts';
import { OTHERS, type OtherName } from './others.ts';
import { HIDDEN_ACTIVATIONS } from './problem.ts';
import { RECORDED, type Recorded } from './recorded.ts';

// Writes gradcheck.json, in three to four minutes of an idle machine, whose times it keeps:
// `node dist/bench/checker/detection/record.js && npm run format`, where python3 has torch 2.13.0 and
// jax 0.10.2; `JAX_PYTHON=VENV/bin/python` before it names another python that has jax.

/** Trials of each activation: PyTorch's slow mode takes 2 s a size, JAX's check 20 ms. */
const TRIALS: { readonly [N in OtherName]: number } = {
  'torch slow': 5,
  'torch tight': 5,
  'torch fast': 10,
  jax: 50,
};
const SIZES = [0, 1e-8, 1e-6, 1e-5, 1e-4, 1e-2, 1e-1];

const trialsOf = (tool: Tool): AskedTrial[] =>
  OTHERS.filter((scheme) => CALLS[scheme].tool === tool).flatMap((scheme) =>
    HIDDEN_ACTIVATIONS.flatMap((activation) =>
      Array.from({ length: TRIALS[scheme] }, (_, trial) => ({ activation, trial, scheme })),
    ),
  );

const start = performance.now();
const say = (doing: string): void =>
  console.log(`${((performance.now() - start) / 1000).toFixed(0).padStart(4)} s  ${doing}`);

say('jax.test_util.check_grads on the trials (some seconds)');
const jax = await askTrials('jax', trialsOf('jax'), SIZES);
// Before all that could disturb it.
say('torch gradcheck: the times, W5 three times and W4 once (two minutes)');
const costs = [
  ...(await askCosts([{ workload: 'W5', rows: 32, runs: 3 }])),
  ...(await askCosts([{ workload: 'W4', rows: 4, runs: 1 }])),
];
say('torch gradcheck: the trials, in two processes (two minutes)');
const asked = trialsOf('torch');
const halves = [0, 1].map((half) => asked.filter((_, i) => i % 2 === half));
const torch = await Promise.all(halves.map((half) => askTrials('torch', half, SIZES)));
const { cpu, cores } = environment();
const recorded: Recorded = {
  ...{ torch: torch[0]!.about, jax: jax.about, cpu, cores },
  trials: [...torch.flatMap(({ trials }) => trials), ...jax.trials],
  costs,
};
await writeFileAtomically(join(packageHome(), RECORDED), `${JSON.stringify(recorded, null, 2)}\n`);
say(`${RECORDED}: ${recorded.trials.length} trials, ${costs.length} times; now: npm run format`);
