import { formatNumber } from '../src/report/format.ts';
import { type Block, heading, paragraph } from '../src/report/report.ts';
import {
  errorChart,
  errorMatrix,
  errorTable,
  mostlyZero,
  problemTable,
  unaskedTable,
} from './accuracy/error-blocks.ts';
import { type CaseErrors, type Measured, measureErrors } from './accuracy/errors.ts';
import { isProven, type Proof, prove, provenDigits } from './accuracy/proof.ts';
import { proofBlocks } from './accuracy/proof-blocks.ts';
import { measureSaturation, type Saturating, type Saturation } from './accuracy/saturation.ts';
import { saturationBlocks } from './accuracy/saturation-blocks.ts';
import { type ErrorSummary, summariseErrors } from './accuracy/summarise-errors.ts';
import { measureSwells, type SwellData, swellOf } from './accuracy/swell.ts';
import { swellBlocks } from './accuracy/swell-blocks.ts';
import { type Case, casesOf } from './agreement/problems.ts';
import { recordedWorkloads } from './agreement/recorded.ts';
import type { Section } from './section.ts';

/** What the summary says of accuracy. Errors in ULP of the exact gradient, over all problems. */
export interface AccuracyFigures {
  readonly manualMedianUlps: number;
  readonly manualMaxUlps: number;
  readonly tapeMedianUlps: number;
  readonly tapeMaxUlps: number;
  readonly differencesMedianUlps: number;
  readonly differencesMaxUlps: number;
  /** Of the material's five-layer network, with sigmoid: all gradient trees ÷ the loss tree. */
  readonly swell: number;
  /** Digits to which the exact reference agrees with differences, on the worst derivative. */
  readonly proofDigits: number;
}

/** How much is done: everything that the time allows, or enough to see that it works. */
const FULL = {
  whole: true,
  scales: [1, 2, 4, 8, 16, 32],
  depths: [1, 2, 3, 4, 5, 6, 7],
  widths: [2, 4, 8, 16, 32],
  proof: { rows: 2, small: 60, sample: 8 },
};
const QUICK: typeof FULL = {
  whole: false,
  scales: [1, 8],
  depths: [1, 2, 3, 4],
  widths: [2, 4, 8],
  proof: { rows: 1, small: 0, sample: 4 },
};

/** How many digits each method gets right, and what the symbolic way costs in size. */
export const accuracy: Section<AccuracyFigures> = {
  name: 'accuracy',
  run: async ({ quick, workloads, seed, header, progress }) => {
    const extent = quick ? QUICK : FULL;
    // PyTorch's values are those of the whole workloads.
    const recorded = extent.whole ? await recordedWorkloads() : [];
    const double = casesOf(workloads, quick, seed).filter((c) => c.problem.dtype === 'float64');
    const isWhole = (c: Case): boolean => c.name === c.workload;
    const provable = double.filter((c) => !isWhole(c));

    const errors: Measured[] = [];
    for (const [i, c] of double.entries()) {
      progress((0.4 * i) / double.length, `accuracy: ${c.name}`);
      errors.push(
        isWhole(c) && !extent.whole
          ? { kind: 'unmeasured', case: c, why: 'left out of a quick run' }
          : await measureErrors(c, recorded),
      );
    }
    const saturation: Saturation[][] = [];
    for (const [i, hidden] of (['tanh', 'sigmoid'] satisfies Saturating[]).entries()) {
      progress(0.4 + 0.05 * i, `accuracy: saturation of ${hidden}`);
      saturation.push(await measureSaturation(hidden, extent.scales));
    }
    progress(0.5, 'accuracy: expression swell');
    const swell = await measureSwells(extent);
    const proofs: Proof[] = [];
    for (const [i, c] of provable.entries()) {
      progress(0.6 + (0.4 * i) / provable.length, `accuracy: proof of ${c.name}`);
      proofs.push(await prove(c, { ...extent.proof, seed }));
    }
    progress(1, 'accuracy');

    const measured = errors.flatMap((e) => (e.kind === 'measured' ? [e] : []));
    const summaries = summariseErrors(measured.flatMap(({ methods }) => methods));
    const figures = figuresOf(summaries, swell, proofs);
    const show = (value: number): string => formatNumber(value, 'significant');
    return {
      ok: summaries.every(isWithin) && proofs.every(isProven),
      headline: [
        `against the exact gradient, manual is off by ${show(figures.manualMedianUlps)} ULP (median), tape by ${show(figures.tapeMedianUlps)}, finite differences by ${show(figures.differencesMedianUlps)}`,
        `the exact gradient agrees with differences to ${show(figures.proofDigits)} digits`,
      ],
      figures,
      report: {
        title: 'Accuracy',
        quick,
        header: [...header, { name: 'PyTorch values', value: recorded[0]?.torch ?? 'not asked' }],
        blocks: [
          ...errorBlocks(measured, summaries),
          ...saturationBlocks(saturation),
          ...swellBlocks(swell),
          ...proofBlocks(proofs),
          heading(2, 'What was not measured'),
          unaskedTable(errors),
        ],
      },
    };
  },
};

/** Written so that NaN is not. */
const isWithin = ({ worst }: ErrorSummary): boolean => worst.normalised <= 1;

const errorBlocks = (
  measured: readonly CaseErrors[],
  summaries: readonly ErrorSummary[],
): Block[] => [
  paragraph(
    'Every entry of every gradient against the exact one, which is known to 30 digits and more. A ULP is a unit in the last place of the exact value; rounding it once costs at most ½. Rows with the same figures ran the same kernels in the same order.',
  ),
  errorTable(summaries),
  ...mostlyZero(measured),
  paragraph(
    'ULP have no bound where terms cancel: a sum a million times smaller than its terms keeps their errors, a million ULP. What is judged is therefore the error over its tolerance, 64 standard deviations of the rounding that leads to that entry, and for finite differences their own error bar besides: beyond 1 a method is wrong. An entry that is exactly 0 (a unit that never fires) has no last place and is counted apart. Methods that were not asked everywhere have fewer entries; the tables by problem compare like with like.',
  ),
  errorChart(summaries),
  heading(2, 'Problem by problem'),
  problemTable(measured),
  errorMatrix(measured, 'median'),
  errorMatrix(measured, 'max'),
];

function figuresOf(
  summaries: readonly ErrorSummary[],
  { material }: SwellData,
  proofs: readonly Proof[],
): AccuracyFigures {
  // Every workload has a small case that these three answer.
  const of = (name: ErrorSummary['method']): ErrorSummary =>
    summaries.find(({ method }) => method === name)!;
  const [manual, tape, differences] = [
    of('manual-fused'),
    of('tape-fused'),
    of('finite-difference'),
  ];
  const deepest = material.findLast(({ hidden }) => hidden === 'sigmoid');
  return {
    manualMedianUlps: manual.median,
    manualMaxUlps: manual.max,
    tapeMedianUlps: tape.median,
    tapeMaxUlps: tape.max,
    differencesMedianUlps: differences.median,
    differencesMaxUlps: differences.max,
    swell: (deepest && swellOf(deepest)) ?? Number.NaN,
    proofDigits: provenDigits(proofs),
  };
}
