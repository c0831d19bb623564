import { describe, expect, it } from 'vitest';
import { renderChart } from '../../src/report/chart.ts';
import { type Bin, histogram, histogramChart } from '../../src/report/charts/histogram.ts';
import { fc, test } from '../property.ts';

const area = (bins: readonly Bin[]): number =>
  bins.reduce((sum, { left, right, density }) => sum + density * (right - left), 0);

/** Each bin's product and quotients round thrice, the sum once a bin. */
const areaTolerance = (bins: number): number => (bins + 4) * Number.EPSILON;

const sample = fc.oneof(
  fc.double({ min: -1e300, max: 1e300, noNaN: true }),
  fc.double({ min: -1, max: 1, noNaN: true }),
  fc.integer({ min: -3, max: 3 }),
  // Neighbours: no bins fit between them.
  fc.constantFrom(1, 1 + Number.EPSILON, 1e17, 1e17 + 16, 5e-324),
);
const samples = fc.array(sample, { minLength: 1, maxLength: 60 });
const bins = fc.integer({ min: 1, max: 250 });

/** Found by search; each has broken a histogram that was a line shorter. */
const examples: [number[], number][] = [
  // A sample just left of the middle edge, whose quotient rounds to 1.
  [[-0.1, 0.10952380952380948, 0.319047619047619], 2],
  // Two doubles apart: of three bins' edges two round to one.
  [[1 + Number.EPSILON, 1 + 3 * Number.EPSILON], 3],
  // Bins so narrow that their density overflows.
  [[0, 1e-310], 2],
  // Too close together for 200 bins, and further apart than 1.
  [[1e17, 1e17 + 1008], 200],
];

describe('a histogram', () => {
  test.prop([samples, bins], { examples })('has area 1', (xs, count) => {
    expect(Math.abs(area(histogram(xs, count)) - 1)).toBeLessThanOrEqual(areaTolerance(count));
  });

  test.prop([samples, bins], { examples })(
    'has every sample in just one bin, the greatest in the last',
    (xs, n) => {
      const found = histogram(xs, n);
      const last = found.at(-1)!;
      const counts = found.map((bin) => {
        const within = xs.filter(
          (x) => x >= bin.left && (x < bin.right || (bin === last && x === bin.right)),
        );
        return within.length;
      });
      expect(counts.reduce((a, b) => a + b)).toBe(xs.length);
      expect(
        found.map((bin, i) => bin.density * (bin.right - bin.left) * xs.length - counts[i]!),
      ).toSatisfy((rest: number[]) =>
        rest.every((r) => Math.abs(r) <= 4 * Number.EPSILON * xs.length),
      );
    },
  );

  test.prop([samples, bins], { examples })('leaves no gap between bins', (xs, count) => {
    const found = histogram(xs, count);
    expect([1, count]).toContain(found.length);
    found.slice(1).forEach((bin, i) => {
      expect(bin.left).toBe(found[i]!.right);
    });
    for (const bin of found) expect(bin.left).toBeLessThan(bin.right);
  });

  test.prop([samples, bins], { examples })(
    'is the same of numbers in an array of doubles',
    (xs, count) => {
      expect(histogram(Float64Array.from(xs), count)).toEqual(histogram(xs, count));
    },
  );

  it('counts [left, right), and the right edge too in the last bin', () => {
    expect(histogram([0, 1, 1, 2, 3, 4, 4, 4], 4)).toEqual([
      { left: 0, right: 1, density: 1 / 8 },
      { left: 1, right: 2, density: 2 / 8 },
      { left: 2, right: 3, density: 1 / 8 },
      { left: 3, right: 4, density: 4 / 8 },
    ]);
  });

  it('of equal samples is one bin of width 1 around them', () => {
    expect(histogram([3, 3, 3], 200)).toEqual([{ left: 2.5, right: 3.5, density: 1 }]);
  });

  it.each([
    [[], 4, 'histogram: got no samples, expected at least 1'],
    [[1, Number.NaN], 4, 'histogram: sample 1: got NaN, expected a finite number'],
    [[Infinity], 4, 'histogram: sample 0: got Infinity, expected a finite number'],
    [[1, 2], 0, 'histogram: got 0 bins, expected a whole number above 0'],
    [[1, 2], 2.5, 'histogram: got 2.5 bins, expected a whole number above 0'],
  ])('of %j in %d bins is refused', (xs, count, message) => {
    expect(() => histogram(xs, count)).toThrow(message);
  });
});

