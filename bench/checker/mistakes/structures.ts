import { close, difference, near, type SlotValues } from './slot-values.ts';

/** The truth read with its shape turned round, and turned round in the memory. */
export function turned({ truth, shape }: SlotValues): number[][] {
  const [rows = 1, columns = 1] = shape;
  return [
    truth.map((_, i) => truth[(i % rows) * columns + Math.floor(i / rows)]!),
    truth.map((_, i) => truth[(i % columns) * rows + Math.floor(i / columns)]!),
  ];
}

/** The right numbers, in another order. */
export function isReordered(of: readonly SlotValues[]): boolean {
  return close(sorted(of.flatMap((s) => s.got)), sorted(of.flatMap((s) => s.truth)));
}

/** The row, the column or the whole that each entry belongs to. */
export function lineOf({ truth, shape }: SlotValues, where: string): number[] {
  const columns = shape[1] ?? 1;
  return truth.map((_, i) => {
    if (where.endsWith('row')) return Math.floor(i / columns);
    return where.endsWith('column') ? i % columns : 0;
  });
}

export function sumOf(s: SlotValues, where: string, mean: boolean): number[] {
  const line = lineOf(s, where);
  return line.map((here) => {
    const along = s.truth.filter((_, i) => line[i] === here);
    return along.reduce((a, b) => a + b, 0) / (mean ? along.length : 1);
  });
}

/** Every 2 × 2 minor with the largest entry is 0. */
export function isOuterProduct(s: SlotValues): boolean {
  const columns = s.shape[1]!;
  const off = difference(s);
  const pivot = off.reduce((at, v, i) => (Math.abs(v) > Math.abs(off[at]!) ? i : at), 0);
  const [row, column] = [pivot - (pivot % columns), pivot % columns];
  return off.every((v, i) => {
    const crossed = (off[i - (i % columns) + column]! * off[row + (i % columns)]!) / off[pivot]!;
    return near(v, crossed, [...s.truth, off[pivot]!]);
  });
}

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
