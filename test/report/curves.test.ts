import { describe, expect, it } from 'vitest';
import { renderChart } from '../../src/report/chart.ts';
import { type Curve, type CurvePanel, curveChart } from '../../src/report/charts/curves.ts';
import { logAxis } from '../../src/report/charts/log-axis.ts';
import { fc, test } from '../property.ts';

const chart = (...panels: readonly CurvePanel[]) =>
  curveChart({ title: 'T', subtitle: 'S', xAxis: 'epoch', legend: 'scheme', panels });

const epochs = (count: number, height: (epoch: number) => number): Curve['points'] =>
  Array.from({ length: count }, (_, i) => [i + 1, height(i + 1)]);

/** The texts of an SVG that a reader sees. */
const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]!);

/** The paths of an SVG's curves. */
const lines = (svg: string): string[] =>
  [...svg.matchAll(/<path aria-label[^>]* role="graphics-symbol"[^>]*"line mark"[^>]*>/g)].map(
    ([path]) => path,
  );

/** The subpaths of one of them: more than one where the line breaks. */
const pieces = (path: string): number => path.match(/ d="([^"]*)"/)![1]!.split('M').length - 1;

const points = (svg: string): string[] =>
  [...svg.matchAll(/<path aria-label[^>]*aria-roledescription="point"[^>]*>/g)].map(
    ([path]) => path,
  );

const symbols = (svg: string): number => points(svg).length;

/** Symbols without a ground. */
const openSymbols = (svg: string): number =>
  points(svg).filter((path) => !/ fill="#/.test(path)).length;

const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `name ${i}`);

