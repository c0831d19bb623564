import { dotChart } from '../../src/report/charts/dots.ts';
import type { Block } from '../../src/report/report.ts';
import { lineOf, type SpeedData } from './data.ts';
import { variants } from './variants.ts';

/** Engine × granularity, a panel a workload. */
export function puzzleChart({ workloads }: SpeedData): Block {
  const rows = workloads.flatMap((workload) =>
    variants.flatMap(({ name, engine, granularity }) => {
      const line = lineOf(workload, name);
      if (line?.kind !== 'timed') return [];
      const { median, low, high } = line.timing.ratio;
      return [{ label: engine, group: workload.id, series: granularity, value: median, low, high }];
    }),
  );
  return {
    kind: 'chart',
    name: 'speed-engine-granularity',
    alt:
      'Time a step by engine and granularity, as ratios to manual-fused; the figures are in the ' +
      'table above.',
    spec: dotChart({
      title: 'Time a step by engine and granularity',
      subtitle: 'dashed: manual-fused; lines: the middle half of the rounds',
      axis: 'time ÷ time of manual-fused',
      unit: '×',
      legend: 'granularity',
      reference: 1,
      rows,
    }),
  };
}
