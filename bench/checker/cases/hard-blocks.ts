import { type Block, heading, paragraph, text, verdict } from '../../../src/report/report.ts';
import { left } from '../columns.ts';
import type { Judgement } from './judge-hard.ts';

/** So many hard cases may be left unresolved: a wrong gradient at the tip of a cone. */
export const MISSED = 1;

export const hardBlocks = (hard: readonly Judgement[]): Block[] => [
  heading(3, 'Hard cases'),
  paragraph(hardText(hard)),
  ...exceptions(hard.filter(({ kind }) => kind !== 'as-expected')),
  paragraph(
    'The hard cases and about a thousand of the right ones are a file of their own, ' +
      '`bench/checker/cases/cases.json`: functions by name, points, gradients, the verdict expected and the derivative in 40 digits, ' +
      'for other checkers to be tried on. Its README says how to read it and how to write as many more as one likes.',
  ),
];

export function hardText(hard: readonly Judgement[]): string {
  const of = (kind: Judgement['kind']): number => hard.filter((j) => j.kind === kind).length;
  return (
    `Of ${hard.length} hard cases, right and wrong, ${of('as-expected')} get the verdict expected, ` +
    `${of('missed')} are left unresolved (limit ${MISSED}), and ${of('contradicted') || 'none'} get another one.`
  );
}

function exceptions(hard: readonly Judgement[]): Block[] {
  if (hard.length === 0) return [];
  return [
    {
      kind: 'table',
      name: 'hard-cases',
      columns: [
        left('case', 'case'),
        left('expected', 'expected'),
        left('got', 'got'),
        left('note', 'what is hard about it'),
      ],
      rows: hard.map(({ spec, got, kind }) => [
        text(spec.id),
        text(spec.expected),
        verdict(got, kind === 'missed' ? 'open' : 'bad'),
        text(spec.note ?? ''),
      ]),
    },
  ];
}
