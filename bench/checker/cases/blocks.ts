import { formatNumber } from '../../../src/report/format.ts';
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
import { families } from './families.ts';
import type { Judgement } from './judge-hard.ts';
import type { FalseAlarm, Tally } from './tally.ts';

/** What the right cases and the hard ones came to. */
export interface Found {
  readonly seed: number;
  /** One a family. */
  readonly tallies: readonly Tally[];
  readonly hard: readonly Judgement[];
}

/** Of the right cases, this share must be resolved. */
export const RESOLVED = 0.95;

export const blocksOf = (found: Found): Block[] => [
  heading(2, 'False alarms on right gradients'),
  paragraph(
    'A right gradient is a formula differentiated by hand, computed in the precision of its function; ' +
      'at a kink, that of one side. Every family has the same number of cases, the large networks a third of it. ' +
      '`unresolved` is no alarm, and no answer either: the error bar is then wider than the error that was to be seen.',
  ),
  ...alarmBlocks(found),
  familyTable(found.tallies),
  heading(3, 'Hard cases'),
  paragraph(hardText(found.hard)),
  ...hardBlocks(found.hard),
  paragraph(
    'The hard cases and about a thousand of the right ones are a file of their own, ' +
      '`bench/checker/cases/cases.json`: functions by name, points, gradients, the verdict expected and the derivative in 40 digits, ' +
      'for other checkers to be tried on. Its README says how to read it and how to write as many more as one likes.',
  ),
];

/** Cases, and how many of them are unresolved. */
type Total = Pick<Tally, 'cases' | 'unresolved'>;

export const totalOf = (tallies: readonly Tally[]): Total => ({
  cases: tallies.reduce((sum, t) => sum + t.cases, 0),
  unresolved: tallies.reduce((sum, t) => sum + t.unresolved, 0),
});

export const resolvedShare = ({ cases, unresolved }: Total): number => 1 - unresolved / cases;

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Alarms named in full; a fault in one family may raise thousands. */
const NAMED = 20;

function alarmBlocks({ tallies, seed }: Found): Block[] {
  const alarms = tallies.flatMap((t) => t.alarms);
  const { cases } = totalOf(tallies);
  const all = formatNumber(cases, 'count');
  if (alarms.length === 0) {
    return [
      paragraph(
        `None of ${all} right gradients was called wrong, so of this mix fewer than one in ${formatNumber(Math.floor(cases / 3), 'count')} is, at 95 % confidence.`,
      ),
    ];
  }
  const rest = alarms.length - NAMED;
  return [
    paragraph(`${alarms.length} of ${all} right gradients were called wrong:`),
    {
      kind: 'list',
      items: [
        ...alarms.slice(0, NAMED).map((alarm) => told(alarm, seed)),
        ...(rest > 0 ? [`and ${rest} more`] : []),
      ],
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
    `${of('missed')} are left unresolved, and ${of('contradicted') || 'none'} get another one.`
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
