import type { Problem } from '../problem.ts';
import { each, hard, wrong } from './build.ts';

/** Values with few digits, said or unsaid. */
export const float32Cases: readonly Problem[] = [
  hard({ id: 'float32', ...each(['sin', 'exp']), at: [0.3, 0.7], dtype: 'float32', rtol: 1e-3 }),
  wrong({
    id: 'float32-1-percent-off',
    ...each(['sin', 'exp']),
    at: [0.3, 0.7],
    dtype: 'float32',
    rtol: 1e-3,
    change: { times: [1.01, 1] },
  }),
  hard({
    id: 'float32-1000',
    ...each(['square'], { offset: 1000 }),
    at: [1],
    dtype: 'float32',
    rtol: 1e-2,
    note: '1000 + x^2: the last digit of f is 6e-5',
  }),
  wrong({
    id: 'float32-1000-twice',
    ...each(['square'], { offset: 1000 }),
    at: [1],
    dtype: 'float32',
    rtol: 1e-2,
    change: { times: 2 },
  }),
  hard({
    id: 'float32-unsaid',
    ...each(['sin', 'exp']),
    at: [0.3, 0.7],
    valueRoundedTo: 'float32',
    rtol: 1e-3,
  }),
  wrong({
    id: 'float32-unsaid-5-percent-off',
    ...each(['sin', 'exp']),
    at: [0.3, 0.7],
    valueRoundedTo: 'float32',
    rtol: 1e-3,
    change: { times: [1, 1.05] },
  }),
  hard({
    id: 'quantised-1e-8',
    ...each(['sin', 'exp']),
    at: [0.3, 0.7],
    valueRoundedTo: 1e-8,
    rtol: 1e-3,
  }),
  wrong({
    id: 'quantised-1e-8-1-percent-off',
    ...each(['sin', 'exp']),
    at: [0.3, 0.7],
    valueRoundedTo: 1e-8,
    rtol: 1e-3,
    change: { times: [1.01, 1] },
  }),
  wrong({
    id: 'quantised-as-0',
    ...each(['sin', 'exp']),
    at: [0.3, 0.7],
    valueRoundedTo: 1e-8,
    rtol: 1e-3,
    change: { times: 0 },
    note: 'what steps below 1e-8 see',
  }),
];
