import { entryName } from '../../params/layout.ts';
import type { EntryFinding } from '../gradient/check-result.ts';
import { NOTHING_FOUND } from '../gradient/nothing-found.ts';
import { allowed } from '../noisy.ts';
import type { Note, Verdict } from '../verdict.ts';
import { type Call, same } from './answer-of.ts';
import { type EntryVerdicts, entryVerdicts } from './entry-verdicts.ts';
import { type Fault, forwardFault, undefinedLoss } from './forward-fault.ts';
import { MOST_KINKS, otherPatterns } from './kink-patterns.ts';
import type { LayerCheck, ModelCheck } from './model-check.ts';
import type { Oracle } from './oracle.ts';
import { roundingErrors } from './rounding-errors.ts';

/** Verdicts that a diagnosis may explain. */
export const WRONG: readonly Verdict[] = [
  'disagrees',
  'not-finite',
  'not-deterministic',
  'mutates-input',
];

/** A check that held nothing. */
export const nothing = (name: string): ModelCheck => ({
  ...NOTHING_FOUND,
  name,
  verdict: 'unsupported',
  layers: [],
  firstWrongLayer: null,
  failed: null,
  mistakes: [],
});

/** Two calls of a method held against the oracle: everything but the name and the diagnosis. */
export function verdictOf(
  oracle: Oracle,
  first: Call,
  second: Call,
  { rtol, maxWrong = 20 }: { readonly rtol?: number; readonly maxWrong?: number },
): ModelCheck {
  const { network, errors, gradient, evaluations } = oracle;
  const { layout } = network.problem.model;
  const started = { ...nothing(''), mode: 'full' as const, evaluations };
  if (first.changed) {
    return {
      ...started,
      verdict: 'mutates-input',
      error: `${first.changed} changed during the call`,
    };
  }
  const varies = !same(first.grads, second.grads);
  const again = varies ? differing(first, second, errors.grads) : null;
  if (again !== null) {
    const notes: Note[] = doubled(first, second, errors.grads) ? ['accumulates'] : [];
    const error = `${entryName(layout, again)} is ${first.grads[again]}, then ${second.grads[again]}`;
    return { ...started, verdict: 'not-deterministic', notes, error };
  }

  let entries = entryVerdicts(network, first.grads, gradient, errors.grads, rtol);
  let expected = gradient.value;
  let otherwise = false;
  if (entries.verdict !== 'agrees' && entries.verdict !== 'not-finite') {
    for (const pattern of otherPatterns(oracle)) {
      const held = entryVerdicts(network, first.grads, pattern, errors.grads, rtol);
      if (held.verdict !== 'agrees') continue;
      [entries, expected, otherwise] = [held, pattern.value, true];
      break;
    }
  }
  if (entries.verdict === 'unresolved' && network.tail === 'sigmoid_bce') {
    // A saturated sigmoid hides much of what goes through 1 − p, and little of what does not.
    const { grads } = roundingErrors(network, true);
    const sharper = entryVerdicts(network, first.grads, gradient, grads, rtol);
    if (sharper.verdict === 'agrees') entries = sharper;
  }
  const forward = forwardFault(oracle, first);
  const finding = (index: number): EntryFinding => ({
    point: 0,
    slot: layout.slots.find((s) => index < s.offset + s.size)!.name,
    entry: entryName(layout, index),
    index,
    got: first.grads[index]!,
    expected: expected[index]!,
    uncertainty: entries.barAt(index),
  });
  const layers = layersOf(oracle, entries, finding);
  const verdict = settled(oracle, entries, forward, layers);
  const notes: Note[] = [];
  if (errors.kinks.length > 0 && (otherwise || verdict !== 'agrees')) notes.push('kink');
  if (entries.flat) notes.push('flat');
  if (varies) notes.push('varies');
  const failing = entries.verdict === 'disagrees' || entries.verdict === 'not-finite';
  return {
    ...started,
    verdict,
    notes,
    worst: entries.worst < 0 ? null : finding(entries.worst),
    wrongEntries: failing
      ? worstFirst(entries, first, expected).slice(0, maxWrong).map(finding)
      : [],
    caught: verdict === 'agrees' ? caughtOf(entries, expected) : null,
    error: oracle.contradiction ?? forward?.says ?? undefinedLoss(oracle),
    layers,
    firstWrongLayer: failing
      ? ([...layers].reverse().find((l) => WRONG.includes(l.verdict))?.layer ?? null)
      : null,
    failed: oracle.contradiction || verdict === 'agrees' ? null : (forward?.part ?? 'gradients'),
  };
}

