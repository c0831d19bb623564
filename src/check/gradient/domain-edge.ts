import { entryName } from '../../params/layout.ts';
import { entryLine, firstStepOn } from './line.ts';
import type { Site } from './site.ts';

/** A step that a ladder takes late: f fails there too only where it ends at x itself. */
const NEAR = 2 ** -20;

/** Longer bounds are described. */
const LISTED = 4;

/** Entries looked at, at two calls of f each. */
const LOOKED_AT = 1000;

/**
 * Where f gives no number on one side of x, however near, along one of these entries: what it does
 * there, and the bound that a case would say this by. Null where both sides do, or neither.
 */
export function edgeText(site: Site, indices: readonly number[]): string | null {
  for (const index of indices.slice(0, LOOKED_AT)) {
    const line = entryLine(site, index);
    const f = line.along(0);
    const step = NEAR * firstStepOn(line);
    const [below, above] = [f(line.at - step), f(line.at + step)].map(Number.isFinite);
    if (below !== above) return inWords(site, index, above ? 'below' : 'above');
  }
  return null;
}

function inWords(
  { x, faults, subject: { layout } }: Site,
  index: number,
  side: 'below' | 'above',
): string {
  const [key, none] = side === 'below' ? ['lower', '-Infinity'] : ['upper', 'Infinity'];
  const at = x[index]!;
  const does = faults[0]?.error ?? 'f is not finite';
  const bound =
    x.length <= LISTED
      ? `${key}: [${Array.from(x, (v, i) => (i === index ? v : none)).join(', ')}]`
      : `${key}: an array with ${at} there, and ${none} where it has no end`;
  return `${side} ${entryName(layout, index)} = ${at}, ${does}. If f ends there, give the case ${bound}`;
}
