import { mkdir, open } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { caseFolder } from './case-folder.ts';
import { runMain } from './check-main.ts';

const { at, caseFile } = caseFolder();

/** A wrong case, told in two pieces: its file, then the summary. */
const wrong = (name: string, before = ''): Promise<string> =>
  caseFile(
    `${name}.mjs`,
    `${before}
     export default { name: '${name}', f: (x) => x[0] ** 2, gradient: (x) => [x[0]], at: [1] };`,
  );

describe.concurrent('output', () => {
  it('that nobody reads any more changes no exit code and is no error', async () => {
    const file = await wrong('unread');
    expect(await runMain(['check', file], { stdout: 'closed' })).toEqual({
      ...{ code: 1, signal: null },
      ...{ out: '', err: '' },
    });
  });

  it('that cannot be written is exit code 2, and one line', async () => {
    const file = await wrong('unwritten');
    const readonly = await open(file, 'r');
    const { code, err } = await runMain(['check', file], { stdout: readonly.fd });
    await readonly.close();
    expect(code).toBe(2);
    expect(err).toMatch(/^backproof: cannot write to standard output \(E[A-Z]+\)\n$/);
  });

  it('a report whose folder went during the run is exit code 2, and one line below what was found', async () => {
    await mkdir(at('gone'));
    const file = await wrong(
      'remover',
      `import { rmSync } from 'node:fs'; rmSync(${JSON.stringify(at('gone'))}, { recursive: true });`,
    );
    const junit = at('gone/report.xml');
    const { code, out, err } = await runMain(['check', file, '--junit', junit]);
    expect(code).toBe(2);
    expect(out).toContain('1 case: 1 disagrees');
    expect(err).toBe(`backproof: --junit: cannot write ${junit} (ENOENT)\n`);
  });
});
