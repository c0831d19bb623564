import type { Kernels } from '../../numeric/kernels/kernels.ts';

/** Kernels that write down each call, and the list of what they wrote. */
export interface Recording {
  readonly kernels: Kernels;
  /** Makes the same calls again, on the same matrices with their present contents. */
  replay(): void;
}

/**
 * A step of fixed shapes makes the same kernel calls on the same matrices every time, forward and
 * backward alike. Written down once, the calls are the whole step: no tape, no allocation.
 */
export function recordKernels(kernels: Kernels): Recording {
  const calls: (() => void)[] = [];
  const recorded = Object.fromEntries(
    Object.entries(kernels).map(([name, kernel]) => [
      name,
      (...operands: Parameters<typeof kernel>) => {
        const call = (): void => (kernel as (...all: unknown[]) => void)(...operands);
        calls.push(call);
        call();
      },
    ]),
  );
  return {
    kernels: recorded as unknown as Kernels, // the same names, each with its own operands
    replay: () => {
      for (let i = 0; i < calls.length; i++) calls[i]!();
    },
  };
}
