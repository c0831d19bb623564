import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { experimentFolder, oneBelow, startBelow } from '../../src/cli/experiment-folder.ts';
import { paragraph, type Report } from '../../src/report/report.ts';
import { inThisThread, pretended } from './pretended-experiment.ts';

describe('where pages go', () => {
  it('is the committed folder for seed 0 alone', () => {
    expect(experimentFolder('reports', 0)).toBe(join('reports', 'experiments'));
    for (const seed of [1, 7, 2 ** 32 - 1]) {
      expect(experimentFolder('reports', seed)).toBe(
        join('reports', 'experiments', `seed-${seed}`),
      );
    }
  });
});

describe('a page one folder below', () => {
  const text =
    'see [speed](../speed.md), [code](../../src/x.ts), [here](two-layer.md), [x](https://x.y/../z)';
  const moved =
    'see [speed](../../speed.md), [code](../../../src/x.ts), [here](two-layer.md), [x](https://x.y/../z)';

  it('has its way up one folder longer, wherever a link stands, and nothing else changed', () => {
    const values = Float64Array.of(1, Number.NaN);
    const report = (content: string): object => ({
      title: 'T',
      quick: false,
      header: [],
      blocks: [
        paragraph(content),
        { kind: 'table', columns: [], rows: [[{ kind: 'text', text: content }]] },
        {
          kind: 'chart',
          spec: { values, map: new Map([[1, 2]]), infinite: Number.POSITIVE_INFINITY, none: null },
        },
      ],
    });
    const before = structuredClone(report(text));
    const given = report(text) as Report;
    expect(oneBelow(given)).toEqual(report(moved));
    expect(given).toEqual(before);
  });

  it('leaves what a chart leaves undefined', () => {
    const given = { title: text, quick: false, header: [], blocks: [], style: undefined };
    expect(oneBelow(given)).toEqual({ ...given, title: moved });
  });

  it('comes of the same run: stated figures and headline stay', async () => {
    const experiment = pretended('two-layer', { blocks: [paragraph(text)], figures: [text] });
    const start = startBelow(inThisThread({ 'two-layer': experiment }));
    const context = {
      seed: 7,
      seeds: [],
      header: [],
      recorded: { speed: null, material: null },
      progress: () => {},
    };
    const result = await start('two-layer', context, new AbortController().signal);
    expect(result.report.blocks).toEqual([paragraph(moved)]);
    expect(result.figures).toEqual([text]);
    expect(result.headline).toEqual(['two-layer found, seed 7']);
  });
});
