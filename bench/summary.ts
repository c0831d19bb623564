import { type Block, heading, number, paragraph, type Report, text } from '../src/report/report.ts';
import type { SectionContext } from './section.ts';
import { quotientOf, ratioOf } from './speed/data.ts';
import { chinese } from './summary/chinese.ts';
import { english } from './summary/english.ts';
import { answerFacts, type SummaryResults } from './summary/facts.ts';
import type { Phrasing } from './summary/phrasing.ts';

/** The answer to the material's closing question, by the name of its page: one a language. */
export const summaries = (
  results: SummaryResults,
  context: SectionContext,
): Readonly<Record<string, Report>> => ({
  README: summary(results, context, english),
  'README.zh-CN': summary(results, context, chinese),
});

function summary(
  results: SummaryResults,
  { quick, header }: SectionContext,
  phrasing: Phrasing,
): Report {
  return {
    title: phrasing.title,
    quick,
    header,
    blocks: [
      paragraph(phrasing.other),
      ...phrasing.answer(answerFacts(results)).map(paragraph),
      heading(2, phrasing.reports.heading),
      { kind: 'list', items: phrasing.reports.items },
      paragraph(phrasing.reports.written),
      heading(2, phrasing.figures.heading),
      figures(results, phrasing.figures),
    ],
  };
}

function figures({ speed, agreement, accuracy }: SummaryResults, say: Phrasing['figures']): Block {
  const pairs = speed.figures.workloads.flatMap((w) => {
    const ratio = ratioOf(w, 'tape-fused');
    const puzzle = quotientOf(w, 'manual-textbook', 'tape-fused');
    return [
      [text(`${w.id}: ${say.engine}`), number(ratio ?? Number.NaN, 'ratio')],
      [text(`${w.id}: ${say.puzzle}`), number(puzzle ?? Number.NaN, 'ratio')],
    ];
  });
  return {
    kind: 'table',
    name: 'figures',
    columns: [
      { key: 'what', title: say.columns[0], align: 'left' },
      { key: 'value', title: say.columns[1], align: 'right' },
    ],
    rows: [
      [text(say.agreeing), number(agreement.figures.agreeing, 'count')],
      [text(say.comparisons), number(agreement.figures.comparisons, 'count')],
      [text(say.loss), number(agreement.figures.loss, 'scientific')],
      [text(say.manualAgainstTape), number(agreement.figures.manualAgainstTape, 'significant')],
      [text(say.ulps), number(accuracy.figures.manualMedianUlps, 'significant')],
      ...pairs,
    ],
  };
}
