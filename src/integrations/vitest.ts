import { expect } from 'vitest';
import { type GradientMatchers, gradientMatchers } from './matchers.ts';

export type {
  GradientMatcherOptions,
  GradientMatchers,
  ModelMatcherOptions,
} from './matchers.ts';
/** For an `expect` of one's own, such as a test's context has: `expect.extend(gradientMatchers)`. */
export { gradientMatchers };

/** `import 'backproof/vitest'`, in a setup file or a test, is all it takes. */
expect.extend(gradientMatchers);

declare module 'vitest' {
  interface Matchers<T> extends GradientMatchers<void> {}
}
