import type { Kernels } from './kernels.ts';

/** The same kernels, each call handed to `around`, which makes it: to count calls, or to keep them. */
export function wrapKernels(kernels: Kernels, around: (call: () => void) => void): Kernels {
  const wrapped = Object.entries(kernels).map(([name, kernel]) => [
    name,
    (...operands: unknown[]) => around(() => (kernel as (...all: unknown[]) => void)(...operands)),
  ]);
  return Object.fromEntries(wrapped) as Kernels; // the same names, each with its own operands
}
