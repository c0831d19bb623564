import { count } from '../../../src/report/format.ts';
import {
  type Block,
  heading,
  number,
  paragraph,
  type Table,
  text,
} from '../../../src/report/report.ts';
import { left, right } from '../columns.ts';
import { shortList } from '../short-list.ts';
import type { CaseTally, FalseAlarm } from './case-tally.ts';
import { families } from './families.ts';

/** Of the right cases, this share must be resolved. */
export const RESOLVED = 0.95;

/** `fresh`: of a seed on which nothing was tuned; none in a shortened run. */
export const rightBlocks = (
  tallies: readonly CaseTally[],
  fresh: readonly CaseTally[],
): Block[] => [
  heading(2, 'False alarms on right gradients'),
  paragraph(
    'A right gradient is a formula differentiated by hand, computed in the precision of its function; ' +
      'at a kink, that of one side. For those of the committed set the 40 digits beside them say that it is right. ' +
      'Every family has the same number of cases, the large networks a third of it. ' +
      '`unresolved` is no alarm, and no answer either: the error bar is then wider than the error that was to be seen.',
  ),
  paragraph(alarmText(tallies)),
  ...freshBlocks(fresh),
  ...shortList([...tallies, ...fresh].flatMap((t) => t.alarms.map((alarm) => told(alarm, t.seed)))),
  familyTable(tallies),
  paragraph(
    'One kind of case is left out: a quantised f of which no slope is 1,000 of its steps is drawn anew. ' +
      'It may not move at all, and then anyone who only sees its values finds a slope of 0.',
  ),
];

/** Cases, and how many of them are unresolved. */
type Total = Pick<CaseTally, 'cases' | 'unresolved'>;

const totalOf = (tallies: readonly CaseTally[]): Total => ({
  cases: tallies.reduce((sum, t) => sum + t.cases, 0),
  unresolved: tallies.reduce((sum, t) => sum + t.unresolved, 0),
});

const resolvedShare = ({ cases, unresolved }: Total): number => 1 - unresolved / cases;

/** The share of all of them that is resolved. */
export const resolvedOf = (tallies: readonly CaseTally[]): number =>
  resolvedShare(totalOf(tallies));

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

export function alarmText(tallies: readonly CaseTally[]): string {
  const alarms = tallies.reduce((sum, t) => sum + t.alarms.length, 0);
  return (
    `${count(alarms)} false alarms in ${count(totalOf(tallies).cases)} right cases of ${tallies.length} kinds; ` +
    `${percent(resolvedOf(tallies))} of them resolved (limit ${percent(RESOLVED)}).`
  );
}

/** What may be said of cases that nobody drew rests on those that nothing was tuned on. */
function freshBlocks(fresh: readonly CaseTally[]): Block[] {
  const [first] = fresh;
  if (!first) return [];
  const { cases } = totalOf(fresh);
  const few = fresh.every((t) => t.alarms.length === 0)
    ? ` So of this mix fewer than one in ${count(Math.floor(cases / 3))} is called wrong, at 95 % confidence.`
    : '';
  return [
    paragraph(
      'The checker was tuned on these: whatever it called wrong among them was mended. ' +
        `So they are drawn once more, from seed ${first.seed}, which was chosen before anyone looked at it: ${alarmText(fresh)}${few}`,
    ),
  ];
}

const told = ({ id, verdict, checkSeed }: FalseAlarm, seed: number): string =>
  `\`${id}\` of seed ${seed}, checked with seed ${checkSeed}: ${verdict}`;

const familyTable = (tallies: readonly CaseTally[]): Table => ({
  kind: 'table',
  name: 'right-cases',
  columns: [
    left('family', 'family'),
    left('about', 'what it is'),
    right('cases', 'cases'),
    right('alarms', 'false alarms'),
    right('resolved', 'resolved, %'),
    right('median', 'median calls of f'),
    right('most', 'most'),
  ],
  rows: tallies.map((t) => {
    const { name, about } = families[t.family]!;
    const sorted = t.evaluations.toSorted((a, b) => a - b);
    return [
      text(name),
      text(about),
      number(t.cases, 'count'),
      number(t.alarms.length, 'count'),
      number(100 * resolvedShare(t), 'significant'),
      number(sorted[sorted.length >> 1]!, 'count'),
      number(sorted.at(-1)!, 'count'),
    ];
  }),
});
