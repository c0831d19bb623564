import { count } from '../../../src/report/format.ts';
import {
  type Block,
  type Cell,
  type Column,
  heading,
  number,
  paragraph,
  type Table,
  text,
  verdict,
} from '../../../src/report/report.ts';
import { barBlocks } from './error-bar-blocks.ts';
import type { BarsFound } from './error-bars.ts';
import { families } from './families.ts';
import type { Judgement } from './judge-hard.ts';
import { plantedBlocks } from './planted-blocks.ts';
import type { FalseAlarm, Tally } from './tally.ts';

/** What the right cases and the hard ones came to. */
export interface Found {
  /** One a family. */
  readonly tallies: readonly Tally[];
  /** The same of a seed on which nothing was tuned; none in a shortened run. */
  readonly fresh: readonly Tally[];
  readonly hard: readonly Judgement[];
  readonly bars: BarsFound;
}

/** Of the right cases, this share must be resolved. */
export const RESOLVED = 0.95;
/** Of the hard cases, so many may be left unresolved: a wrong gradient at the tip of a cone. */
export const MISSED = 1;

export const blocksOf = ({ tallies, fresh, hard, bars }: Found): Block[] => [
  heading(2, 'False alarms on right gradients'),
  paragraph(
    'A right gradient is a formula differentiated by hand, computed in the precision of its function; ' +
      'at a kink, that of one side. For those of the committed set the 40 digits beside them say that it is right. ' +
      'Every family has the same number of cases, the large networks a third of it. ' +
      '`unresolved` is no alarm, and no answer either: the error bar is then wider than the error that was to be seen.',
  ),
  paragraph(alarmText(tallies)),
  ...freshBlocks(fresh),
  ...alarmBlocks([...tallies, ...fresh]),
  familyTable(tallies),
  paragraph(
    'One kind of case is left out: a quantised f of which no slope is 1,000 of its steps is drawn anew. ' +
      'It may not move at all, and then anyone who only sees its values finds a slope of 0.',
  ),
  ...plantedBlocks([...tallies, ...fresh]),
  ...barBlocks(bars),
  heading(3, 'Hard cases'),
  paragraph(hardText(hard)),
  ...hardBlocks(hard),
  paragraph(
    'The hard cases and about a thousand of the right ones are a file of their own, ' +
      '`bench/checker/cases/cases.json`: functions by name, points, gradients, the verdict expected and the derivative in 40 digits, ' +
      'for other checkers to be tried on. Its README says how to read it and how to write as many more as one likes.',
  ),
];

/** Cases, and how many of them are unresolved. */
type Total = Pick<Tally, 'cases' | 'unresolved'>;

const totalOf = (tallies: readonly Tally[]): Total => ({
  cases: tallies.reduce((sum, t) => sum + t.cases, 0),
  unresolved: tallies.reduce((sum, t) => sum + t.unresolved, 0),
});

const resolvedShare = ({ cases, unresolved }: Total): number => 1 - unresolved / cases;

/** The share of all of them that is resolved. */
export const resolvedOf = (tallies: readonly Tally[]): number => resolvedShare(totalOf(tallies));

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

export function alarmText(tallies: readonly Tally[]): string {
  const alarms = tallies.reduce((sum, t) => sum + t.alarms.length, 0);
  return (
    `${count(alarms)} false alarms in ${count(totalOf(tallies).cases)} right cases of ${tallies.length} kinds; ` +
    `${percent(resolvedOf(tallies))} of them resolved (limit ${percent(RESOLVED)}).`
  );
}

/** What may be said of cases that nobody drew rests on those that nothing was tuned on. */
function freshBlocks(fresh: readonly Tally[]): Block[] {
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

/** Alarms named in full; a fault in one family may raise thousands. */
const NAMED = 20;

function alarmBlocks(tallies: readonly Tally[]): Block[] {
  const alarms = tallies.flatMap((t) => t.alarms.map((alarm) => told(alarm, t.seed)));
  if (alarms.length === 0) return [];
  const rest = alarms.length - NAMED;
  return [
    {
      kind: 'list',
      items: [...alarms.slice(0, NAMED), ...(rest > 0 ? [`and ${rest} more`] : [])],
    },
  ];
}

const told = ({ id, verdict: got, checkSeed }: FalseAlarm, seed: number): string =>
  `\`${id}\` of seed ${seed}, checked with seed ${checkSeed}: ${got}`;

function familyTable(tallies: readonly Tally[]): Table {
  const column = (key: string, title: string, align: Column['align'] = 'right'): Column => ({
    key,
    title,
    align,
  });
  return {
    kind: 'table',
    name: 'right-cases',
    columns: [
      column('family', 'family', 'left'),
      column('about', 'what it is', 'left'),
      column('cases', 'cases'),
      column('alarms', 'false alarms'),
      column('resolved', 'resolved, %'),
      column('median', 'median calls of f'),
      column('most', 'most'),
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
  };
}

export function hardText(hard: readonly Judgement[]): string {
  const of = (kind: Judgement['kind']): number => hard.filter((j) => j.kind === kind).length;
  return (
    `Of ${hard.length} hard cases, right and wrong, ${of('as-expected')} get the verdict expected, ` +
    `${of('missed')} are left unresolved (limit ${MISSED}), and ${of('contradicted') || 'none'} get another one.`
  );
}

function hardBlocks(hard: readonly Judgement[]): Block[] {
  const others = hard.filter((j) => j.kind !== 'as-expected');
  if (others.length === 0) return [];
  const got = ({ kind, got: word }: Judgement): Cell =>
    verdict(word, kind === 'missed' ? 'open' : 'bad');
  return [
    {
      kind: 'table',
      name: 'hard-cases',
      columns: [
        { key: 'case', title: 'case', align: 'left' },
        { key: 'expected', title: 'expected', align: 'left' },
        { key: 'got', title: 'got', align: 'left' },
        { key: 'note', title: 'what is hard about it', align: 'left' },
      ],
      rows: others.map((j) => [
        text(j.problem.id),
        text(j.problem.expected),
        got(j),
        text(j.problem.note ?? ''),
      ]),
    },
  ];
}
