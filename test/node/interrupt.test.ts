import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

/** A program that waits for ever, and interrupts itself. */
async function interrupted(program: string): Promise<{ out: string; signal: string | null }> {
  const module = pathToFileURL('dist/src/node/interrupt.js');
  const child = spawn(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { tidyOnInterrupt } from '${module}';
     const say = (text) => process.stdout.write(text + ' ');
     const release = tidyOnInterrupt(() => say('tidied'));
     ${program}
     setTimeout(() => say('went on') && process.exit(3), 100);
     process.kill(process.pid, 'SIGINT');`,
  ]);
  let out = '';
  child.stdout.on('data', (data) => {
    out += data;
  });
  const signal = await new Promise<string | null>((end) => child.on('close', (_, s) => end(s)));
  return { out: out.trim(), signal };
}

describe('tidyOnInterrupt', () => {
  it('tidies, and the signal ends the process all the same', async () => {
    expect(await interrupted('')).toEqual({ out: 'tidied', signal: 'SIGINT' });
  });

  it('leaves the end to whoever listens too', async () => {
    const found = await interrupted("process.on('SIGINT', () => say('heard'));");
    expect(found).toEqual({ out: 'tidied heard went on', signal: null });
  });

  it('does nothing once it is released', async () => {
    expect(await interrupted('release();')).toEqual({ out: '', signal: 'SIGINT' });
  });
});
