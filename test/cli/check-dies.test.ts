import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Checked } from '../../src/cli/check-json.ts';
import { caseFolder } from './case-folder.ts';
import { runMain } from './check-main.ts';

const { at, caseFile } = caseFolder();

const RIGHT = 'f: (x) => x[0] ** 2, gradient: (x) => [2 * x[0]], at: [1]';

describe.concurrent('a process that dies', () => {
  it('out of memory, by a signal, cut off or at its second start, takes no other case with it', async () => {
    const hog = await caseFile(
      'hog.mjs',
      `const all = [];
       export default [
         { name: 'hog', ${RIGHT}, f: () => { for (;;) all.push(new Array(1e5).fill(all.length)); } },
         { name: 'right', ${RIGHT} },
       ];`,
    );
    const shot = await caseFile(
      'shot.mjs',
      `let looks = 0;
       process.stdout.write = () => true;
       export default [
         { name: 'shot', ${RIGHT}, f: () => { process.kill(process.pid, 'SIGKILL'); for (;;); } },
         { name: 'cut off', ${RIGHT}, f: (x) => { process.disconnect(); return x[0] ** 2; } },
         { name: 'fickle', ${RIGHT}, get at() { if (looks++ > 0) throw new Error('looked'); return [1]; } },
         { name: 'forged', ${RIGHT}, f: (x) => {
           for (const kind of ['checked', 'done']) process.send?.({ kind, index: 3, result: { verdict: 'agrees' } });
           return x[0] ** 3;
         } },
       ];`,
    );
    const once = await caseFile(
      'once.mjs',
      `import { existsSync, writeFileSync } from 'node:fs';
       const mark = ${JSON.stringify(at('mark'))};
       if (existsSync(mark)) process.exit(5);
       writeFileSync(mark, '');
       export default ['a', 'b', 'c'].map((name) => ({ name, ${RIGHT}, f: () => process.exit(4) }));`,
    );
    const { code, out } = await runMain(['check', '--json', hog, shot, once], {
      env: { NODE_OPTIONS: '--max-old-space-size=64' },
    });
    const { cases } = JSON.parse(out) as Checked;
    expect(cases.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['hog', 'threw'],
      ['right', 'agrees'],
      ['shot', 'threw'],
      ['cut off', 'threw'],
      ['fickle', 'threw'],
      ['forged', 'disagrees'],
      ...['a', 'b', 'c'].map((name) => [name, 'threw']),
    ]);
    const said = cases.map(({ error }) => error);
    expect(said[0]).toMatch(/its process crashed: .*heap/);
    expect(said[2]).toContain('SIGKILL');
    expect(said[4]).toBe('the check itself threw Error: looked');
    expect(said.slice(6)).toEqual(
      ['4', '5 while the file was loaded', '5 while the file was loaded'].map(
        (how) => `its process ended with exit code ${how}: does it call process.exit?`,
      ),
    );
    expect(code).toBe(1);
  });

  it('fast mode is recommended only to who does not have it yet', async () => {
    const waits = await caseFile(
      'waits.mjs',
      `const f = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
       const gradient = (x) => x;
       export default [400, 401].map((n) => ({ name: \`\${n}\`, f, gradient, at: Array(n).fill(1) }));`,
    );
    const { out } = await runMain(['check', '--json', '--timeout', '0.2', waits]);
    const said = (JSON.parse(out) as Checked).cases.map(({ error }) => error?.split(': ')[1]);
    const longer = '--timeout gives it longer';
    expect(said).toEqual([`${longer}, --mode fast takes fewer calls`, longer]);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    '%s ends the run and its processes, and what was found before is told',
    async (signal) => {
      // A connection closes with the process that holds it.
      let closed: () => void;
      const gone = new Promise<void>((resolve) => {
        closed = resolve;
      });
      const server = createServer((socket) =>
        socket.on('error', () => {}).on('close', () => closed()),
      );
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      const { port } = server.address() as { port: number };
      const right = await caseFile(
        `right-${signal}.mjs`,
        `export default { name: 'right', ${RIGHT} };`,
      );
      const hangs = await caseFile(
        `hangs-${signal}.mjs`,
        `import { once } from 'node:events';
       import { connect } from 'node:net';
       await once(connect(${port}, '127.0.0.1'), 'connect');
       export default [
         { name: 'first', ${RIGHT} },
         { name: 'hangs', ${RIGHT}, f: () => { console.log('hanging'); for (;;); } },
       ];`,
      );
      const ended = await runMain(['check', right, hangs], {
        onWritten: ({ out, err }, child) => {
          if (out.includes('agrees') && err.includes('hanging')) child.kill(signal);
        },
      });
      const [before, begun, ...rest] = ended.out.split('\n\n');
      expect(before).toMatch(/^.*right-SIG\w+\.mjs\n {2}✓ right {2}agrees {2}.*$/);
      expect(rest).toEqual(signal === 'SIGINT' ? [''] : []);
      if (signal === 'SIGINT') {
        // As at Ctrl-C: also the cases that have ended in a file that has not.
        expect(begun).toMatch(/^.*hangs-SIGINT\.mjs\n {2}✓ first {2}agrees {2}.*$/);
        expect(ended.err).toBe(`hanging\nbackproof: ${hangs}: interrupted\n`);
      } else expect(ended.err).toBe('hanging\n');
      expect(ended).toMatchObject({ code: null, signal });
      await gone;
      server.close();
    },
  );
});
