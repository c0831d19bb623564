import type { Block, Column } from '../../src/report/report.ts';
import { text } from '../../src/report/report.ts';
import { ratioCell, stepCell } from './cells.ts';
import { type ContenderName, SMALL } from './contenders.ts';
import { lineOf, type SpeedData } from './data.ts';

const WAYS: readonly (readonly [way: string, name: ContenderName])[] = [
  ['manual', 'manual-fused'],
  ['tape', 'tape-fused'],
  ['symbolic', 'symbolic'],
  ['finite differences', 'finite-difference'],
];

/** manual · tape · symbolic · finite differences, on the networks that suit all four. */
export function opening({ workloads }: SpeedData): Block[] {
  const shown = workloads.filter(({ id }) => SMALL.has(id));
  if (shown.length === 0) return [];
  const columns: Column[] = shown.flatMap(({ id }): Column[] => [
    { key: `${id}Step`, title: `${id}, a step`, align: 'right' },
    { key: `${id}Ratio`, title: 'to manual', align: 'right' },
  ]);
  return [
    {
      kind: 'table',
      name: 'overview',
      columns: [{ key: 'way', title: '', align: 'left' }, ...columns],
      rows: WAYS.map(([way, name]) => [
        text(way),
        ...shown.flatMap((workload) => {
          const line = lineOf(workload, name);
          return [stepCell(line), ratioCell(line)];
        }),
      ]),
    },
  ];
}
