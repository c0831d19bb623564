import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // mathjs takes 0.7 s to import: workers that share their modules import it once each.
    pool: 'threads',
    isolate: false,
    // Vitest leaves a core to the watcher, which on two of them is half the time.
    maxWorkers: '100%',
    testTimeout: 30_000,
  },
});

export default config;
