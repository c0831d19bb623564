// Found by the compiler only where it is imported.
import type {} from 'expect';
import { type GradientMatchers, gradientMatchers } from './matchers.ts';

export type {
  GradientMatcherOptions,
  GradientMatchers,
  ModelMatcherOptions,
} from './matchers.ts';
/** For an `expect` that is no global: `expect.extend(gradientMatchers)`. */
export { gradientMatchers };

/** Jest's, unless it runs with `injectGlobals: false`. */
const { expect } = globalThis as {
  readonly expect?: { readonly extend: (matchers: typeof gradientMatchers) => void };
};

/** 'backproof/jest' in `setupFilesAfterEnv`, or imported by a test, is all it takes. */
expect?.extend(gradientMatchers);

// Of `import { expect } from '@jest/globals'` or from 'expect'.
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends GradientMatchers<R> {}
}

// Of the global expect, where @types/jest declares it.
declare global {
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: as @types/jest declares it, so that they merge
    interface Matchers<R, T = {}> extends GradientMatchers<R> {}
  }
}
