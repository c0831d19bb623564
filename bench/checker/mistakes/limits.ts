import { count } from '../../../src/report/format.ts';
import type { MistakeFigures } from './run.ts';
import { type AttemptTally, tallyAttempts } from './tally.ts';

/** What the done-when line of the checker asks for, and what was measured. */
export interface Limit {
  readonly what: string;
  readonly asked: string;
  readonly measured: string;
  readonly kept: boolean;
}

/** The least share of single mistakes that must be named. */
const NAMED = 0.95;

export function limitsOf(figures: MistakeFigures): readonly Limit[] {
  const { placed, oneLayer, random, pairs, leftOut, blackBox, elsewhere } = figures;
  const one = tallyAttempts([...placed, ...oneLayer, ...random]);
  const two = tallyAttempts(pairs);
  const unknown = tallyAttempts(leftOut);
  const box = tallyAttempts(blackBox);
  const all = [one, two, unknown, box];
  const named = one.naming.named / one.planted;
  const missed = elsewhere.filter((e) => e.told.verdict !== e.expected || e.wrongly);
  return [
    caught('single mistakes on our layers, caught', one),
    {
      what: 'single mistakes on our layers, named',
      asked: 'at least 95 %',
      measured: share(one.naming.named, one.planted),
      kept: named >= NAMED,
    },
    caught('pairs of mistakes, caught', two),
    caught('single mistakes that are not in the bank, caught', unknown),
    caught('the same through `checkGradient`, caught', box),
    none('named wrongly, in all of these', all, ({ naming }) => naming.wrongly),
    none(
      'described in words that could not be held against the gradient',
      all,
      ({ naming }) => naming['not judged'],
    ),
    none(
      'another layer told than the first that breaks',
      [one, two, unknown],
      (t) => t.layers - t.rightLayers,
    ),
    none('changes nothing, yet held against the gradient', all, (t) => t.falseAlarms),
    {
      what: 'mistakes that our layers have no place for: verdict and diagnosis right',
      asked: 'all',
      measured: share(elsewhere.length - missed.length, elsewhere.length),
      kept: elsewhere.length > 0 && missed.length === 0,
    },
  ];
}

const caught = (what: string, t: AttemptTally): Limit => ({
  what,
  asked: 'all',
  measured: share(t.caught, t.planted),
  kept: t.planted > 0 && t.caught === t.planted,
});

function none(
  what: string,
  tallies: readonly AttemptTally[],
  of: (t: AttemptTally) => number,
): Limit {
  const found = tallies.reduce((sum, t) => sum + of(t), 0);
  return { what, asked: 'none', measured: found === 0 ? 'none' : String(found), kept: found === 0 };
}

/** `6,163 of 6,163 (100 %)`; never rounded up to 100. */
export function share(part: number, whole: number): string {
  const percent = part === whole ? '100' : (Math.floor((1e4 * part) / whole) / 100).toFixed(2);
  return `${count(part)} of ${count(whole)} (${percent} %)`;
}
