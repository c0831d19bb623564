import type { CaseSpec } from '../case-spec.ts';
import { each, hard, wrong } from './build.ts';

const smooth = { ...each(['sin', 'exp']), at: [0.3, 0.7], rtol: 1e-3 };
const single = { ...smooth, dtype: 'float32' } as const;
const stored = { ...smooth, valueRoundedTo: 'float32' } as const;
const quantised = { ...smooth, valueRoundedTo: 1e-8 };
/** 1000 + x²: the last digit of f is 6e-5. */
const offset = {
  ...each(['square'], { offset: 1000 }),
  at: [1],
  dtype: 'float32',
  rtol: 1e-2,
} as const;

/** Values with few digits, said or unsaid. */
export const float32Cases: readonly CaseSpec[] = [
  hard({ id: 'float32', ...single }),
  wrong({ id: 'float32-1-percent-off', ...single, change: { times: [1.01, 1] } }),
  hard({ id: 'float32-1000', ...offset, note: '1000 + x^2: the last digit of f is 6e-5' }),
  wrong({ id: 'float32-1000-twice', ...offset, change: { times: 2 } }),
  hard({ id: 'float32-unsaid', ...stored }),
  wrong({ id: 'float32-unsaid-5-percent-off', ...stored, change: { times: [1, 1.05] } }),
  hard({ id: 'quantised-1e-8', ...quantised }),
  wrong({ id: 'quantised-1e-8-1-percent-off', ...quantised, change: { times: [1.01, 1] } }),
  wrong({
    id: 'quantised-as-0',
    ...quantised,
    change: { times: 0 },
    note: 'what steps below 1e-8 see',
  }),
];
