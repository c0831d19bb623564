import {
  type Block,
  type Cell,
  type Column,
  heading,
  none,
  number,
  paragraph,
  type Table,
  text,
  verdict,
} from '../../src/report/report.ts';
import { isProven, NEEDED_DIGITS, type Proof } from './proof.ts';

/** Why the exact gradient deserves its name. */
export const proofBlocks = (proofs: readonly Proof[]): Block[] => [
  heading(2, 'What makes the reference exact'),
  paragraph(
    `The reference evaluates mathjs' derivatives, layer by layer, in 60 digits or more that carry their own error bounds, until ${NEEDED_DIGITS} digits are settled. What it shares with the symbolic method, the derivative rules, is tested here: central differences of the definition in 100 digits at a step of 1e-25, which use no derivative rule at all, by parameters and inputs. The digits are those of the worst derivative, and end where the differences do.`,
  ),
  proofTable(proofs),
];

function proofTable(proofs: readonly Proof[]): Table {
  const column = (key: string, title: string): Column => ({ key, title, align: 'right' });
  return {
    kind: 'table',
    name: 'proof',
    columns: [
      { key: 'network', title: 'network', align: 'left' },
      column('rows', 'samples'),
      column('derivatives', 'derivatives'),
      column('compared', 'compared'),
      column('kinked', 'at a kink'),
      column('digits', 'digits'),
      { key: 'verdict', title: 'verdict', align: 'left' },
    ],
    rows: proofs.map((proof) => [
      text(proof.case.problem.model.name),
      number(proof.rows, 'count'),
      number(proof.derivatives, 'count'),
      ...holdingCells(proof),
    ]),
  };
}

function holdingCells(proof: Proof): Cell[] {
  const { holding } = proof;
  switch (holding.kind) {
    case 'held':
      return [
        number(holding.compared, 'count'),
        number(holding.kinked, 'count'),
        number(holding.digits, 'significant'),
        isProven(proof) ? verdict('held', 'good') : verdict('too few digits', 'bad'),
      ];
    case 'nothing-compared':
      return [
        number(holding.zero, 'count'),
        number(holding.kinked, 'count'),
        none(''),
        verdict('nothing but zeros and kinks', 'bad'),
      ];
    case 'contradicted': {
      const { row, variable, got, expected } = holding;
      const what = `contradicted: row ${row}, ${variable}: got ${got}, expected ${expected}`;
      return [none(''), none(''), none(''), verdict(what, 'bad')];
    }
    default:
      return holding satisfies never;
  }
}