/** The verdict on all that was compared. An oracle that contradicts itself judges nobody. */
function settled(
  { contradiction, errors, network }: Oracle,
  entries: EntryVerdicts,
  forward: Fault | null,
  layers: readonly LayerCheck[],
): Verdict {
  if (contradiction !== null) return 'unresolved';
  if (forward) return forward.verdict;
  if (entries.verdict !== 'disagrees' || errors.kinks.length <= MOST_KINKS) return entries.verdict;
  // Too many patterns to try: only what stands above every undecided unit is beyond doubt.
  const last = Math.max(...errors.kinks.map(({ layer }) => layer));
  const sure = layers.some(
    ({ verdict }, s) => verdict === 'disagrees' && network.stages[s]!.layer > last,
  );
  return sure ? 'disagrees' : 'unresolved';
}

/** The first entry in which two calls differ by more than rounding. */
function differing(first: Call, second: Call, variance: Float64Array): number | null {
  for (let i = 0; i < first.grads.length; i++) {
    const [a, b] = [first.grads[i]!, second.grads[i]!];
    if (Object.is(a, b) || Math.abs(a - b) <= allowed(Math.sqrt(variance[i]!))) continue;
    if (!Number.isFinite(a) && !Number.isFinite(b)) continue;
    return i;
  }
  return null;
}

/** Is every entry of the second gradient twice the first's? */
const doubled = (first: Call, second: Call, variance: Float64Array): boolean =>
  first.grads.every(
    (g, i) => Math.abs(second.grads[i]! - 2 * g) <= 2 * allowed(Math.sqrt(variance[i]!)),
  );

function layersOf(
  { network }: Oracle,
  entries: EntryVerdicts,
  finding: (index: number) => EntryFinding,
): LayerCheck[] {
  const { slots } = network.problem.model.layout;
  return network.stages.map(({ name, weightOffset, biasOffset }) => {
    const own = entries.slots.filter((_slot, i) =>
      [weightOffset, biasOffset].includes(slots[i]!.offset),
    );
    const severest = own.reduce((a, b) => (RANK[b.verdict] > RANK[a.verdict] ? b : a));
    return { layer: name, verdict: severest.verdict, worst: finding(severest.worst) };
  });
}

const RANK = { agrees: 0, unresolved: 1, disagrees: 2, 'not-finite': 3 } as const;

/** Wrong entries, those not finite first, then by how far they are off. */
function worstFirst(entries: EntryVerdicts, { grads }: Call, expected: Float64Array): number[] {
  const error = (i: number): number => {
    const off = Math.abs(grads[i]! - expected[i]!);
    return Number.isNaN(off) ? Number.POSITIVE_INFINITY : off;
  };
  return [...entries.wrong].sort((a, b) => (error(a) === error(b) ? a - b : error(b) - error(a)));
}

function caughtOf(
  { caught, largest }: EntryVerdicts,
  expected: Float64Array,
): { absolute: number; relative: number } {
  if (largest === 0) return { absolute: caught, relative: Number.POSITIVE_INFINITY };
  let squares = 0;
  for (let i = 0; i < expected.length; i++) squares += (expected[i]! / largest) ** 2;
  return { absolute: caught, relative: caught / (largest * Math.sqrt(squares)) };
}
