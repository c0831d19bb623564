import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Without `.test.` in their names the examples stay out of this project's own tests: some are to fail. */
const config: ViteUserConfig = defineConfig({ test: { include: ['**/*.spec.ts'] } });

export default config;
