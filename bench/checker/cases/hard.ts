import type { CaseSpec } from './case-spec.ts';
import { float32Cases } from './hard/float32.ts';
import { kinkCases } from './hard/kinks.ts';
import { plainCases } from './hard/plain.ts';
import { smoothCases } from './hard/smooth.ts';

/** Right and wrong gradients at places where a check is easily fooled, each by name. */
export const hardCases: readonly CaseSpec[] = [
  ...plainCases,
  ...smoothCases,
  ...kinkCases,
  ...float32Cases,
];
