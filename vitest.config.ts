import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // mathjs takes 0.7 s to import: workers that share their modules import it once each.
    pool: 'threads',
    isolate: false,
    // Vitest leaves a core to the watcher, which on two of them is half the time.
    maxWorkers: '100%',
    // What hangs is to be found, not what shares its cores with other work: eight times slower is no fault.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});

export default config;
