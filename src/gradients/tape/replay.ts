import type { Kernels } from '../../numeric/kernels/kernels.ts';
import { wrapKernels } from '../../numeric/kernels/wrap.ts';

/** Kernels that write down each call, and the list of what they wrote. */
export interface Recording {
  readonly kernels: Kernels;
  /** Calls written down so far. */
  length(): number;
  /** Makes the first `count` calls again, on the same matrices with their present contents. */
  replay(count: number): void;
}

/**
 * A step of fixed shapes makes the same kernel calls on the same matrices every time, forward and
 * backward alike. Written down once, the calls are the whole step: no tape, no allocation.
 */
export function recordKernels(kernels: Kernels): Recording {
  const calls: (() => void)[] = [];
  const recorded = wrapKernels(kernels, (call) => {
    calls.push(call);
    call();
  });
  return {
    kernels: recorded,
    length: () => calls.length,
    replay: (count) => {
      for (let i = 0; i < count; i++) calls[i]!();
    },
  };
}
