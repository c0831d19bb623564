import { type Block, heading, none, number, paragraph, text } from '../../../src/report/report.ts';
import type { Mode } from './gradcheck.ts';
import type { Recorded, RecordedTrial } from './recorded.ts';
import { sizeText } from './sizes.ts';
import type { Sighting } from './trial.ts';

const MODES = ['slow', 'fast'] as const satisfies readonly Mode[];

/** PyTorch asked again: the same trials' answers now, or why it was not asked. */
export type Live =
  | { readonly kind: 'asked'; readonly torch: string; readonly trials: readonly RecordedTrial[] }
  | { readonly kind: 'not asked'; readonly why: string };

/** The re-implementations beside PyTorch's own gradcheck, on the trials that it was asked about. */
export function realBlocks(
  sightings: readonly Sighting[],
  { torch, python, trials }: Recorded,
  live: Live,
): Block[] {
  const both = MODES.map((mode) => pairsOf(sightings, trials, mode));
  const sizes = [...new Set(both.flat().map(({ size }) => size))].sort((a, b) => a - b);
  const asked = new Set(both.flat().map(({ trial }) => trial)).size;
  return [
    heading(3, 'The real ones'),
    paragraph(
      `PyTorch's own \`torch.autograd.gradcheck\` (torch ${torch}, Python ${python}) was given the ` +
        `same gradients in ${asked} of these trials, by \`bench/checker/gradcheck.py\`; its answers ` +
        `are in \`bench/checker/gradcheck.json\`. ${difference(both[0]!, both[1]!)} ` +
        `${liveSentence(live, trials)} JAX is not installed where these were recorded.`,
    ),
    {
      kind: 'table',
      name: 'detection-real',
      columns: [
        { key: 'size', title: 'error of the entry', align: 'left' },
        ...MODES.flatMap((mode) => [
          { key: mode, title: `torch ${mode}, re-implemented, %`, align: 'right' as const },
          { key: `${mode}Real`, title: 'real, %', align: 'right' as const },
        ]),
        { key: 'jaxReal', title: 'jax, real', align: 'right' },
      ],
      rows: sizes.map((size) => [
        text(sizeText(size)),
        ...both.flatMap((pairs) => {
          const of = pairs.filter((p) => p.size === size);
          const share = (caught: (p: Pair) => boolean) =>
            number((100 * of.filter(caught).length) / of.length, 'count');
          return [share((p) => p.here), share((p) => p.real)];
        }),
        none('not run'),
      ]),
    },
  ];
}

/** One gradient judged by both. */
interface Pair {
  readonly trial: string;
  readonly size: number;
  readonly here: boolean;
  readonly real: boolean;
}

function pairsOf(
  sightings: readonly Sighting[],
  trials: readonly RecordedTrial[],
  mode: Mode,
): Pair[] {
  return trials.flatMap(({ activation, trial, sizes, caught }) =>
    sizes.flatMap((size, i): Pair[] => {
      const here = sightings.find(
        (s) =>
          s.scheme === `torch ${mode}` &&
          s.activation === activation &&
          s.trial === trial &&
          s.size === size,
      );
      const real = caught[mode][i]!;
      return here ? [{ trial: `${activation} ${trial}`, size, here: here.caught, real }] : [];
    }),
  );
}

function difference(slow: readonly Pair[], fast: readonly Pair[]): string {
  const differing = (pairs: readonly Pair[]): number =>
    pairs.filter(({ here, real }) => here !== real).length;
  return (
    `Of ${slow.length} verdicts of the slow mode ${differing(slow)} differ from the ` +
    `re-implementation's, of ${fast.length} of the fast mode ${differing(fast)}, where the original ` +
    'draws the same directions at every call.'
  );
}

/** Verdicts asked for again that came out otherwise than recorded. */
export const changed = (
  trials: readonly RecordedTrial[],
  again: readonly RecordedTrial[],
): number => verdictsOf(again, trials).filter(({ now, before }) => now !== before).length;

function liveSentence(live: Live, trials: readonly RecordedTrial[]): string {
  if (live.kind === 'not asked') return `It was not asked again: ${live.why}.`;
  const all = verdictsOf(live.trials, trials).length;
  return (
    `Asked again in this run (torch ${live.torch}), ${all - changed(trials, live.trials)} of ${all} ` +
    'verdicts were as recorded.'
  );
}

const verdictsOf = (
  again: readonly RecordedTrial[],
  trials: readonly RecordedTrial[],
): { readonly now: boolean; readonly before: boolean }[] =>
  again.flatMap(({ activation, trial, sizes, caught }) => {
    const recorded = trials.find((t) => t.activation === activation && t.trial === trial);
    return sizes.flatMap((size, i) => {
      const at = recorded ? recorded.sizes.indexOf(size) : -1;
      return at < 0
        ? []
        : MODES.map((mode) => ({ now: caught[mode][i]!, before: recorded!.caught[mode][at]! }));
    });
  });
