import { count } from '../../src/report/format.ts';
import { type Block, heading, paragraph } from '../../src/report/report.ts';
import { installed, type Tool } from './detection/ask.ts';
import { askTrials, CALLS } from './detection/ask-trials.ts';
import { OTHERS } from './detection/others.ts';
import { HIDDEN_ACTIVATIONS, problemOf } from './detection/problem.ts';
import { promised, promiseSentence, promiseTable } from './detection/promise.ts';
import { differing, type Live, realBlocks, realSentence } from './detection/real-blocks.ts';
import { readRecorded } from './detection/recorded.ts';
import { runTrials } from './detection/run-trials.ts';
import {
  falseAlarmSentence,
  shareChart,
  shareTable,
  tightSentence,
} from './detection/share-blocks.ts';
import { QUICK_SIZES, SIZES, sizeText } from './detection/sizes.ts';
import { DEFAULTS, TIGHT } from './detection/torch-tolerances.ts';
import { verdictPairs } from './detection/verdict-pairs.ts';
import type { Part, PartContext } from './part.ts';

const TRIALS = { quick: 10, full: 100 } as const;
/** PyTorch's slow mode takes 2 s a size. */
const LIVE_SIZES: readonly number[] = [0, 1e-6, 1e-4];

/** How small an error in one entry is found, beside what other tools find. */
export async function detection({ quick, progress }: PartContext): Promise<Part> {
  const trials = quick ? TRIALS.quick : TRIALS.full;
  const sightings = await runTrials(trials, quick ? QUICK_SIZES : SIZES, (share) =>
    progress(0.8 * share, 'detection'),
  );
  const recorded = await readRecorded();
  const pairs = await verdictPairs(recorded.trials);
  progress(0.9, 'detection: the real ones');
  const live = [await askAgain('torch', quick), await askAgain('jax', quick)];
  progress(1, 'detection');

  const entries = (await problemOf('tanh', 0)).model.layout.size;
  const promises = promised(sightings);
  const falseAlarms = falseAlarmSentence(sightings);
  return {
    blocks: [
      heading(2, 'Detection of one wrong entry'),
      paragraph(
        `A network with a loss of ${count(entries)} parameters (20-64-64-5, cross entropy, 4 Gaussian rows, PyTorch's default start) is a black box to every check. In each of ${trials} trials the network, the data, the entry and the check's random directions are others; the gradient is right but for that one entry, which is off by an absolute error. Found is a gradient that is called wrong; named, one whose wrong entry is listed and no other.`,
      ),
      promiseTable(promises),
      paragraph(tightSentence(sightings)),
      paragraph(
        'Share of the trials in which each check called the gradient wrong. In the first row the gradient is right: what stands there are false alarms. The columns from “entry named” on are of `checkGradient`, the others do not name entries.',
      ),
      shareChart(sightings, entries),
      ...(falseAlarms ? [paragraph(falseAlarms)] : []),
      ...HIDDEN_ACTIVATIONS.flatMap((activation) => [
        heading(3, `${activation} network`),
        shareTable(sightings, activation),
      ]),
      heading(3, 'The other checks'),
      otherChecks(entries),
      ...realBlocks(pairs, recorded, live),
    ],
    ok: promises.every((p) => p.kept) && differing(pairs) === 0,
    headline: [...promises.map((p) => promiseSentence(p, entries)), realSentence(pairs)],
  };
}

/** A tool, where it is installed, about the first trial of each kind of network. */
async function askAgain(tool: Tool, quick: boolean): Promise<Live> {
  if (quick) return { tool, kind: 'not asked', why: 'this is a quick run' };
  if ((await installed(tool)) === null) {
    return { tool, kind: 'not asked', why: 'python3 does not have it here' };
  }
  const first = OTHERS.filter((scheme) => CALLS[scheme].tool === tool).flatMap((scheme) =>
    HIDDEN_ACTIVATIONS.map((activation) => ({ activation, trial: 0, scheme })),
  );
  const { about, trials } = await askTrials(tool, first, LIVE_SIZES);
  return { tool, kind: 'asked', version: about.version, trials };
}

const otherChecks = (entries: number): Block => ({
  kind: 'list',
  items: [
    `**torch slow**, \`torch.autograd.gradcheck\`: a central difference of step 1e-6 for every entry, ${count(2 * entries)} calls of f; |Δ| ≤ ${sizeText(DEFAULTS.atol)} + ${sizeText(DEFAULTS.rtol)} |n| passes, so an error under ${sizeText(DEFAULTS.atol)} does.`,
    `**torch tight**, the same with \`atol=${sizeText(TIGHT.atol)}, rtol=${sizeText(TIGHT.rtol)}\`, which its caller has to choose.`,
    '**torch fast**, with `fast_mode=True`: a difference along one random unit vector u ≥ 0 in each of the 6 tensors, 12 calls, and where one of them fails all those of torch slow besides, to tell more. Its absolute tolerance is 1e-5 · Σu, about 0.87 √n · 1e-5 for a tensor of n entries, and one entry counts with its own uᵢ of about 1/√n: what one entry may be off grows like n · 1e-5.',
    '**jax**, `jax.test_util.check_grads` in reverse mode, float64: a difference of step 1e-4 along one Gaussian direction over all parameters, not normalised, so a step of 1e-4 · √N, wide enough to cross corners of a ReLU network; 2 calls; tolerance 1e-5, absolute and relative.',
    'Each is re-implemented from its source, with its constants. Their calls are those of their differences; each also calls f once or twice for its value. The calls of `checkGradient` are all that it makes of f; those that it makes of the gradient, to see among other things whether it repeats itself, are counted beside them.',
  ],
});
