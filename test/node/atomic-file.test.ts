import { spawn } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeFileAtomically } from '../../src/node/atomic-file.ts';

let folder = '';
let path = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backproof-'));
  path = join(folder, 'kept.txt');
});
afterEach(() => rm(folder, { recursive: true }));

const files = (): Promise<string[]> => readdir(folder);

describe('writeFileAtomically', () => {
  test('text, bytes and pieces arrive whole, over an older file too, and nothing is left beside', async () => {
    await writeFileAtomically(path, 'old, and longer');
    await writeFileAtomically(path, new Uint8Array([0, 255, 10]));
    expect([...(await readFile(path))]).toEqual([0, 255, 10]);
    await writeFileAtomically(
      path,
      (async function* () {
        yield 'a';
        yield new TextEncoder().encode('b');
      })(),
    );
    expect(await readFile(path, 'utf8')).toBe('ab');
    expect(await files()).toEqual(['kept.txt']);
  });

  test('while it writes, the old file stands; when the data fail, it still does', async () => {
    await writeFile(path, 'old');
    const seen: string[] = [];
    const data = async function* (): AsyncGenerator<string> {
      yield 'new';
      seen.push(await readFile(path, 'utf8'));
      throw new Error('no more data');
    };
    await expect(writeFileAtomically(path, data())).rejects.toThrow('no more data');
    expect(seen).toEqual(['old']);
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await files()).toEqual(['kept.txt']);
  });

  test('where the rename fails, what was there stays and the draft goes', async () => {
    const data = async function* (): AsyncGenerator<string> {
      await mkdir(path); // only now: a folder that was there before is refused at once
      yield 'new';
    };
    await expect(writeFileAtomically(path, data())).rejects.toThrow(
      /EISDIR|ENOTEMPTY|EEXIST|EPERM/,
    );
    expect(await files()).toEqual(['kept.txt']);
  });

  test('links stay, and the file that they lead to is written, be it there or not', async () => {
    await mkdir(join(folder, 'real', 'below'), { recursive: true });
    await symlink('real/below', join(folder, 'short'));
    await symlink('../new.txt', join(folder, 'real/below/link')); // seen from where it really lies
    await symlink(join(folder, 'short/link'), path);
    for (const text of ['first', 'second']) {
      await writeFileAtomically(path, text);
      expect(await readFile(join(folder, 'real/new.txt'), 'utf8')).toBe(text);
    }
    expect((await lstat(path)).isSymbolicLink()).toBe(true);
    expect(await readdir(join(folder, 'real'))).toEqual(['below', 'new.txt']);
  });

  test('what is no regular file is left alone', async () => {
    await symlink(path, path);
    await expect(writeFileAtomically(path, 'new')).rejects.toThrow(`cannot write ${path} (ELOOP)`);
    await rm(path);
    const server = createServer();
    await new Promise<void>((listening) => server.listen(path, listening));
    await expect(writeFileAtomically(path, 'new')).rejects.toThrow(
      `${path} is no regular file, expected one`,
    );
    expect((await lstat(path)).isSocket()).toBe(true);
    await new Promise((closed) => server.close(closed));
    expect(await files()).toEqual([]);
  });

  test('a folder that is not there is an error', async () => {
    await expect(writeFileAtomically(join(folder, 'none', 'x'), '')).rejects.toThrow(
      `cannot write ${join(folder, 'none', 'x')} (ENOENT)`,
    );
  });

  test('writers of one file at the same time leave one of their contents whole', async () => {
    const contents = Array.from({ length: 8 }, (_, i) => String(i).repeat(50_000));
    await Promise.all(contents.map((text) => writeFileAtomically(path, text)));
    expect(contents).toContain(await readFile(path, 'utf8'));
    expect(await files()).toEqual(['kept.txt']);
  });

  test('a process killed while it writes leaves the old file', async () => {
    await writeFile(path, 'old');
    const child = spawn(process.execPath, ['--input-type=module', '--eval', killable()], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((half) => child.stdout.once('data', half));
    const dead = new Promise((exit) => child.once('exit', exit));
    child.kill('SIGKILL');
    await dead;
    expect(await readFile(path, 'utf8')).toBe('old');
    expect((await files()).filter((name) => !name.endsWith('.tmp'))).toEqual(['kept.txt']);
    await writeFileAtomically(path, 'new');
    expect(await readFile(path, 'utf8')).toBe('new');
  });
});

/** A program that writes half a file, says so, and waits for ever: Node 20 needs it compiled. */
function killable(): string {
  const compiled = new URL('../../dist/src/node/atomic-file.js', import.meta.url);
  return `
    import { writeFileAtomically } from ${JSON.stringify(compiled)};
    await writeFileAtomically(${JSON.stringify(path)}, (async function* () {
      yield 'half';
      console.log('half');
      setInterval(() => {}, 1000);
      await new Promise(() => {});
    })());`;
}
