import {
  type Block,
  type Cell,
  heading,
  none,
  number,
  paragraph,
  text,
} from '../../src/report/report.ts';
import { ratioCell, stepCell } from './cells.ts';
import type { WorkloadSpeed } from './data.ts';
import type { Measured } from './measure.ts';

/** Every row of one workload, with the loss it arrives at. */
export const workloadBlocks = ({ id, network, measured }: WorkloadSpeed): Block[] => [
  heading(2, id),
  paragraph(`${network}.`),
  {
    kind: 'table',
    name: id,
    columns: [
      { key: 'row', title: 'row', align: 'left' },
      { key: 'step', title: 'a step', align: 'right' },
      { key: 'ratio', title: 'to manual-fused', align: 'right' },
      { key: 'rounds', title: 'rounds', align: 'right' },
      { key: 'timedBy', title: 'timed by', align: 'left' },
      { key: 'steps', title: 'after steps', align: 'right' },
      { key: 'loss', title: 'loss', align: 'left' },
      { key: 'difference', title: 'off by', align: 'right' },
      { key: 'tolerance', title: 'allowed', align: 'right' },
    ],
    rows: measured.map((line) => [
      text(line.name),
      stepCell(line, true),
      ratioCell(line, true),
      ...timingCells(line),
      number(line.check.steps, 'count'),
      number(line.check.loss, 'exact'),
      number(Math.abs(line.check.loss - line.check.expected), 'scientific'),
      number(line.check.tolerance, 'scientific'),
    ]),
  },
];

function timingCells(line: Measured): Cell[] {
  if (line.kind === 'void') return [none('void'), none('void')];
  const { rounds, engine } = line.timing;
  return [number(rounds, 'count'), text(engine)];
}
