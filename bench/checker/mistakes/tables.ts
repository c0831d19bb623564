import { mistakes } from '../../../src/check/mistakes/mistakes.ts';
import { type Cell, none, number, type Table, text, verdict } from '../../../src/report/report.ts';
import { left, right } from '../columns.ts';
import { type Attempt, isCaught } from './attempt.ts';
import type { ElsewhereResult } from './elsewhere.ts';
import { type Limit, share } from './limits.ts';
import { ACTIVATIONS, LOSSES } from './networks.ts';
import type { MistakeFigures } from './run.ts';
import { tallyAttempts } from './tally.ts';
import { BESIDES, TYPICAL, type TypicalMistake } from './typical.ts';

export const limitTable = (limits: readonly Limit[]): Table => ({
  kind: 'table',
  name: 'mistakes-limits',
  columns: [left('what', ''), left('asked', 'asked'), left('measured', 'measured'), kept],
  rows: limits.map(({ what, asked, measured, kept: isKept }) => [
    text(what),
    text(asked),
    text(measured),
    isKept ? verdict('kept', 'good') : verdict('missed', 'bad'),
  ]),
});

/** What was said of each kind of attempt. */
export function namingTable(figures: MistakeFigures): Table {
  const { placed, oneLayer, random, pairs, leftOut, blackBox } = figures;
  const row = (what: string, attempts: readonly Attempt[]): Cell[] => {
    const t = tallyAttempts(attempts);
    const { naming } = t;
    const counts = [t.planted, t.caught, naming.named, naming['in part'], naming.alike];
    const rest = [naming.described, naming['not judged'], naming.silent, naming.wrongly];
    return [
      text(what),
      ...[...counts, ...rest].map((n) => number(n, 'count')),
      t.layers > 0 ? text(share(t.rightLayers, t.layers)) : none(''),
      number(t.nothing, 'count'),
    ];
  };
  return {
    kind: 'table',
    name: 'mistakes-naming',
    columns: [
      left('what', 'planted in'),
      right('planted', 'planted'),
      right('caught', 'caught'),
      right('named', 'named'),
      right('part', 'one of two'),
      right('alike', 'as its like'),
      right('described', 'described'),
      right('unjudged', 'not judged'),
      right('silent', 'unrecognised'),
      right('wrongly', 'wrongly'),
      right('layer', 'first wrong layer right'),
      right('nothing', 'changes nothing there'),
    ],
    rows: [
      row('small networks', placed),
      row('dW and db of one layer of several', oneLayer),
      row('random networks', random),
      row('pairs', pairs),
      row('each left out of the bank', leftOut),
      row('functions, by `checkGradient`', blackBox),
    ],
  };
}

/** The research page's list, one line a mistake: none is silently absent. */
export function typicalTable(figures: MistakeFigures): Table {
  return {
    kind: 'table',
    name: 'mistakes-typical',
    columns: [
      left('says', 'typical mistake'),
      left('planted', 'planted as'),
      right('times', 'times'),
      left('caught', 'caught'),
      left('named', 'named'),
    ],
    rows: [...TYPICAL, ...BESIDES].map((mistake) => typicalRow(mistake, figures)),
  };
}

function typicalRow(
  { says, bank, of, elsewhere = [] }: TypicalMistake,
  { placed, random, elsewhere: results }: MistakeFigures,
): Cell[] {
  const isIts = ({ planted }: Attempt): boolean => bank.includes(planted[0]!);
  const attempts = [
    ...placed.filter((a) => isIts(a) && (of === undefined || a.activation === of)),
    ...(of === undefined ? random.filter(isIts) : []),
  ];
  const t = tallyAttempts(attempts);
  const cases = results.filter(({ name }) => elsewhere.includes(name));
  const asExpected = cases.filter(({ expected, told }) => told.verdict === expected).length;
  const said = cases.map(saidOf);
  const names = bank.map((name) => `\`${name}\``);
  const named = [
    ...(bank.length > 0 ? [allOr(t.naming.named, t.caught)] : []),
    ...(said.length > 0 ? [said.join('; ')] : []),
  ];
  return [
    text(says),
    text([...names, ...elsewhere.map((name) => `${name} (a function)`)].join(', ')),
    number(t.planted + cases.length, 'count'),
    text(allOr(t.caught + asExpected, t.planted + cases.length)),
    text(named.join('; as a function: ')),
  ];
}

const saidOf = ({ told }: ElsewhereResult): string =>
  told.verdict === 'disagrees' ? `\`${told.diagnosis?.kind}\`` : `verdict \`${told.verdict}\``;

const allOr = (part: number, whole: number): string =>
  part === whole ? 'all' : share(part, whole);

/** Each mistake of the bank against each kind of layer and loss. */
export function gridTable({ placed, random }: MistakeFigures): Table {
  const kinds = ACTIVATIONS.map(({ kind }) => kind);
  return {
    kind: 'table',
    name: 'mistakes-grid',
    columns: [
      left('mistake', 'mistake'),
      ...[...kinds, ...LOSSES].map((kind) => right(kind, kind)),
      right('random', 'random networks'),
      right('names', 'names, at most'),
    ],
    rows: mistakes.map(({ name }) => {
      const isIts = ({ planted }: Attempt): boolean => planted[0] === name;
      const [small, drawn] = [placed.filter(isIts), random.filter(isIts)];
      return [
        text(`\`${name}\``),
        ...kinds.map((kind) => countCell(small.filter((a) => a.activation === kind))),
        ...LOSSES.map((loss) => countCell(small.filter((a) => a.loss === loss))),
        countCell(drawn),
        number(tallyAttempts([...small, ...drawn]).names, 'count'),
      ];
    }),
  };
}

/** A number alone: all were caught and named. */
function countCell(attempts: readonly Attempt[]): Cell {
  const { planted, caught, naming } = tallyAttempts(attempts);
  if (planted === 0) return none('');
  return planted === caught && caught === naming.named
    ? number(planted, 'count')
    : text(`${caught}/${naming.named} of ${planted}`);
}

/** What `checkGradient` said of each mistake, networks being functions to it. */
export function kindTable({ blackBox }: MistakeFigures): Table {
  const rows = mistakes.flatMap(({ name }) => {
    const attempts = blackBox.filter(({ planted, shows }) => planted[0] === name && shows);
    if (attempts.length === 0) return [];
    const caught = attempts.filter(isCaught);
    return [
      [
        text(`\`${name}\``),
        number(attempts.length, 'count'),
        text(allOr(caught.length, attempts.length)),
        text(listing(caught.map(({ kind, verdict: v }) => kind ?? v))),
      ],
    ];
  });
  return {
    kind: 'table',
    name: 'mistakes-kinds',
    columns: [
      left('mistake', 'mistake'),
      right('planted', 'planted'),
      left('caught', 'caught'),
      left('said', 'diagnosis, or the verdict where there is none'),
    ],
    rows,
  };
}

/** `factor 12, sign 3`, the most frequent first. */
function listing(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([word, n]) => `${word} ${n}`)
    .join(', ');
}

const kept = left('kept', 'kept');
