import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // mathjs takes 0.7 s to import: workers that share their modules import it once each.
    pool: 'threads',
    isolate: false,
    testTimeout: 30_000,
  },
});

export default config;
