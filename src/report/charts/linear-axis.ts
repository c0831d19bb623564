/** A linear axis for any numbers; what is not finite, or as good as that, has no place on it. */
export interface LinearAxis {
  readonly domain: readonly [number, number];
  /** A vega expression that writes a tick. */
  readonly label: string;
  /** Where a value stands; null: nowhere. */
  readonly place: (value: number) => number | null;
}

/** Beyond this, d3 overflows as it rounds a domain. */
const LARGEST = 1e300;
/** Where no value reaches the first, or one reaches the second, zeros would fill the labels. */
const PLAIN = [1e-3, 1e6] as const;

/** Whether a number can be drawn at all. */
export const isDrawable = (value: number): boolean => Math.abs(value) < LARGEST;

/** An axis around these values, its ticks all plain or all in powers of ten. */
export function linearAxis(values: readonly number[]): LinearAxis {
  const domain = around(values.filter(isDrawable));
  const largest = Math.max(...domain.map(Math.abs));
  return {
    domain,
    label:
      largest >= PLAIN[0] && largest < PLAIN[1]
        ? 'datum.label'
        : `datum.value == 0 ? '0' : replace(format(datum.value, '~e'), '+', '')`,
    place: (value) => (isDrawable(value) ? value : null),
  };
}

/** Least and greatest; with room around where they are one, and 0 to 1 where there is none. */
export function around(values: readonly number[]): [low: number, high: number] {
  if (values.length === 0) return [0, 1];
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const room = low < high ? 0 : Math.abs(low) / 10 || 1;
  return [low - room, high + room];
}
