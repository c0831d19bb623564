import { describe, expect, it } from 'vitest';
import { type Contender, contenders } from '../../bench/speed/contenders.ts';
import { ratioOf, type SpeedData, type WorkloadSpeed } from '../../bench/speed/data.ts';
import { kernelCalls } from '../../bench/speed/kernel-calls.ts';
import { shortfalls } from '../../bench/speed/limits.ts';
import { agrees, checkLoss, checkLossByErrorBars } from '../../bench/speed/loss-check.ts';
import { type Measured, measure } from '../../bench/speed/measure.ts';
import { speedReport } from '../../bench/speed/report.ts';
import { methodRow, prepareOrThrow } from '../../bench/speed/training-row.ts';
import { variants } from '../../bench/speed/variants.ts';
import { measureAll, resultOf } from '../../bench/speed.ts';
import { lossAfter } from '../../bench/timing/loss-after.ts';
import type { Meter } from '../../bench/timing/meter.ts';
import { finiteDifference } from '../../src/gradients/finite-difference.ts';
import { manualFused } from '../../src/gradients/manual/method.ts';
import type { PreparedGradient } from '../../src/gradients/method.ts';
import { batchRows, batchShape } from '../../src/model/batch.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { type Workload, type WorkloadId, workloads } from '../../src/training/workloads.ts';

/** A workload on a few rows of its batch. */
function small(id: WorkloadId, rows = 8): Workload {
  const workload = workloads[id]();
  return { ...workload, batch: batchRows(workload.batch, 0, rows) };
}

/** A clock that only pretends: every step takes a millisecond, every look at it ten. */
function pretend(): Meter {
  let time = 0;
  const step = (run: () => number): number => {
    run();
    return 0.001;
  };
  return {
    now: () => {
      time += 0.01;
      return time;
    },
    once: step,
    shortRun: (_name, run) => step(run),
  };
}

const options = () => ({ seconds: 0, seed: 0, meter: pretend() });

const named = (lines: readonly Measured[], name: string): Measured => {
  const line = lines.find((candidate) => candidate.name === name);
  if (!line) throw new Error(`no ${name} among ${lines.map((l) => l.name)}`);
  return line;
};

/** The method with its gradient scaled: a planted mistake. */
const scaled = (run: PreparedGradient, factor: number): PreparedGradient => ({
  valueAndGrad(params, batch, into, extra) {
    const loss = run.valueAndGrad(params, batch, into, extra);
    for (let i = 0; i < into.values.length; i++) into.values[i]! *= factor;
    return loss;
  },
});

/** All contenders, manual-textbook planted with that factor. */
async function withMistake(workload: Workload, factor: number): Promise<Contender[]> {
  const [reference, second, ...others] = await contenders(workload, { finiteDifferences: false });
  const run = await prepareOrThrow(manualFused, workload.model, batchShape(workload.batch));
  const row = methodRow(second!.row.name, workload, scaled(run, factor));
  const check = (expected: number) => checkLoss(row, expected, workload.batch.inputs.rows);
  return [reference!, { row, check }, ...others];
}

describe.each(['W1', 'W2', 'W3', 'W4', 'W5'] as const)('the contenders on %s', (id) => {
  it('all train to the same loss', async () => {
    const finiteDifferences = id === 'W1';
    const list = await contenders(small(id), { finiteDifferences });
    const measured = await measure(list, options());
    expect(measured.filter(({ kind }) => kind === 'void')).toEqual([]);
    const names = measured.map(({ name }) => name);
    expect(names.slice(0, 7)).toEqual([...variants.map(({ name }) => name), 'matrix-class']);
    expect(names.slice(7)).toEqual([
      ...(['W1', 'W2', 'W3'].includes(id) ? ['mathjs-matrices', 'symbolic'] : []),
      ...(finiteDifferences ? ['finite-difference'] : []),
    ]);
  });

  it('start over at each reset', async () => {
    for (const { row } of await contenders(small(id), { finiteDifferences: false })) {
      expect(lossAfter(row, 3)).toBe(lossAfter(row, 3));
      expect(lossAfter(row, 3)).not.toBe(lossAfter(row, 0));
    }
  });
});

describe('a row that trains to another loss is void', () => {
  it('a gradient wrong by 0.1 %', async () => {
    const measured = await measure(await withMistake(small('W1'), 1.001), options());
    const line = named(measured, 'manual-textbook');
    expect(line.kind).toBe('void');
    expect(line.check.loss).not.toBe(line.check.expected);
    expect(measured.filter(({ kind }) => kind === 'void')).toHaveLength(1);
  });

  it('a gradient that is not a number', async () => {
    const measured = await measure(await withMistake(small('W5'), Number.NaN), options());
    expect(named(measured, 'manual-textbook').kind).toBe('void');
  });

  it('finite differences wrong by 0.1 %, whatever their error bars', async () => {
    const workload = small('W1');
    const { model, batch } = workload;
    const run = await prepareOrThrow(finiteDifference, model, batchShape(batch));
    expect(agrees(await checkLossByErrorBars(workload, run))).toBe(true);
    expect(agrees(await checkLossByErrorBars(workload, scaled(run, 1.001)))).toBe(false);
  });

  it('the section is not ok, its first line and the cells say why, and other rows keep their ratios', async () => {
    const measured = await measure(await withMistake(small('W1'), 1.001), options());
    const workload: WorkloadSpeed = { id: 'W1', network: '2-5-1', measured, calls: new Map() };
    const data = { workloads: [workload], batchSizes: [], importSeconds: null };
    const { ok, headline, report } = resultOf(data, { quick: false, header: [] });
    expect(ok).toBe(false);
    expect(headline[0]).toMatch(
      /^W1: manual-textbook is void: loss after 10 steps 0\.\d+, expected/,
    );
    const page = renderMarkdown(report);
    expect(page).toContain('| manual-textbook | – void: its loss disagrees |');
    expect(page).toContain('Textbook formulas by hand take void (W1)');
    expect(ratioOf(workload, 'manual-textbook')).toBeNull();
    expect(ratioOf(workload, 'tape-fused')).toBe(1);
  });

  it('nothing is measured against a reference that has no finite loss', async () => {
    const [reference, ...others] = await contenders(small('W1'), { finiteDifferences: false });
    const broken = { ...reference!, row: { ...reference!.row, step: () => Number.NaN } };
    const check = (): never => {
      throw new Error('not reached');
    };
    await expect(measure(others, options())).rejects.toThrow('no contender manual-fused');
    const list = [{ ...broken, check: reference!.check }, ...others.map((c) => ({ ...c, check }))];
    await expect(measure(list, options())).rejects.toThrow('manual-fused trains to a loss of NaN');
  });
});

