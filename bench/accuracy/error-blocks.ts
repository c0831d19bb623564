import { dotChart } from '../../src/report/charts/dots.ts';
import {
  type Block,
  type Column,
  none,
  number,
  paragraph,
  type Table,
  text,
} from '../../src/report/report.ts';
import type { CaseErrors, Measured, MethodErrors } from './errors.ts';
import { type ErrorSummary, type Located, summariseErrors } from './summarise-errors.ts';

const column = (key: string, title: string, align: Column['align'] = 'right'): Column => ({
  key,
  title,
  align,
});

const place = ({ problem, entry }: Located): string => `${problem}: \`${entry}\``;

/** A line a method: its distance from the exact gradient. */
export const errorTable = (summaries: readonly ErrorSummary[]): Table => ({
  kind: 'table',
  name: 'errors',
  columns: [
    column('method', 'method', 'left'),
    column('median', 'median ULP'),
    column('percentile99', '99th percentile'),
    column('max', 'max'),
    column('most', 'where', 'left'),
    column('normalised', 'largest error ÷ tolerance'),
    column('worst', 'where', 'left'),
    column('entries', 'entries'),
    column('zeros', 'entries whose exact value is 0'),
    column('missedZeros', 'of these, computed as not 0'),
  ],
  rows: summaries.map((s) => [
    text(s.method),
    number(s.median, 'significant'),
    number(s.percentile99, 'significant'),
    number(s.max, 'significant'),
    s.most ? text(place(s.most)) : none('all are exactly 0'),
    number(s.worst.normalised, 'significant'),
    text(place(s.worst)),
    number(s.entries, 'count'),
    number(s.zeros, 'count'),
    number(s.missedZeros, 'count'),
  ]),
});

/** Median and largest error of each method. */
export function errorChart(summaries: readonly ErrorSummary[]): Block {
  const figures = ['median', 'max'] as const;
  return {
    kind: 'chart',
    name: 'accuracy-ulps',
    alt: 'Median and largest error of each method against the exact gradient, in ULP; the figures are in the table above.',
    spec: dotChart({
      title: 'Distance from the exact gradient',
      subtitle:
        'Over all entries whose exact value is not 0; dashed: ½, the most that rounding once can cost',
      axis: 'error in units of the last place',
      legend: 'over the entries',
      reference: 0.5,
      rows: summaries.flatMap((s) =>
        figures.map((figure) => ({ label: s.method, series: figure, value: s[figure] })),
      ),
    }),
  };
}

/** A column a problem, so that methods are compared on the same entries. */
export function errorMatrix(cases: readonly CaseErrors[], figure: 'median' | 'max'): Table {
  const byCase = cases.map(({ methods }) => summariseErrors(methods));
  const names = [...new Set(byCase.flat().map(({ method }) => method))];
  return {
    kind: 'table',
    name: `errors-${figure}`,
    columns: [
      column('method', `${figure} ULP`, 'left'),
      ...cases.map(({ case: { name } }) => column(name, name)),
    ],
    rows: names.map((name) => [
      text(name),
      ...byCase.map((summaries) => {
        const found = summaries.find(({ method }) => method === name);
        return found ? number(found[figure], 'significant') : none('');
      }),
    ]),
  };
}

/** What was measured, on how many entries, and how hard it was on the reference. */
export const problemTable = (cases: readonly CaseErrors[]): Table => ({
  kind: 'table',
  name: 'problems',
  columns: [
    column('problem', 'problem', 'left'),
    column('what', 'what', 'left'),
    column('entries', 'entries'),
    column('zeros', 'of these exactly 0'),
    column('undecided', 'units at a kink'),
    column('digits', 'digits of the reference'),
  ],
  rows: cases.map(({ case: c, methods, undecided, digits }) => [
    text(c.name),
    text(c.what),
    number(c.problem.model.layout.size, 'count'),
    number(zerosOf(methods), 'count'),
    number(undecided, 'count'),
    number(digits, 'count'),
  ]),
});

/** A warning where agreement is cheap: nothing where most entries of every problem count. */
export function mostlyZero(cases: readonly CaseErrors[]): Block[] {
  const counts = cases.flatMap(({ case: c, methods }) => {
    const { size } = c.problem.model.layout;
    const zeros = zerosOf(methods);
    return zeros > size / 2 ? [`${zeros} of ${size} entries of “${c.name}”`] : [];
  });
  return counts.length === 0
    ? []
    : [
        paragraph(
          `Of the gradients, ${counts.join(' and ')} are exactly 0: from these initial values most ReLU never fire and pass nothing back, so that such a problem says little of the layers below them.`,
        ),
      ];
}

/** Entries whose exact value is 0: the same for every method. */
const zerosOf = ([errors]: readonly MethodErrors[]): number =>
  errors?.entries.filter(({ ulps }) => ulps === null).length ?? 0;

/** Methods and problems without a figure, and why. */
export const unaskedTable = (all: readonly Measured[]): Table => ({
  kind: 'table',
  name: 'unasked',
  columns: [
    column('problem', 'problem', 'left'),
    column('method', 'method', 'left'),
    column('why', 'why not', 'left'),
  ],
  rows: all.flatMap((measured) => {
    const { name } = measured.case;
    return measured.kind === 'unmeasured'
      ? [[text(name), text('all'), text(measured.why)]]
      : measured.unasked.map(({ method, why }) => [text(name), text(method), text(why)]);
  }),
});