describe('a chart of histograms', () => {
  const even = Float64Array.from({ length: 10_000 }, (_, i) => i / 9_999 - 0.5);
  const chart = (density?: (x: number) => number) =>
    histogramChart({
      title: 'T',
      subtitle: 'S',
      yAxis: 'per unit',
      bins: 200,
      panels: ['one', 'two'].map((title) => ({
        title,
        xAxis: `weight ${title}`,
        samples: even,
        ...(density && { density }),
      })),
    });
  const texts = (svg: string): string[] =>
    [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]!);

  it('names its panels and axes, and says once which is sampled and which the density', async () => {
    const { light } = await renderChart(chart((x) => (Math.abs(x) < 0.5 ? 1 : 0)));
    const seen = texts(light);
    expect(seen).toEqual(
      expect.arrayContaining(['T', 'S', 'one', 'two', 'weight one', 'weight two']),
    );
    for (const once of ['sampled', 'density', 'per unit']) {
      expect(
        seen.filter((text) => text === once),
        once,
      ).toHaveLength(1);
    }
    expect(light.match(/"area mark"/g)).toHaveLength(2);
    expect(light.match(/"line mark"/g)).toHaveLength(2);
    expect(light.length).toBeLessThan(60_000);
  });

  it('has neither legend nor line without a density', async () => {
    const { light } = await renderChart(chart());
    expect(texts(light)).not.toContain('sampled');
    expect(light).not.toContain('"line mark"');
    expect(light.match(/"area mark"/g)).toHaveLength(2);
  });

  it('gives sampled and density different colours', async () => {
    const { light, dark } = await renderChart(chart(() => 1));
    for (const svg of [light, dark]) {
      const fill = svg.match(/"area mark"[^>]* fill="([^"]*)"/)![1];
      const stroke = svg.match(/"line mark"[^>]* stroke="([^"]*)"/)![1];
      expect(fill).not.toBe(stroke);
    }
  });

  it('is scaled by the density where that is finite', async () => {
    const peak = (x: number) => 5 / Math.max(0, Math.abs(x) - 0.4);
    const wild = texts((await renderChart(chart(peak))).light);
    expect(wild).not.toContain('∞');
    expect(wild.length).toBeGreaterThan(20);
  });

  it.each([-7.490388061926317e302, 1e305])('leave out a density of %d', async (wild) => {
    const density = (x: number) => (Math.abs(x) > 0.3 ? wild : 1);
    const panels = [{ title: 'P', xAxis: 'x', samples: [0], density }];
    const labels = { title: 'T', subtitle: 'S', yAxis: 'density', bins: 1 };
    const { light } = await renderChart(histogramChart({ ...labels, panels }));
    expect(light).not.toMatch(/NaN|undefined|Infinity/);
    expect(light).toContain('"line mark"');
  });

  const heights = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, 0));
  test.prop([samples, fc.integer({ min: 1, max: 40 }), fc.func(heights)], { numRuns: 10 })(
    'renders whatever the samples and the density are',
    async (xs, count, density) => {
      const spec = histogramChart({
        title: 'T',
        subtitle: 'S',
        yAxis: 'density',
        bins: count,
        panels: [{ title: 'P', xAxis: 'x', samples: xs, density }],
      });
      const { light, dark } = await renderChart(spec);
      for (const svg of [light, dark]) expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    },
  );
});
