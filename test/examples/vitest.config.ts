import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Without `.test.` in their names the examples stay out of this project's own tests: some are to fail. */
const config: ViteUserConfig = defineConfig({
  // One worker that loads everything once: a fork for each of four files takes longer than the tests.
  test: { include: ['**/*.spec.ts'], pool: 'threads', isolate: false, maxWorkers: 1 },
});

export default config;