describe('curves', () => {
  const heights = fc.oneof(
    fc.double(),
    fc.double({ min: -3, max: 3, noNaN: true }),
    fc.constantFrom(0, Number.NaN, Infinity, -Infinity, 1e307, -1e307, 5e-324),
  );
  const curve = fc.array(heights, { maxLength: 16 });

  test.prop([fc.array(curve, { minLength: 1, maxLength: 3 }), fc.integer()], { numRuns: 10 })(
    'render on a linear axis whatever their heights are',
    async (curves, start) => {
      const spec = chart({
        yAxis: 'loss',
        curves: curves.map((ys, c) => ({
          series: `c${c}`,
          points: ys.map((y, i) => [start + i, y]),
        })),
      });
      const { light, dark } = await renderChart(spec);
      for (const svg of [light, dark]) expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    },
  );

  // logAxis has no room beyond these: its test says so.
  const tame = heights.filter((y) => !(Math.abs(y) > 1e100 && Number.isFinite(y)));
  const logged = fc.array(
    tame.filter((y) => !(y > 0 && y < 1e-100)),
    { maxLength: 16 },
  );
  test.prop([logged], { numRuns: 10 })(
    'break on a logarithmic axis where they leave its scale, whatever their heights are',
    async (ys) => {
      const points = ys.map((y, i) => [i, y] as const);
      const spec = chart({ yAxis: 'norm', scale: 'log', curves: [{ series: 'a', points }] });
      const { light, dark } = await renderChart(spec);
      for (const svg of [light, dark]) expect(svg).not.toMatch(/NaN|undefined|Infinity/);
      const sides = ys.map((y) => logAxis(ys).side(y));
      const runs = sides.filter((side, i) => side !== sides[i - 1]).length;
      expect(lines(light).map(pieces)).toEqual(ys.length > 0 ? [runs] : []);
    },
  );

  it('break where a height is not finite, and only there', async () => {
    const holes = epochs(60, (e) => (e === 20 || e === 40 ? Number.NaN : e));
    const whole = epochs(60, (e) => e);
    const svg = (points: Curve['points']) =>
      renderChart(chart({ yAxis: 'loss', curves: [{ series: 'a', points }] }));
    expect(lines((await svg(holes)).light).map(pieces)).toEqual([3]);
    expect(lines((await svg(whole)).light).map(pieces)).toEqual([1]);
  });

  it('do not fall to a zero on a logarithmic axis: they break, and an open symbol stands there', async () => {
    const at = async (scale: 'log' | 'linear', ...ys: number[]) => {
      const points = ys.map((y, i) => [i, y] as const);
      return (await renderChart(chart({ yAxis: 'y', scale, curves: [{ series: 'a', points }] })))
        .light;
    };
    const falling = await at('log', 1, 0.1, 0, 0, 1);
    expect(lines(falling).map(pieces)).toEqual([3]);
    expect(openSymbols(falling)).toBe(2);
    expect(openSymbols(await at('log', 1, 0.1, 0.01))).toBe(0);
    // 1, 0.1 and the last 1: a zero has no filled symbol under its open one.
    expect(symbols(falling) - openSymbols(falling)).toBe(3);
    expect(openSymbols(await at('log', 1, Number.NaN, 0))).toBe(2);
    expect(lines(await at('linear', 1, 0.1, 0, 0, 1)).map(pieces)).toEqual([1]);
  });

  it('mark the ends of a run of zeros where there are too many points to mark each', async () => {
    const points = epochs(300, (e) => (e > 100 && e < 200 ? 0 : e));
    const { light } = await renderChart(
      chart({ yAxis: 'y', scale: 'log', curves: [{ series: 'a', points }] }),
    );
    expect(lines(light).map(pieces)).toEqual([3]);
    expect(openSymbols(light)).toBe(2);
  });

  it('of one series and style are two lines where they are two curves', async () => {
    const points = epochs(30, (e) => e);
    const twice = [1, 2].map(() => ({ series: 'a', points }));
    expect(lines((await renderChart(chart({ yAxis: 'loss', curves: twice }))).dark)).toHaveLength(
      2,
    );
  });

  it('keep two panels of four curves of 1,000 epochs under 60 kB', async () => {
    const curves = names(4).map((series, i) => ({
      series,
      points: epochs(1000, (e) => Math.exp(-e / (100 + 50 * i)) + 0.01 * Math.sin(e * e)),
    }));
    const { light } = await renderChart(
      chart({ yAxis: 'loss', curves }, { yAxis: 'accuracy', curves }),
    );
    expect(lines(light)).toHaveLength(8);
    expect(light.length).toBeLessThan(60_000);
  });

  it('name panels, axes, reference, series and styles, the legend once', async () => {
    const curves = ['He', 'zeros'].flatMap((series) =>
      ['train', 'dev'].map((style) => ({ series, style, points: epochs(1000, (e) => 1 / e) })),
    );
    const reference = { at: Math.LN2, label: 'ln 2' };
    const { light } = await renderChart(
      chart(
        { title: 'rate 0.1', yAxis: 'loss', curves, reference },
        { title: 'rate 1', yAxis: 'norm', scale: 'log', curves, reference },
      ),
    );
    const seen = texts(light);
    expect(seen).toEqual(
      expect.arrayContaining(['T', 'S', 'epoch', 'rate 0.1', 'rate 1', 'loss', 'norm', '1,000']),
    );
    expect(seen.filter((text) => text === 'ln 2')).toHaveLength(2);
    for (const once of ['scheme', 'He', 'zeros', 'train', 'dev']) {
      expect(
        seen.filter((text) => text === once),
        once,
      ).toHaveLength(1);
    }
    const dashes = lines(light).map((line) => line.match(/stroke-dasharray="([^"]*)"/)?.[1]);
    expect(dashes).toEqual(['1,0', '5,4', '1,0', '5,4', '1,0', '5,4', '1,0', '5,4']);
  });

  it('without a style are drawn in the first', async () => {
    const points = epochs(30, (e) => e);
    const curves = [{}, { style: 'train' }, { style: 'dev' }].map((style, i) => ({
      ...style,
      series: `c${i}`,
      points,
    }));
    const { light } = await renderChart(chart({ yAxis: 'loss', curves }));
    expect(texts(light)).toEqual(expect.arrayContaining(['train', 'dev']));
    const dashes = lines(light).map((line) => line.match(/stroke-dasharray="([^"]*)"/)?.[1]);
    expect(dashes.sort()).toEqual(['1,0', '1,0', '5,4']);
    expect(light).not.toContain('undefined');
  });

  it('of one series and one style have no legend', async () => {
    const curves = [{ series: 'only', style: 'train', points: epochs(30, (e) => e) }];
    const { light } = await renderChart(chart({ yAxis: 'loss', curves }));
    expect(texts(light)).not.toContain('only');
    expect(texts(light)).not.toContain('train');
    expect(light).not.toContain('role-legend');
  });

  it('over few whole numbers tick each, and write no fractions over many', async () => {
    const at = async (count: number) => {
      const curves = [{ series: 'a', points: epochs(count, () => 0.5) }];
      const { light } = await renderChart(chart({ yAxis: 'y', curves }));
      return texts(light.slice(light.indexOf('X-axis'), light.indexOf('Y-axis')));
    };
    expect((await at(5)).slice(0, 5)).toEqual(['1', '2', '3', '4', '5']);
    expect((await at(15)).slice(0, -1)).toEqual(['2', '4', '6', '8', '10', '12', '14']);
  });

  it.each([
    [0.0002, ['0', '1e-4', '2e-4']],
    [0.2, ['0.00', '0.10', '0.20']],
    [2e6, ['0', '5e5', '1e6', '2e6']],
    [2e5, ['0', '100,000', '200,000']],
  ])('up to %d tick %j', async (most, ticks) => {
    const curves = [{ series: 'a', points: epochs(41, (e) => (most * (e - 1)) / 40) }];
    const { light } = await renderChart(chart({ yAxis: 'y', curves }));
    expect(texts(light)).toEqual(expect.arrayContaining(ticks));
  });

  it.each(['linear', 'log'] as const)(
    'have room for a reference beyond them on a %s axis',
    async (scale) => {
      const curves = [{ series: 'a', points: epochs(40, (e) => e / 40) }];
      const reference = { at: 100, label: 'r' };
      const { light } = await renderChart(chart({ yAxis: 'loss', scale, curves, reference }));
      expect(texts(light)).toContain('100');
    },
  );

  it('write a diverged loss in powers of ten', async () => {
    const curves = [{ series: 'a', points: epochs(40, (e) => 10 ** e) }];
    const { light } = await renderChart(chart({ yAxis: 'loss', curves }));
    expect(texts(light)).toEqual(expect.arrayContaining(['0', '2e39', '1e40']));
  });

  it('have a scale around heights that are all one', async () => {
    const curves = [{ series: 'a', points: epochs(40, () => 0.5) }];
    const { light } = await renderChart(chart({ yAxis: 'accuracy', curves }));
    expect(texts(light)).toEqual(expect.arrayContaining(['0.48', '0.50', '0.52']));
  });

  it('break where a height is too great for an axis', async () => {
    const curves = [{ series: 'a', points: epochs(30, (e) => (e > 20 ? (-1) ** e * 1.7e308 : e)) }];
    const { light } = await renderChart(chart({ yAxis: 'loss', curves }));
    expect(texts(light)).toEqual(expect.arrayContaining(['0', '5', '20']));
  });

  it('give a zero a tick of its own on a logarithmic axis', async () => {
    const curves = [
      { series: 'zeros', points: epochs(5, () => 0) },
      { series: 'He', points: epochs(5, (layer) => 10 ** (-11 + 2 * layer)) },
    ];
    const { light } = await renderChart(chart({ yAxis: 'norm', scale: 'log', curves }));
    expect(texts(light)).toEqual(expect.arrayContaining(['0', '1e-9', '1e-1']));
  });
});

