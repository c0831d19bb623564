import { answer } from '../deal.ts';
import type { TrialTask } from './run-trials.ts';
import { runTrial } from './trial.ts';

await answer(({ activation, trial, sizes }: TrialTask) => runTrial(activation, trial, sizes));
