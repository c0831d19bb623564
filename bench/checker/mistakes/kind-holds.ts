import type { DiagnosisKind } from '../../../src/check/diagnosis/diagnosis.ts';
import { RTOL } from '../../../src/check/resolution.ts';
import type { Slot } from '../../../src/params/layout.ts';
import { ratio } from './compose.ts';
import { type Beside, wrongSlots } from './gradients.ts';

/** What was handed back in a slot that is wrong, what is right there, and the parameters. */
interface Wrong {
  readonly name: string;
  readonly got: readonly number[];
  readonly truth: readonly number[];
  readonly x: readonly number[];
  readonly shape: readonly number[];
}

/**
 * Whether a diagnosis states what is so, by what its kind means and the two gradients alone; null for
 * kinds that this cannot tell. A message in clauses, slot by slot, is of the kind of one of them.
 */
export function kindHolds(kind: DiagnosisKind, message: string, found: Beside): boolean | null {
  const { first, second, right, problem } = found;
  const { slots } = problem.model.layout;
  const bad = wrongSlots(found);
  const part = (values: ArrayLike<number>, { offset, size }: Slot): number[] =>
    Array.from({ length: size }, (_, i) => values[offset + i]!);
  const wrong = bad.map((slot) => ({
    name: slot.name,
    got: part(first.grads, slot),
    truth: part(right.grads, slot),
    x: part(problem.params.values, slot),
    shape: slot.shape,
  }));
  const clauses = message
    .split('; ')
    .map((clause) => wrong.filter(({ name }) => clause.includes(name)))
    .filter((named) => named.length > 0);
  const each = (holds: (w: Wrong) => boolean): boolean =>
    (clauses.length > 0 ? clauses : [wrong]).some((c) => c.length > 0 && c.every(holds));
  switch (kind) {
    case 'unrecognised':
      return true;
    case 'only-some-slots':
      return bad.length > 0 && bad.length < slots.length;
    case 'factor':
      return each(({ got, truth }) => close(got, scaledBy(ratio(got, truth), truth)));
    case 'sign':
      return each(({ got, truth }) => close(got, scaledBy(-1, truth)));
    case 'zero':
      return each(({ got, truth }) => got.every((g, i) => g === 0 || near(g, truth[i]!, truth)));
    case 'transpose':
      return each((w) => turned(w).some((values) => close(w.got, values)));
    case 'permutation':
      return close(sorted(wrong.flatMap((w) => w.got)), sorted(wrong.flatMap((w) => w.truth)));
    case 'sum-over-axis':
      return each((w) => sums(w).some((values) => close(w.got, values, w.truth)));
    case 'proportional-to-parameter':
      return each(({ got, truth, x }) => {
        const off = got.map((g, i) => g - truth[i]!);
        return close(got, added(truth, scaledBy(ratio(off, x), x)));
      });
    case 'constant-offset':
      return each(({ got, truth }) => {
        const off = got.map((g, i) => g - truth[i]!);
        return close(got, added(truth, scaledBy(mean(off), off.fill(1))));
      });
    case 'piecewise-ratio':
      return each(({ got, truth }) => ratios(got, truth).length <= 2);
    case 'accumulates':
      return close([...second.grads], scaledBy(2, [...first.grads]));
    case 'not-finite':
      return first.grads.some((g) => !Number.isFinite(g));
    case 'known-mistake':
    case 'upstream-ignored':
    case 'missing-term':
    case 'elementwise-ratio':
      return null;
    default:
      return kind satisfies never;
  }
}

const scaledBy = (c: number, values: readonly number[]): number[] => values.map((v) => c * v);
const added = (a: readonly number[], b: readonly number[]): number[] => a.map((v, i) => v + b[i]!);
const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;

/** Told from differences, so no closer than those resolve. */
const near = (a: number, b: number, beside: readonly number[]): boolean =>
  Math.abs(a - b) <= RTOL.float64 * Math.max(...beside.map(Math.abs), Math.abs(a));

const close = (
  got: readonly number[],
  values: readonly number[],
  beside: readonly number[] = values,
): boolean => got.every((g, i) => near(g, values[i]!, beside));

/** The truth read with its shape turned round, and turned round in the memory. */
function turned({ truth, shape }: Wrong): number[][] {
  const [rows = 1, columns = 1] = shape;
  return [
    truth.map((_, i) => truth[(i % rows) * columns + Math.floor(i / rows)]!),
    truth.map((_, i) => truth[(i % columns) * rows + Math.floor(i / columns)]!),
  ];
}

/** Every entry the sum or the mean of its row, of its column or of all. */
function sums({ truth, shape }: Wrong): number[][] {
  const columns = shape[1] ?? truth.length;
  const together = [
    (i: number, j: number) => Math.floor(i / columns) === Math.floor(j / columns),
    (i: number, j: number) => i % columns === j % columns,
    () => true,
  ];
  return together.flatMap((same) => {
    const groups = truth.map((_, i) => truth.filter((_t, j) => same(i, j)));
    return [groups.map(sum), groups.map(mean)];
  });
}

/** The different ratios of two gradients, where they can be told. */
function ratios(got: readonly number[], truth: readonly number[]): number[] {
  const found: number[] = [];
  for (const [i, g] of got.entries()) {
    const r = g / truth[i]!;
    if (Number.isFinite(r) && !found.some((f) => near(f, r, [f, r]))) found.push(r);
  }
  return found;
}
