import { loadMathjs } from '../src/expression/mathjs.ts';
import { formatNumber } from '../src/report/format.ts';
import { type Workload, workloads } from '../src/training/workloads.ts';
import { describeModel } from './describe-model.ts';
import type { Section, SectionContext, SectionResult } from './section.ts';
import { measureBatchSizes } from './speed/batch-sizes.ts';
import { contenders, REFERENCE, SMALL } from './speed/contenders.ts';
import { lineOf, ratioOf, type SpeedData, type WorkloadSpeed } from './speed/data.ts';
import { kernelCalls } from './speed/kernel-calls.ts';
import { shortfalls } from './speed/limits.ts';
import { measure } from './speed/measure.ts';
import { speedReport } from './speed/report.ts';
import { variants } from './speed/variants.ts';
import type { Meter } from './timing/meter.ts';

/** Time a step of each row, by workload. */
export interface SpeedFigures {
  readonly workloads: readonly WorkloadSpeed[];
}

/** Seconds of timing for each of W1–W5, and for each size of W1's batch. */
interface Budget {
  readonly workload: number;
  /** null: not measured. */
  readonly batchSize: number | null;
  readonly leastRounds: number;
}

const FULL: Budget = { workload: 14, batchSize: 1.5, leastRounds: 3 };
const QUICK: Budget = { workload: 0.8, batchSize: null, leastRounds: 1 };
/** In a full run the batch sizes take about that share of the time. */
const BATCH_SIZES_SHARE = 0.1;

export const speed: Section<SpeedFigures> = {
  name: 'speed',
  run: async (context) => resultOf(await measureAll(context), context),
};

/** What the measurements say; wrong where a row is void. */
export function resultOf(
  data: SpeedData,
  options: Pick<SectionContext, 'quick' | 'header'>,
): SectionResult<SpeedFigures> {
  const voids = voidLines(data);
  return {
    report: speedReport(data, options),
    ok: voids.length === 0,
    headline: [
      ...voids,
      ...data.workloads.map(headline),
      ...shortfalls(data).map((line) => `falls short: ${line}`),
    ],
    figures: { workloads: data.workloads },
  };
}

/** Runs everything; `meter` is for tests. */
export async function measureAll(
  { workloads: ids, quick, seed, progress }: SectionContext,
  meter?: Meter,
): Promise<SpeedData> {
  const budget = quick ? QUICK : FULL;
  const importSeconds = ids.some((id) => SMALL.has(id)) ? await timeImport() : null;
  const options = { seed, leastRounds: budget.leastRounds, ...(meter && { meter }) };
  const measured: WorkloadSpeed[] = [];
  for (const [i, id] of ids.entries()) {
    const share = (part: number): void =>
      progress(((i + part) / ids.length) * (1 - BATCH_SIZES_SHARE), `speed ${id}`);
    share(0);
    const finiteDifferences = !quick || id === 'W1';
    const workload = workloads[id]();
    const lines = await measure(await contenders(workload, { finiteDifferences }), {
      ...options,
      seconds: budget.workload,
      onProgress: share,
    });
    measured.push({ id, network: describe(workload), measured: lines, calls: new Map() });
  }
  // About W1's network only.
  const { batchSize } = budget;
  const batchSizes =
    batchSize !== null && ids.includes('W1')
      ? await measureBatchSizes({
          ...options,
          seconds: batchSize,
          onProgress: (part) => progress(1 - BATCH_SIZES_SHARE * (1 - part), 'speed, batch sizes'),
        })
      : [];
  // After all timing: counting goes through the same kernels in another way.
  return {
    workloads: await Promise.all(measured.map(withCalls)),
    batchSizes,
    importSeconds,
  };
}

async function timeImport(): Promise<number> {
  const start = performance.now();
  await loadMathjs();
  return (performance.now() - start) / 1000;
}

async function withCalls(measured: WorkloadSpeed): Promise<WorkloadSpeed> {
  const workload = workloads[measured.id]();
  const counts = variants.map(
    async (variant) => [variant.name, await kernelCalls(variant, workload)] as const,
  );
  return { ...measured, calls: new Map(await Promise.all(counts)) };
}

/** `2-5-1 sigmoid, bce, 640 samples, 21 parameters, learning rate 0.1`. */
const describe = ({ model, batch, learningRate }: Workload): string =>
  [
    describeModel(model),
    `${batch.inputs.rows} samples`,
    `${formatNumber(model.layout.size, 'count')} parameters`,
    `learning rate ${learningRate}`,
  ].join(', ');

const HEADLINE_ROWS = ['tape-fused', 'replay-fused', 'manual-textbook', 'matrix-class'] as const;

function headline(workload: WorkloadSpeed): string {
  const reference = lineOf(workload, REFERENCE);
  const step =
    reference?.kind === 'timed'
      ? formatNumber(reference.timing.seconds.median, 'duration')
      : 'void';
  const ratios = HEADLINE_ROWS.map((name) => {
    const ratio = ratioOf(workload, name);
    return `${name} ${ratio === null ? 'void' : formatNumber(ratio, 'ratio')}`;
  });
  return `${workload.id}: ${REFERENCE} ${step} a step, ${ratios.join(', ')}`;
}

/** One line for each row that trained to another loss. */
function voidLines({ workloads, batchSizes }: SpeedData): string[] {
  const groups = [
    ...workloads.map(({ id, measured }) => ({ where: id as string, measured })),
    ...batchSizes.map(({ rows, measured }) => ({ where: `batch of ${rows}`, measured })),
  ];
  return groups.flatMap(({ where, measured }) =>
    measured.flatMap(({ kind, name, check }) =>
      kind === 'timed'
        ? []
        : [
            `${where}: ${name} is void: loss after ${check.steps} steps ${check.loss}, ` +
              `expected ${check.expected} ± ${formatNumber(check.tolerance, 'scientific')}`,
          ],
    ),
  );
}
