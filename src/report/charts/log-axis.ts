/** Whether an axis has a value on its scale, or beside it. */
export type Side = 'scale' | 'zero' | 'not finite';

/** A logarithmic axis that also has a place for 0 and for what is not finite. */
export interface LogAxis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  /** A vega expression that writes a tick. */
  readonly label: string;
  /** Where a value stands: 0 and negatives left of all others, ∞ and NaN right of them. */
  place(value: number): number;
  side(value: number): Side;
}

/** Ticks an axis has room for, and fewest that show that it is logarithmic. */
const MOST_TICKS = 9;
const FEWEST_TICKS = 3;
/** Room beyond the outermost values, as a share of the axis, and in decades at least. */
const MARGIN = 0.04;
const LEAST_MARGIN = 0.1;
/** Between these all ticks are written plainly; where one lies outside, all in powers of ten. */
const PLAIN = [1e-3, 1e5] as const;

/**
 * An axis around these values. An error of zero is the best there is and a NaN the worst, and
 * neither has a logarithm: each gets a tick of its own, outside the others.
 * `unit` follows the number in a label.
 */
export function logAxis(values: readonly number[], unit = ''): LogAxis {
  const exponents = values.filter(hasLogarithm).map(Math.log10);
  const low = exponents.length > 0 ? Math.min(...exponents) : 0;
  const high = exponents.length > 0 ? Math.max(...exponents) : 0;
  const margin = Math.max(LEAST_MARGIN, MARGIN * (high - low));
  const [left, right] = [10 ** (low - margin), 10 ** (high + margin)];
  const zero = 10 ** (low - 4 * margin);
  const wild = 10 ** (high + 4 * margin);

  const hasZero = values.some((value) => value <= 0);
  const hasWild = values.some((value) => side(value) === 'not finite');
  const ticks = ticksWithin(left, right);
  const isPlain = ticks.every((tick) => tick >= PLAIN[0] && tick < PLAIN[1]);
  return {
    domain: [
      hasZero ? zero / 10 ** (margin / 2) : left,
      hasWild ? wild * 10 ** (margin / 2) : right,
    ],
    ticks: [...(hasZero ? [zero] : []), ...ticks, ...(hasWild ? [wild] : [])],
    label:
      (hasZero ? `datum.value < ${left} ? '0' : ` : '') +
      (hasWild ? `datum.value > ${right} ? 'not finite' : ` : '') +
      `(${isPlain ? PLAINLY : IN_POWERS}) + '${unit}'`,
    place: (value) => (hasLogarithm(value) ? value : value <= 0 ? zero : wild),
    side,
  };
}

const PLAINLY = `format(datum.value, ',~r')`;
const IN_POWERS = `datum.value == 1 ? '1' : replace(format(datum.value, '~e'), '+', '')`;

const hasLogarithm = (value: number): boolean => value > 0 && Number.isFinite(value);

const side = (value: number): Side =>
  hasLogarithm(value) ? 'scale' : value <= 0 ? 'zero' : 'not finite';

/** Powers of ten, every second or third where there are many, with twos and fives where few. */
function ticksWithin(left: number, right: number): number[] {
  const ticks = (mantissas: readonly number[], stride: number): number[] => {
    const found: number[] = [];
    const first = Math.floor(Math.log10(left) / stride) * stride;
    for (let e = first; e <= Math.log10(right); e += stride) {
      // Read, not computed: 10 ** e need not be the double nearest to it.
      for (const m of mantissas) found.push(Number(`${m}e${e}`));
    }
    return found.filter((tick) => tick >= left && tick <= right);
  };
  const few = [[1], [1, 3], [1, 2, 5], [1, 1.2, 1.5, 2, 3, 4, 5, 6, 8]].find(
    (mantissas) => ticks(mantissas, 1).length >= FEWEST_TICKS,
  );
  const decades = Math.log10(right / left);
  return ticks(few ?? [1, 2, 5], Math.max(1, Math.ceil(decades / MOST_TICKS)));
}
