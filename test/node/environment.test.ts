import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { environment, environmentFields } from '../../src/node/environment.ts';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

describe('the environment', () => {
  const here = environment();

  it('tells the running Node and this package', () => {
    expect(here.node).toBe(process.versions.node);
    expect(here.version).toBe(manifest.version);
    expect(here.cores).toBeGreaterThanOrEqual(1);
    expect(here.cpu).not.toBe('');
  });

  it('has the installed version of each dependency, which is the pinned one', () => {
    expect(here.packages).toEqual(manifest.dependencies);
  });

  it('becomes header fields, with the packages asked for', () => {
    const fields = environmentFields({ ...here, cores: 1, packages: { mathjs: '15.2.0' } }, [
      'mathjs',
      'absent',
    ]);
    expect(fields.map(({ name }) => name)).toEqual([
      'backproof',
      'Node',
      'CPU',
      'OS',
      'mathjs',
      'absent',
    ]);
    expect(fields[2]!.value).toBe(`${here.cpu}, 1 core`);
    expect(fields.at(-2)!.value).toBe('15.2.0');
    expect(fields.at(-1)!.value).toBe('not installed');
  });
});