describe('kernel calls a step', () => {
  const count = async (workload: Workload): Promise<Record<string, number>> => {
    const counts = variants.map(async (v) => [v.name, await kernelCalls(v, workload)] as const);
    return Object.fromEntries(await Promise.all(counts));
  };

  it.each(['W1', 'W2', 'W3', 'W4', 'W5'] as const)(
    'on %s textbook makes more than fused, and replay as many as eager',
    async (id) => {
      const calls = await count(small(id));
      for (const engine of ['manual', 'tape', 'replay']) {
        expect(calls[`${engine}-textbook`]).toBeGreaterThan(calls[`${engine}-fused`]!);
      }
      expect(calls['replay-fused']).toBe(calls['tape-fused']);
      expect(calls['replay-textbook']).toBe(calls['tape-textbook']);
    },
  );

  it('are the same for 2 samples and for 7', async () => {
    expect(await count(small('W1', 2))).toEqual(await count(small('W1', 7)));
  });
});

describe('the report', () => {
  const context = (ids: readonly WorkloadId[], seen: number[] = []) => ({
    quick: true,
    workloads: ids,
    seed: 0,
    header: [],
    progress: (share: number) => seen.push(share),
  });

  it('opens with manual, tape, symbolic and finite differences on the small networks', async () => {
    const list = await contenders(small('W1'), { finiteDifferences: true });
    const measured = await measure(list, options());
    const workload: WorkloadSpeed = { id: 'W1', network: '2-5-1', measured, calls: new Map() };
    const data = { workloads: [workload], batchSizes: [], importSeconds: 0.7 };
    const { blocks } = JSON.parse(renderJson(speedReport(data, { quick: false, header: [] })));
    expect(blocks[0].name).toBe('overview');
    expect(blocks[0].rows.map((row: { way: string }) => row.way)).toEqual([
      'manual',
      'tape',
      'symbolic',
      'finite differences',
    ]);
    for (const row of blocks[0].rows) expect(row).toMatchObject({ W1Ratio: 1 });
    const build = blocks.find((block: { name?: string }) => block.name === 'build');
    expect(build.rows[0]).toEqual({ seconds: 0.7, what: 'loading mathjs', ...emptyLimit });
  });
  const emptyLimit = { limit: null, limitWhy: '', verdict: null, verdictWhy: '' };

  it('of one workload shows that one only, with its kernel calls', async () => {
    const seen: number[] = [];
    const data = await measureAll(context(['W5'], seen), pretend());
    const page = renderMarkdown(speedReport(data, context(['W5'])));
    expect(page).toContain('64-64-64-64-1 tanh, mse, 32 samples, 12,545 parameters');
    expect(page).not.toMatch(/W[1-4]/);
    expect(page).toMatch(/on W5 a step makes \d+ in manual-fused, \d+ in tape-fused/);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    expect(Math.max(...seen)).toBeLessThanOrEqual(1);
  });

  it('says which limits are missed, and where', () => {
    const line = (name: string, ratio: number): Measured => {
      const summary = { median: ratio, low: ratio, high: ratio, mad: 0 };
      const timing = { name, engine: 'benchmark.js', rounds: 3, seconds: summary, ratio: summary };
      const check = { steps: 10, loss: 1, expected: 1, tolerance: 0 };
      return { kind: 'timed', name, check, timing: { ...timing, engine: 'benchmark.js' } };
    };
    const workload = (id: WorkloadId, ratios: Record<string, number>): WorkloadSpeed => ({
      id,
      network: id,
      measured: Object.entries(ratios).map(([name, ratio]) => line(name, ratio)),
      calls: new Map(),
    });
    const met = { 'matrix-class': 2, 'tape-fused': 1.15, 'replay-fused': 1.05 };
    const missed = { 'matrix-class': 1.9, 'tape-fused': 1.15, 'replay-fused': 1.06 };
    const data: SpeedData = {
      workloads: [workload('W1', met), workload('W4', missed)],
      batchSizes: [],
      importSeconds: null,
    };
    expect(shortfalls(data)).toEqual([
      'W4: textbook Matrix class 1.90×, limit at least 2.00×',
      'W4: replayed tape, fused 1.06×, limit at most 1.05×',
    ]);
    const page = renderMarkdown(speedReport(data, { quick: false, header: [] }));
    expect(page).toMatch(/eager tape, fused \| at most 1\.15× .*✓ met/);
    expect(page).toMatch(/replayed tape, fused \| at most 1\.05× .*✗ falls short on W4/);
  });
});
