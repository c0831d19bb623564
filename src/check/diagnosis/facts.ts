import { entryName } from '../../params/layout.ts';
import { formatNumber } from '../../report/format.ts';
import { isWrong, placesAmong, subset } from './entries.ts';
import { commonRatio } from './factor.ts';
import type { Scope } from './scope.ts';
import { PLACES, TELLING } from './support.ts';
import { counted, figure } from './wording.ts';

/** What can be said of a wrong gradient without a name: how many entries, how far off, and which way. */
export function facts(scope: Scope): string {
  const { entries, evidence } = scope;
  const wrong: number[] = [];
  let [error, size, dot, got] = [0, 0, 0, 0];
  for (let e = 0; e < entries.count; e++) {
    const [g, t] = [entries.got[e]!, entries.truth[e]!];
    if (isWrong(entries, e)) wrong.push(e);
    error += (g - t) ** 2;
    size += t * t;
    got += g * g;
    dot += g * t;
  }
  if (wrong.length === 0) return 'No entry that was differenced is wrong';
  const single = new Set(wrong.map((e) => entries.index[e]!));
  const all = counted(
    placesAmong(entries, () => true),
    'entry',
    'entries',
  );
  const many = `${formatNumber(single.size, 'count')} of ${all} checked ${single.size === 1 ? 'is' : 'are'} wrong`;
  const where = single.size === 1 ? ` (${entryName(evidence.layout, [...single][0]!)})` : '';
  const far =
    size > 0 ? `, the error is ${figure(Math.sqrt(error / size))} times the gradient` : '';
  const way =
    size > 0 && got > 0 ? `, their cosine ${(dot / Math.sqrt(size * got)).toPrecision(3)}` : '';
  return `${many}${where}${far}${way}${ratios(scope)}`;
}

/** How the entries' ratios to the truth lie: constant at each point, or from … to …. */
function ratios({ entries, evidence, novelty }: Scope): string {
  let few = false;
  const each = evidence.observations.map((_, k) => {
    const part = subset(entries, (e) => entries.observation[e] === k);
    const ratio = part.count > 0 ? commonRatio(part, novelty) : null;
    if (ratio === null || ratio.spread > TELLING * Math.abs(ratio.value)) return null;
    few ||= part.count < PLACES;
    return ratio;
  });
  if (each.every((ratio) => ratio !== null)) {
    const values = [...new Set(each.map((ratio) => figure(ratio!.value)))];
    const list = values.slice(0, 3).join(', ');
    if (values.length === 1) return `; every entry checked is ${list} times the truth`;
    return few
      ? ''
      : `; at each point all entries have the same ratio to the truth, but another at another (${list}): one number upstream is wrong`;
  }
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let e = 0; e < entries.count; e++) {
    if (!isWrong(entries, e) || entries.bar[e]! > TELLING * Math.abs(entries.truth[e]!)) continue;
    const ratio = entries.got[e]! / entries.truth[e]!;
    least = Math.min(least, ratio);
    most = Math.max(most, ratio);
  }
  const [from, to] = [figure(least), figure(most)];
  // Errors too small for these digits are told by their size alone.
  return least < most && from !== to ? `; wrong entries are ${from} to ${to} times the truth` : '';
}
