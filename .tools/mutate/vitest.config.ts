import { defineConfig } from 'vitest/config';

/** The tests that must kill a mutant of the manual rules or of the tape, and no others. */
export default defineConfig({
  test: {
    include: ['test/gradients/**/*.test.ts'],
    // Tests of the source as text: Stryker has rewritten it.
    exclude: ['**/*-source.test.ts'],
    setupFiles: ['.tools/mutate/setup.ts'],
    pool: 'threads',
    isolate: false,
    testTimeout: 30_000,
  },
});
