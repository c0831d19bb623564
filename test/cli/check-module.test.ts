import { expect, it } from 'vitest';
import type { Checked } from '../../src/cli/check-json.ts';
import { caseFolder } from './case-folder.ts';
import { runMain } from './check-main.ts';

const { at, caseFile } = caseFolder();

const RIGHT = 'f: (x) => x[0] ** 2, gradient: (x) => [2 * x[0]], at: [1]';

it('a module that exports otherwise is read, or refused in one line', async () => {
  await caseFile('tsconfig.json', '{ "compilerOptions": { "paths": { "@/*": ["./*.js"] } } }');
  const files = await Promise.all([
    caseFile(
      'interop.cjs',
      `exports.__esModule = true; exports.default = { name: 'interop', ${RIGHT} };`,
    ),
    caseFile('plain.js', `export default { name: 'plain', ${RIGHT} };`),
    caseFile(
      'common.cts',
      `module.exports = [{ name: 'common', f: (x: Float64Array) => x[0]! ** 2, gradient: (x: Float64Array) => [2 * x[0]!], at: [1] }];`,
    ),
    caseFile(
      'typed.mts',
      `enum One { one = 1 } export default { name: 'typed', f: (x: Float64Array): number => x[0]! ** 2, gradient: (x: Float64Array) => [2 * x[0]!], at: [One.one] };`,
    ),
    caseFile(
      'frozen.mjs',
      `class Case { name = 'frozen'; at = [1]; rtol = 1e-9; #two = 2; f(x) { return x[0] ** this.#two; } gradient(x) { return [this.#two * x[0]]; } } export default Object.freeze(new Case());`,
    ),
    caseFile(
      'aliased.ts',
      `import plain from '@/plain'; export default { ...plain, name: 'aliased' };`,
    ),
    caseFile('named.mjs', 'export const only = 1;'),
    caseFile('named.ts', 'export const only: number = 1;'),
    caseFile('empty.cjs', 'module.exports = [];'),
    caseFile('number.mjs', 'export default 1;'),
    caseFile('later.mjs', `export default Promise.resolve({ name: 'later', ${RIGHT} });`),
    caseFile('syntax.mjs', 'export default {\n  a b };'),
    caseFile('syntax.ts', 'export default {\n  a b };'),
    caseFile('imports.mjs', "import './syntax.mjs'; export default 1;"),
    caseFile('missing.mjs', "import 'no-such-package';"),
  ]);
  const { code, out, err } = await runMain([
    ...['check', '--json', '--rtol', '1e-4', '--mode', 'fast'],
    ...files,
  ]);
  const { cases, errors } = JSON.parse(out) as Checked;
  expect(cases.map(({ name, verdict, mode }) => [name, verdict, mode])).toEqual(
    ['interop', 'plain', 'common', 'typed', 'frozen', 'aliased', 'later'].map((name) => [
      name,
      'agrees',
      'fast',
    ]),
  );
  const expected = 'expected one case { name, f, gradient, at, … } or an array of them';
  const said = errors.map(({ message }) => message.slice(at('').length + 1));
  expect(said.slice(0, 4)).toEqual([
    `named.mjs: no default export, ${expected}`,
    `named.ts: no default export, ${expected}`,
    `empty.cjs: default export: got an empty array, ${expected}`,
    `number.mjs: default export: got number, ${expected}`,
  ]);
  expect(said[4]).toMatch(/^syntax\.mjs: SyntaxError: Unexpected identifier.*\(line 2\)$/);
  expect(said[5]).toMatch(/^syntax\.ts: .*\(line 2\)$/);
  expect(said[6]).toMatch(/^imports\.mjs: SyntaxError: .*\(in a module that it imports\)$/);
  expect(said[7]).toMatch(/^missing\.mjs: Error: Cannot find package 'no-such-package'/);
  expect(err.split('\n').length).toBe(errors.length + 1);
  expect(code).toBe(2);
});
