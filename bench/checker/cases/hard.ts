import { float32Cases } from './hard/float32.ts';
import { kinkCases } from './hard/kinks.ts';
import { plainCases } from './hard/plain.ts';
import { smoothCases } from './hard/smooth.ts';
import type { Problem } from './problem.ts';

/** Right and wrong gradients at places where a check is easily fooled, each by name. */
export const hardProblems: readonly Problem[] = [
  ...plainCases,
  ...smoothCases,
  ...kinkCases,
  ...float32Cases,
];
