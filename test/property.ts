import fc from 'fast-check';
import { test as plainTest, type TestAPI } from 'vitest';

/** What is to hold takes a value of each arbitrary, and never gives false; the title ends with the seed. */
function prop<Values extends [unknown, ...unknown[]]>(
  arbitraries: { [I in keyof Values]: fc.Arbitrary<Values[I]> },
  parameters?: fc.Parameters<Values>,
): (title: string, holds: (...values: Values) => unknown) => void {
  return (title, holds) => {
    const seed = parameters?.seed ?? crypto.getRandomValues(new Int32Array(1))[0]!;
    const property = fc.asyncProperty<Values>(
      ...arbitraries,
      async (...values) => (await holds(...values)) !== false,
    );
    plainTest(`${title} (with seed=${seed})`, () => fc.assert(property, { ...parameters, seed }));
  };
}

/**
 * Vitest's `test`, with properties. That of @fast-check/vitest has `prop` in every order of `only`,
 * `skip`, `concurrent` and so on too: a hundred thousand functions, 3 s of each worker.
 */
export const test: TestAPI & { readonly prop: typeof prop } = Object.assign(plainTest.extend({}), {
  prop,
});

export { fc };
