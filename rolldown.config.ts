import type { RolldownOptions } from 'rolldown';

/** What CommonJS can require: our own modules, in chunks that the entries share, and none of others. */
const config: RolldownOptions = {
  input: ['src/index.ts', 'src/integrations/jest.ts', 'src/integrations/fast-check.ts'],
  external: /^[^./]/,
  output: {
    dir: 'dist/cjs',
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
    cleanDir: true,
  },
};
export default config;
