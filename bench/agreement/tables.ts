import type { Verdict } from '../../src/check/verdict.ts';
import { dotChart } from '../../src/report/charts/dots.ts';
import {
  type Block,
  type Cell,
  none,
  number,
  paragraph,
  type Table,
  text,
  verdict as verdictCell,
} from '../../src/report/report.ts';
import type { WorkloadId } from '../../src/training/workloads.ts';
import type { CaseResult } from './measure.ts';
import { isWrong, type PairSummary } from './pairs.ts';

const column = (key: string, title: string, align: 'left' | 'right' = 'left') => ({
  key,
  title,
  align,
});

const judged = (verdict: Verdict): Cell =>
  verdictCell(verdict, verdict === 'agrees' ? 'good' : isWrong(verdict) ? 'bad' : 'open');

/** One number a pair: the largest error over its tolerance. Lower triangle, rows against columns. */
export function pairMatrix(pairs: readonly PairSummary[]): Table {
  const names = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  const between = (x: string, y: string): PairSummary | undefined =>
    pairs.find(({ a, b }) => (a === x && b === y) || (a === y && b === x));
  return {
    kind: 'table',
    name: 'pairs',
    columns: [
      column('method', 'error ÷ tolerance'),
      ...names.slice(0, -1).map((name) => column(name, name, 'right')),
    ],
    rows: names.slice(1).map((row, i) => [
      text(row),
      ...names.slice(0, -1).map((col, j) => {
        const pair = j <= i ? between(row, col) : undefined;
        if (!pair) return text('');
        if (pair.verdict !== 'agrees') return judged(pair.verdict);
        return number(pair.worst.normalised, 'significant');
      }),
    ]),
  };
}

/** Each pair's worst entry, in full. */
export const pairDetails = (pairs: readonly PairSummary[]): Table => ({
  kind: 'table',
  name: 'details',
  columns: [
    column('a', 'method'),
    column('b', 'against'),
    column('verdict', 'verdict'),
    column('error', 'largest error', 'right'),
    column('tolerance', 'its tolerance', 'right'),
    column('normalised', 'ratio', 'right'),
    column('where', 'where'),
    column('ulps', 'most ULP, gradients', 'right'),
    column('caught', 'caught from', 'right'),
    column('problems', 'problems', 'right'),
    column('notes', 'notes'),
  ],
  rows: pairs.map(({ a, b, verdict, worst, where, ulps, caught, problems, notes }) => [
    text(a),
    text(b),
    judged(verdict),
    number(worst.error, 'scientific'),
    number(worst.tolerance, 'scientific'),
    number(worst.normalised, 'significant'),
    text(`${where}: \`${worst.entry}\``),
    number(ulps, 'significant'),
    Number.isNaN(caught) ? none('sampled') : number(caught, 'scientific'),
    number(problems, 'count'),
    text(notes.join(', ')),
  ]),
});

/** The losses that come first: every method's, relative to manual-fused. */
export function lossTable(results: readonly CaseResult[]): Table {
  return {
    kind: 'table',
    name: 'losses',
    columns: [
      column('problem', 'problem'),
      column('what', 'what'),
      column('loss', 'loss (manual-fused)', 'right'),
      column('engines', 'largest relative difference: manual, tape', 'right'),
      column('pytorch', 'PyTorch', 'right'),
      column('oracles', 'oracles', 'right'),
    ],
    rows: results.map((result) => {
      const { case: c, rows } = result;
      const reference = rows.find(({ method }) => method === 'manual-fused');
      const loss = reference?.kind === 'answered' ? reference.answer.loss : Number.NaN;
      const worst = (of: (method: string) => boolean): Cell => {
        const found = lossDifferences(result).filter(({ method }) => of(method));
        if (found.length === 0) return none('not asked here');
        return number(Math.max(...found.map(({ relative }) => relative)), 'scientific');
      };
      return [
        text(c.name),
        text(c.what),
        number(loss, 'exact'),
        worst(isEngine),
        worst((method) => method === 'pytorch'),
        worst((method) => !isEngine(method) && method !== 'pytorch'),
      ];
    }),
  };
}

export const isEngine = (method: string): boolean => /^(manual|tape|replay)-/.test(method);

/** |loss − manual-fused's| / |manual-fused's| for every method compared with it. */
export const lossDifferences = ({ pairs }: CaseResult): { method: string; relative: number }[] =>
  pairs.flatMap(({ a, b, loss }) =>
    a === 'manual-fused'
      ? [{ method: b, relative: loss.error === 0 ? 0 : loss.error / Math.abs(loss.a) }]
      : [],
  );

/** Where agreement is cheap, because most of the gradient is exactly 0; nothing where none is. */
export function deadEntries(results: readonly CaseResult[]): Block[] {
  const counted = results.flatMap(({ case: c, rows }) => {
    const row = rows.find(({ method }) => method === 'manual-fused');
    if (row?.kind !== 'answered') return [];
    const { values } = row.answer.grads;
    return [{ ...c, zeros: values.filter((g) => g === 0).length, size: values.length }];
  });
  const dead = counted.filter(({ zeros, size }) => zeros > size / 2);
  if (dead.length === 0) return [];
  const alive = counted.filter(
    (c) => !dead.includes(c) && dead.some(({ workload }) => workload === c.workload),
  );
  const counts = dead.map(({ name, zeros, size }) => `${zeros} of ${size} entries of “${name}”`);
  const others = alive.map(({ name }) => `“${name}”`).join(' and ');
  return [
    paragraph(
      `Of the gradients, ${counts.join(' and ')} are exactly 0: from these initial values most ReLU never fire and pass nothing back, so that agreement there says little.` +
        (others === '' ? '' : ` That is why ${others} are compared too.`),
    ),
  ];
}

/** What was not compared, and why. */
export const unsupportedTable = (results: readonly CaseResult[]): Table => ({
  kind: 'table',
  name: 'unsupported',
  columns: [column('problem', 'problem'), column('method', 'method'), column('why', 'why not')],
  rows: results.flatMap(({ case: c, rows, leftOut }) => [
    ...rows.flatMap((row) =>
      row.kind === 'refused'
        ? [[text(c.name), text(row.method), text(`${row.verdict}: ${row.why}`)]]
        : [],
    ),
    ...leftOut.map(({ method, why }) => [text(c.name), text(method), text(why)]),
  ]),
});

/** Every method against manual-fused: its worst problem of each workload. */
export function errorChart(results: readonly CaseResult[]): Block {
  const worst = new Map<string, { label: string; series: WorkloadId; value: number }>();
  for (const { case: c, pairs } of results) {
    for (const { a, b, worst: found } of pairs) {
      if (a !== 'manual-fused') continue;
      const key = `${b} ${c.workload}`;
      const value = Math.max(found.normalised, worst.get(key)?.value ?? 0);
      worst.set(key, { label: b, series: c.workload, value });
    }
  }
  const rows = [...worst.values()];
  const methods = [...new Set(rows.map(({ label }) => label))];
  return {
    kind: 'chart',
    name: 'agreement',
    alt: `The largest error of each method against manual-fused, over its tolerance; ${rows.filter(({ value }) => value > 1).length} of ${rows.length} lie beyond 1.`,
    spec: dotChart({
      title: 'Every method against manual-fused',
      subtitle: 'Largest error over its tolerance; right of the dashed line they disagree',
      axis: 'error ÷ tolerance',
      legend: 'workload',
      reference: 1,
      rows: methods.flatMap((method) => rows.filter(({ label }) => label === method)),
    }),
  };
}
