import { formatNumber, sci, sig } from '../../report/format.ts';
import { alignedRows } from './aligned-rows.ts';
import type { EntryFinding } from './check-result.ts';
import { shortNames } from './short-names.ts';

/** Rows shown, where there is room. */
const ROWS = { least: 2, most: 8 } as const;

/** Wrong entries in their order as an aligned table of about `room` lines; the others are counted. */
export function entryTable(wrong: readonly EntryFinding[], room: number): string[] {
  const several = wrong.some(({ point }) => point > 0);
  const shown = Math.min(ROWS.most, Math.max(ROWS.least, room - 2)); // a heading, a count
  const seen = wrong.slice(0, shown);
  const names = shortNames(seen.map(({ entry }) => entry));
  const rows = seen.map((finding, i) => {
    const { got, expected } = digitsApart(finding.got, finding.expected);
    const cells = [names[i]!, got, seenText(finding, expected), offBy(finding)];
    return several ? [...cells, `${finding.point}`] : cells;
  });
  const head = ['wrong entry', 'gradient', 'differences', 'off by', ...(several ? ['point'] : [])];
  const more = wrong.length - rows.length;
  return [...alignedRows([head, ...rows]), ...(more > 0 ? [`and at least ${more} more`] : [])];
}

/** The difference, `expected` as written, with its error bar or, at a corner, the slopes around it. */
export function seenText(finding: EntryFinding, expected: string): string {
  const slopes = slopesText(finding);
  return slopes === null
    ? `${expected} ± ${barText(finding.uncertainty)}`
    : `${expected} (${slopes})`;
}

/** `0 to 1.000`, left to right of a corner; null elsewhere. */
export function slopesText({ left, right }: EntryFinding): string | null {
  if (left === undefined || right === undefined) return null;
  const sides = digitsApart(left, right);
  return `${sides.got} to ${sides.expected}`;
}

/** Two digits: 9.7e-13, 0.024, 32. */
const barText = (bar: number): string =>
  bar >= 1e-3 && bar < 1e6 ? `${Number(bar.toPrecision(2))}` : sci(bar);

function offBy({ got, expected }: EntryFinding): string {
  const off = got - expected;
  return Number.isFinite(off) ? `${off > 0 ? '+' : ''}${sig(off)}` : '';
}

/** Fewest digits shown, and the most that a double has. */
const DIGITS = { least: 4, most: 17 } as const;

/** Two numbers with so many digits that their difference shows in two of them. */
export function digitsApart(
  got: number,
  expected: number,
): { readonly got: string; readonly expected: string } {
  const share = Math.abs(got - expected) / Math.max(Math.abs(got), Math.abs(expected));
  const wanted = share > 0 ? Math.ceil(-Math.log10(share)) + 2 : 0;
  const digits = Math.min(DIGITS.most, Math.max(DIGITS.least, wanted));
  return { got: written(got, digits), expected: written(expected, digits) };
}

function written(value: number, digits: number): string {
  if (!Number.isFinite(value)) return formatNumber(value, 'exact');
  return value === 0 ? '0' : value.toPrecision(digits).replace('e+', 'e');
}