describe('curveChart refuses', () => {
  const points = epochs(3, (e) => e);
  const panel = (curves: readonly Curve[]): CurvePanel => ({ yAxis: 'loss', curves });

  it('more series than there are colours, counted over all panels', () => {
    const of = (list: readonly string[]) => panel(list.map((series) => ({ series, points })));
    expect(() => chart(of(names(6)), of(names(6)))).not.toThrow();
    expect(() => chart(of(names(4)), of(names(7).slice(3)))).toThrow(
      'chart "T": got 7 series, expected at most 6: name 0, name 1',
    );
  });

  it('a third style', () => {
    const styles = names(3).map((style) => ({ series: 'a', style, points }));
    expect(() => chart(panel(styles))).toThrow(
      'chart "T": got 3 styles, expected at most 2: name 0',
    );
  });

  it('no panel', () => {
    expect(() => chart()).toThrow('chart "T": got 0 panels, expected at least 1');
  });

  it.each([Number.NaN, Infinity])('%d as an x or a reference', (wild) => {
    const curves: Curve[] = [{ series: 'a', points: [...points, [wild, 1]] }];
    expect(() => chart(panel([]), panel(curves))).toThrow(
      `chart "T", panel 1, curve "a", point 3: got x ${wild}, expected a finite number`,
    );
    const reference = { at: wild, label: 'r' };
    expect(() => chart({ ...panel([]), reference })).toThrow(
      `chart "T", panel 0, reference "r": got ${wild}, expected a finite number`,
    );
  });
});
