import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

interface CaseFolder {
  /** The path of this name in it. */
  readonly at: (name: string) => string;
  /** Writes a case file of this text, and gives its path. */
  readonly caseFile: (name: string, text: string) => Promise<string>;
}

/** A folder for case files, which lasts as long as the tests of the file that calls this. */
export function caseFolder(): CaseFolder {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'backproof-check-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const at = (name: string): string => join(folder, name);
  return {
    at,
    async caseFile(name, text) {
      await writeFile(at(name), text);
      return at(name);
    },
  };
}
