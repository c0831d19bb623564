import { join } from 'node:path';
import { writeFileAtomically } from '../../../src/node/atomic-file.ts';
import { environment, packageHome } from '../../../src/node/environment.ts';
import { askCosts } from '../cost/gradcheck-cost.ts';
import { ACTIVATIONS } from './problem.ts';
import { askTrials, RECORDED, type Recorded } from './recorded.ts';
import { SIZES } from './sizes.ts';

// Writes gradcheck.json, in some five minutes of an idle machine, whose times it keeps:
// `node dist/bench/checker/detection/record.js && npm run format`, where python3 has torch 2.13.0.

/** Trials of each activation. */
const TRIALS = 10;

const trials = ACTIVATIONS.flatMap((activation) =>
  Array.from({ length: TRIALS }, (_, trial) => ({ activation, trial })),
);
const asked = await askTrials(trials, SIZES);
const costs = await askCosts([
  { workload: 'W5', rows: 32, runs: 5 },
  { workload: 'W4', rows: 4, runs: 1 },
]);
const recorded: Recorded = { ...asked, cpu: environment().cpu, costs };
await writeFileAtomically(join(packageHome(), RECORDED), `${JSON.stringify(recorded, null, 2)}\n`);
