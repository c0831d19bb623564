/** How a number is written. */
export type NumberFormat =
  /** 0.0123, 12.3, 12,345; powers of ten outside 1e-3 … 1e6. */
  | 'significant'
  /** 1.2e-15. */
  | 'scientific'
  /** Seconds as 54.1 µs, 1.23 ms, 2.00 s. */
  | 'duration'
  /** 1.05×, 12.3×, 1,234×. */
  | 'ratio'
  /** 1,234. */
  | 'count'
  /** Every digit that tells the double from its neighbours. */
  | 'exact';

const FORMATS: { readonly [F in NumberFormat]: (value: number) => string } = {
  significant,
  scientific,
  duration,
  ratio: (value) => `${significant(value)}×`,
  count: (value) => grouped(value.toFixed(0)),
  exact: String,
};

/** The number as the format writes it; NaN and ±∞ as such in every format. */
export function formatNumber(value: number, format: NumberFormat): string {
  if (Number.isFinite(value)) return FORMATS[format](value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
}

/** The formats that sentences use most. */
export const sig = (value: number): string => formatNumber(value, 'significant');
export const sci = (value: number): string => formatNumber(value, 'scientific');
export const times = (value: number): string => formatNumber(value, 'ratio');
export const count = (value: number): string => formatNumber(value, 'count');

/** Digits shown: as many as a repeated measurement keeps. */
const DIGITS = 3;

function significant(value: number): string {
  if (value === 0) return '0';
  const rounded = Math.abs(Number(value.toPrecision(DIGITS)));
  if (rounded < 1e-3 || rounded >= 1e6) return scientific(value);
  // Digits before the point are all written: 12,345 rather than 12,300.
  const decimals = Math.max(0, DIGITS - 1 - Math.floor(Math.log10(rounded)));
  return grouped(value.toFixed(decimals));
}

function scientific(value: number): string {
  return value === 0 ? '0' : value.toExponential(1).replace('e+', 'e');
}

const UNITS = [
  { name: 'ns', seconds: 1e-9 },
  { name: 'µs', seconds: 1e-6 },
  { name: 'ms', seconds: 1e-3 },
  { name: 's', seconds: 1 },
] as const;

function duration(seconds: number): string {
  if (seconds === 0) return '0 s';
  // Rounded first: 999.9 µs is 1.00 ms.
  const rounded = Math.abs(Number(seconds.toPrecision(DIGITS)));
  const unit = UNITS.findLast((u) => rounded >= u.seconds) ?? UNITS[0];
  return `${significant(seconds / unit.seconds)} ${unit.name}`;
}

const grouped = (digits: string): string => {
  const [whole, fraction] = digits.split('.');
  const thousands = whole!.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? thousands : `${thousands}.${fraction}`;
};
