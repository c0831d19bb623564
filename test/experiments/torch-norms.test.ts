import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { recordedNorms } from '../../src/experiments/torch-norms.ts';

interface RecordedFile {
  norms: { seeds: unknown; drawn: number; cases: Record<string, unknown>[] };
}

const material: RecordedFile = JSON.parse(await readFile('bench/pytorch/material.json', 'utf8'));

/** The file with a change to it. */
const planted = (change: (norms: RecordedFile['norms']) => void): RecordedFile => {
  const file = structuredClone(material);
  change(file.norms);
  return file;
};

describe('recorded norms', () => {
  test('are found by start and activation, by its name or as a spec', () => {
    const norms = recordedNorms(material)!;
    expect(norms).toMatchObject({ seeds: 400, drawn: 20 });
    const [sigmoid, relu, leaky, steep, elu] = [
      norms.of('small', 'sigmoid'),
      norms.of('small', 'relu'),
      norms.of('negative', { kind: 'leaky_relu', slope: 0.01 }),
      norms.of('negative', { kind: 'leaky_relu', slope: 0.3 }),
      norms.of('negative', { kind: 'elu', alpha: 1 }),
    ].map(({ median }) => median[0]!);
    expect(relu).toBeGreaterThan(sigmoid!);
    expect(steep).toBeGreaterThan(leaky!);
    expect(elu).toBeGreaterThan(0);
    expect(elu).toBeLessThan(leaky!);
  });

  test('have every median between their ends', () => {
    const norms = recordedNorms(material)!;
    for (const start of ['small', 'unit', 'default'] as const) {
      const { median, low, high } = norms.of(start, 'sigmoid');
      median.forEach((norm, i) => {
        expect(norm).toBeGreaterThan(low[i]!);
        expect(norm).toBeLessThan(high[i]!);
      });
    }
  });

  test('are null where nothing was recorded', () => {
    expect(recordedNorms(null)).toBeNull();
    expect(recordedNorms(undefined)).toBeNull();
  });
});

describe('recorded norms refuse', () => {
  const refuse = (file: unknown, why: string): void =>
    expect(() => recordedNorms(file)?.of('small', 'relu')).toThrow(why);

  test('what is no such file', () => {
    refuse(3, 'material.json: got 3, expected an object');
    refuse({ findings: [] }, 'material.json norms: got undefined, expected an object');
    refuse(
      planted((norms) => {
        norms.seeds = '400';
      }),
      'material.json norms seeds: got "400", expected a whole number',
    );
    refuse(
      planted((norms) => Object.assign(norms, { cases: {} })),
      'material.json norms cases: got {}, expected an array',
    );
  });

  test('a case that is missing, or lacks a layer or a number', () => {
    refuse(
      planted(({ cases }) => void cases.splice(1, 1)),
      'no case "small, relu"; there are small, sigmoid; unit, sigmoid',
    );
    refuse(
      planted(({ cases }) => Object.assign(cases[1]!, { low: [1, 2, 3, 4] })),
      'norms of small, relu: low: got [1,2,3,4], expected 5 finite numbers',
    );
    refuse(
      planted(({ cases }) => Object.assign(cases[1]!, { median: [1, 2, 3, 4, '5'] })),
      'median: got [1,2,3,4,"5"], expected 5 finite numbers',
    );
  });
});
