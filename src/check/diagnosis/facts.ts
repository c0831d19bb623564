import { entryName } from '../../params/layout.ts';
import { type Entries, isWrong, placesAmong, subset } from './entries.ts';
import { commonRatio } from './factor.ts';
import type { Scope } from './scope.ts';
import { PLACES, TELLING } from './support.ts';
import { counted, figure, timesTruth } from './wording.ts';

/** What can be said of a wrong gradient without a name: how many entries, how far off, and which way. */
export function facts(scope: Scope): string {
  const { entries, evidence } = scope;
  const wrong = Array.from({ length: entries.count }, (_, e) => e).filter((e) =>
    isWrong(entries, e),
  );
  if (wrong.length === 0) return 'No entry that was differenced is wrong';
  const single = new Set(wrong.map((e) => entries.index[e]!));
  const all = counted(
    placesAmong(entries, () => true),
    'entry',
    'entries',
  );
  const many = `${single.size} of ${all} checked one by one ${single.size === 1 ? 'is' : 'are'} wrong`;
  // Further points serve to name a mistake; the figures are those of the first where it shows.
  const here = subset(entries, (e) => entries.observation[e] === entries.observation[wrong[0]!]);
  if (single.size > 1) return `${many}${wayOff(here)}${ratios(scope, here)}`;
  const name = entryName(evidence.layout, [...single][0]!);
  return `${many} (${name})${ownRatio(here)}`;
}

/** `, the error is 0.293 times the gradient there, their cosine 0.972`. */
function wayOff({ count, got, truth }: Entries): string {
  let [error, size, dot, claimed] = [0, 0, 0, 0];
  for (let e = 0; e < count; e++) {
    const [g, t] = [got[e]!, truth[e]!];
    error += (g - t) ** 2;
    size += t * t;
    claimed += g * g;
    dot += g * t;
  }
  if (size === 0) return '';
  const cosine = claimed > 0 ? (dot / Math.sqrt(size * claimed)).toPrecision(3) : '1.00';
  const way = cosine === '1.00' ? '' : `, their cosine ${cosine}`;
  const share = figure(Math.sqrt(error / size));
  return `, the error is ${share === '1' ? 'as large as' : `${share} times`} the gradient there${way}`;
}

/** Of the only entry that is wrong. */
function ownRatio(here: Entries): string {
  const range = ratioRange(here);
  return range ? `, ${timesTruth(range[0])}` : '';
}

/** How the entries' ratios to the truth lie: constant at each point, or from … to …. */
function ratios({ entries, evidence, novelty }: Scope, here: Entries): string {
  let few = false;
  const each = evidence.observations.map((_, k) => {
    const part = subset(entries, (e) => entries.observation[e] === k);
    const ratio = part.count > 0 ? commonRatio(part, novelty) : null;
    if (ratio === null || ratio.spread > TELLING * Math.abs(ratio.value)) return null;
    few ||= part.count < PLACES;
    return ratio;
  });
  if (each.every((ratio) => ratio !== null)) {
    const values = [...new Set(each.map((ratio) => figure(ratio.value)))];
    if (values.length === 1) return `; every entry checked is ${timesTruth(each[0]!.value)}`;
    return few
      ? ''
      : `; at each point all entries have the same ratio to the truth, but another at another (${values.slice(0, 3).join(', ')}): one number upstream is wrong`;
  }
  const range = ratioRange(here);
  if (!range) return '';
  const [from, to] = range.map(figure);
  if (from !== to) return `; wrong entries are ${from} to ${to} times the truth`;
  // Errors too small for these digits are told by their size alone.
  return from === '1' ? '' : `; each wrong entry is ${from} times the truth`;
}

/** The least and the largest ratio of the wrong entries whose truth stands out; null where none does. */
function ratioRange(entries: Entries): readonly [number, number] | null {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let e = 0; e < entries.count; e++) {
    if (!isWrong(entries, e) || entries.bar[e]! > TELLING * Math.abs(entries.truth[e]!)) continue;
    const ratio = entries.got[e]! / entries.truth[e]!;
    least = Math.min(least, ratio);
    most = Math.max(most, ratio);
  }
  return least <= most ? [least, most] : null;
}
