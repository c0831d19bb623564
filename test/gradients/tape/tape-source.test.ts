import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

// Apart from the tape's other tests: mutation runs leave it out, for they rewrite the source.
test('the core, record and walk back, is at most 150 lines and imports no kernel', () => {
  const source = readFileSync('src/gradients/tape/tape.ts', 'utf8');
  expect(source.split('\n').length).toBeLessThanOrEqual(150);
  const imports = source.match(/from '[^']+'/g);
  expect(imports).toEqual(["from './table.ts'"]);
});
