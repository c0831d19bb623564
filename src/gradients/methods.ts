import { complexStep } from './complex-step.ts';
import { exact } from './exact.ts';
import { finiteDifference } from './finite-difference.ts';
import { manualFused, manualTextbook } from './manual/method.ts';
import type { GradientMethod, MethodName } from './method.ts';
import { symbolic } from './symbolic.ts';
import { replayFused, replayTextbook, tapeFused, tapeTextbook } from './tape/method.ts';

/** Every method but PyTorch's, whose values are recorded ones and come from a file. */
export const methods: { readonly [M in Exclude<MethodName, 'pytorch'>]: GradientMethod } = {
  'manual-fused': manualFused,
  'manual-textbook': manualTextbook,
  'tape-fused': tapeFused,
  'tape-textbook': tapeTextbook,
  'replay-fused': replayFused,
  'replay-textbook': replayTextbook,
  'finite-difference': finiteDifference,
  'complex-step': complexStep,
  symbolic,
  exact,
};
