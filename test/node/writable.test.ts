import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whyFolderNotWritable, whyNotWritable } from '../../src/node/writable.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backproof-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('whyNotWritable', () => {
  test('a new file in a folder that is there can be written', async () => {
    expect(await whyNotWritable(join(folder, 'new'))).toBeNull();
  });

  test('a missing folder is named, with the reason', async () => {
    expect(await whyNotWritable(join(folder, 'none', 'x'))).toBe(
      `cannot write to the folder ${join(folder, 'none')} (ENOENT)`,
    );
  });

  test('a folder where a file is wanted is named, and an empty path', async () => {
    expect(await whyNotWritable(folder)).toBe(`${folder} is a folder, expected a file`);
    expect(await whyNotWritable('')).toBe('got "", expected the path of a file');
  });

  test('a name that the file system does not take is found by trying, and nothing is left', async () => {
    const before = await readdir(folder);
    expect(await whyNotWritable(join(folder, 'long'.repeat(100)))).toMatch(/ENAMETOOLONG|ENOENT/);
    expect(await readdir(folder)).toEqual(before);
  });

  test('a socket or a pipe is no file to write to', async () => {
    const path = join(folder, 'socket');
    const server = createServer();
    await new Promise<void>((listening) => server.listen(path, listening));
    expect(await whyNotWritable(path)).toBe(`${path} is no regular file, expected one`);
    await new Promise((closed) => server.close(closed));
  });
});

describe('whyFolderNotWritable', () => {
  test('a missing folder is made, however deep', async () => {
    const deep = join(folder, 'a', 'b');
    expect(await whyFolderNotWritable(deep)).toBeNull();
    expect((await stat(deep)).isDirectory()).toBe(true);
    expect(await whyFolderNotWritable(deep)).toBeNull();
  });

  test('one that cannot be made is named, with the reason', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    expect(await whyFolderNotWritable(join(file, 'below'))).toBe(
      `cannot write to the folder ${join(file, 'below')} (ENOTDIR)`,
    );
  });
});
