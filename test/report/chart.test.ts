import { describe, expect, it } from 'vitest';
import { renderChart } from '../../src/report/chart.ts';
import { dotChart } from '../../src/report/charts/dots.ts';
import { lineChart } from '../../src/report/charts/lines.ts';
import { logAxis } from '../../src/report/charts/log-axis.ts';
import { fc, test } from '../property.ts';

const dots = dotChart({
  title: 'Time of a step',
  subtitle: 'Dashed: manual',
  axis: 'time ÷ manual',
  unit: '×',
  legend: 'granularity',
  reference: 1,
  rows: [
    { group: 'W1', label: 'manual', series: 'fused', value: 1, low: 0.9, high: 1.2 },
    { group: 'W1', label: 'tape', series: 'textbook', value: 20 },
    { group: 'W2', label: 'manual', series: 'fused', value: 0 },
    { group: 'W2', label: 'tape', series: 'textbook', value: Number.NaN },
  ],
});

const lines = lineChart({
  title: 'Swell',
  subtitle: 'by width',
  xAxis: 'layers',
  yAxis: 'nodes',
  legend: 'width',
  rows: [
    { series: '2 units', x: 1, y: 40 },
    { series: '2 units', x: 2, y: 900 },
    { series: '3 units', x: 1, y: 80 },
    { series: '3 units', x: 2, y: 30000 },
  ],
});

/** The texts of an SVG. */
const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]!);

describe('charts', () => {
  it('have the same bytes in whatever order they are rendered', async () => {
    const first = [await renderChart(dots), await renderChart(lines)];
    const again = [await renderChart(lines), await renderChart(dots)];
    expect(again.reverse()).toEqual(first);
    expect(await Promise.all([renderChart(dots), renderChart(lines)])).toEqual(first);
  });

  it('have no ground of their own, and other colours on dark pages', async () => {
    const { light, dark } = await renderChart(dots);
    expect(light).toMatch(/^<svg /);
    expect(light).toContain('#1d54cb');
    expect(dark).not.toContain('#1d54cb');
    expect(light).not.toMatch(/fill="(white|#fff|#ffffff)"/i);
  });

  it('name their axes, panels, lines and series', async () => {
    expect(texts((await renderChart(dots)).light)).toEqual(
      expect.arrayContaining(
        ['Time of a step', 'Dashed: manual', 'time ÷ manual', 'granularity', 'fused', 'textbook']
          .concat(['W1', 'W2', 'manual', 'tape'])
          .concat(['0', '1×', '10×', 'not finite']),
      ),
    );
    expect(texts((await renderChart(lines)).dark)).toEqual(
      expect.arrayContaining(['layers', 'nodes', 'width', '2 units', '3 units', '1', '2', '1,000']),
    );
  });
});

describe('a logarithmic axis', () => {
  const values = fc.array(fc.double(), { minLength: 1, maxLength: 8 });

  test.prop([values])('has a place within it for every number there is', (xs) => {
    // Beyond these a margin overflows; no chart of ours shows such numbers.
    const tame = xs.filter(
      (x) => !(Math.abs(x) > 1e100 && x !== Infinity) && !(x > 0 && x < 1e-100),
    );
    const axis = logAxis(tame);
    const [left, right] = axis.domain;
    expect(left).toBeGreaterThan(0);
    for (const at of [...tame.map(axis.place), ...axis.ticks]) {
      expect(at).toBeGreaterThanOrEqual(left);
      expect(at).toBeLessThanOrEqual(right);
    }
    expect(axis.ticks.length).toBeLessThanOrEqual(14);
  });

  it('puts zero below and NaN above all that has a logarithm', () => {
    const axis = logAxis([0, 1e-3, 2, Number.NaN, Infinity, -1]);
    expect(axis.place(0)).toBeLessThan(1e-3);
    expect(axis.place(-1)).toBe(axis.place(0));
    expect(axis.place(Number.NaN)).toBeGreaterThan(2);
    expect(axis.place(Infinity)).toBe(axis.place(Number.NaN));
    expect(axis.place(0.5)).toBe(0.5);
  });

  it.each([
    [
      [0.002, 2],
      ['0.01', '0.1', '1'],
    ],
    [
      [2e-5, 2],
      ['1e-4', '1e-3', '1e-2', '1e-1', '1'],
    ],
    [
      [20, 2e6],
      ['1e2', '1e3', '1e4', '1e5', '1e6'],
    ],
    [
      [1.1e-7, 2.2e-7],
      ['1.2e-7', '1.5e-7', '2e-7'],
    ],
  ])('writes the ticks of %j in one style', async (ends, ticks) => {
    const rows = ends.map((y, x) => ({ series: 'a', x: 5 + x, y }));
    const labels = { title: '', subtitle: '', xAxis: '', yAxis: '', legend: '' };
    const seen = texts((await renderChart(lineChart({ ...labels, rows }))).light);
    expect(seen.filter((label) => ticks.includes(label))).toEqual(ticks);
  });

  it.each([
    [
      [1, 1000],
      [1, 10, 100, 1000],
    ],
    [
      [1, 60],
      [1, 3, 10, 30],
    ],
    [
      [1, 5],
      [1, 2, 5],
    ],
  ])('ticks %j at %j', (ends, ticks) => {
    expect(logAxis(ends).ticks).toEqual(ticks);
  });
});
