import type { GradientMethod } from '../../gradients/method.ts';
import { linearMistakes } from '../mistakes/linear.ts';
import type { Mistake, MistakeOptions } from '../mistakes/mistake.ts';
import { mistakes } from '../mistakes/mistakes.ts';
import type { BankPoint, Trace } from './bank-point.ts';
import type { Stage } from './network.ts';

/** One or two typical mistakes that give a wrong method's gradient. */
export interface KnownMistake {
  readonly mistakes: readonly Mistake[];
  /** The layers that make it, where others do not; null for all. */
  readonly layers: readonly string[] | null;
}

/**
 * Every explanation that fits at the first point and at all others, of the simplest kind that has any:
 * one mistake; one mistake in some layers; one and a factor of the loss; two that touch different
 * slots. A name that another point contradicts is none.
 */
export async function knownMistakes(
  points: readonly BankPoint[],
  stages: readonly Stage[],
  options: MistakeOptions,
): Promise<readonly KnownMistake[]> {
  const [first, ...others] = points;
  if (!first) return [];
  const traces = new Map<Mistake, Trace>();
  for (const mistake of mistakes) {
    if (!mistake.applies(first.problem.model)) continue;
    const trace = await first.trace(mistake.method(options));
    if (trace) traces.set(mistake, trace);
  }
  const slotsOf = slotsByStage(first, stages);
  const at = { right: first.right, trace: (m: Mistake): Trace => traces.get(m)! };
  for (const kind of [singles, inSomeLayers, withFactor, disjoint]) {
    const fitting = kind([...traces.keys()], at, slotsOf, stages);
    const confirmed: KnownMistake[] = [];
    for (const known of fitting) {
      if (await fitsAll(known, kind, others, slotsOf, stages, options)) confirmed.push(known);
    }
    if (confirmed.length > 0) return confirmed;
  }
  return [];
}

interface At {
  readonly right: readonly boolean[];
  readonly trace: (mistake: Mistake) => Trace;
}

/** Explanations by these mistakes that fit at one point. */
type Kind = (
  among: readonly Mistake[],
  at: At,
  slotsOf: readonly (readonly number[])[],
  stages: readonly Stage[],
) => readonly KnownMistake[];

/** Does the same explanation, the same layers included, come up at every other point? */
async function fitsAll(
  known: KnownMistake,
  kind: Kind,
  others: readonly BankPoint[],
  slotsOf: readonly (readonly number[])[],
  stages: readonly Stage[],
  options: MistakeOptions,
): Promise<boolean> {
  for (const point of others) {
    const traces = new Map<Mistake, Trace>();
    for (const mistake of known.mistakes) {
      const method: GradientMethod = mistake.method(options);
      const trace = await point.trace(method);
      if (!trace) return false;
      traces.set(mistake, trace);
    }
    const at = { right: point.right, trace: (m: Mistake): Trace => traces.get(m)! };
    const again = kind(known.mistakes, at, slotsOf, stages);
    if (!again.some((k) => k.mistakes.length === known.mistakes.length && sameLayers(k, known))) {
      return false;
    }
  }
  return true;
}

const sameLayers = (a: KnownMistake, b: KnownMistake): boolean =>
  String(a.layers) === String(b.layers);

const singles: Kind = (among, { trace }) =>
  among
    .filter((m) => trace(m).matches.every(Boolean) && trace(m).restMatches)
    .map((m) => ({ mistakes: [m], layers: null }));

/** Only those of a layer's own dW and db: a wrong dX in one layer shows in all below. */
const inSomeLayers: Kind = (among, { right, trace }, slotsOf, stages) =>
  among
    .filter((m) => linearMistakes.includes(m))
    .flatMap((m) => {
      const { touched, matches } = trace(m);
      const made = slotsOf.map(
        (slots) => slots.some((s) => touched[s]) && slots.some((s) => !right[s]),
      );
      const explained = slotsOf.every((slots, l) =>
        slots.every((s) => (made[l] ? matches[s] : right[s])),
      );
      if (!explained || !made.includes(true)) return [];
      return [{ mistakes: [m], layers: stages.flatMap(({ name }, l) => (made[l] ? [name] : [])) }];
    });

/** A mistake times the factor of another: the backward pass is linear in δ. */
const withFactor: Kind = (among, { trace }) =>
  among.flatMap((m) => {
    const { factor, touched, steady } = trace(m);
    if (factor === null || !steady || !touched.some(Boolean) || trace(m).ownFactor !== null)
      return [];
    return among
      .filter((f) => {
        const own = trace(f).ownFactor;
        // Both are least squares of the same numbers but for rounding.
        return f !== m && own !== null && Math.abs(factor / own - 1) < FACTOR;
      })
      .map((f) => ({ mistakes: [m, f], layers: null }));
  });

/** Known factors are sizes and their quotients, at least a hundredth apart at sizes below 100. */
const FACTOR = 1e-4;

const disjoint: Kind = (among, { right, trace }) => {
  const plain = among.filter((m) => trace(m).steady && trace(m).touched.some(Boolean));
  return plain.flatMap((a, i) =>
    plain.slice(i + 1).flatMap((b) => {
      const [p, q] = [trace(a), trace(b)];
      const fits = right.every((isRight, s) => {
        if (p.touched[s] && q.touched[s]) return false;
        if (p.touched[s]) return p.matches[s]!;
        return q.touched[s] ? q.matches[s]! : isRight;
      });
      return fits ? [{ mistakes: [a, b], layers: null }] : [];
    }),
  );
};

function slotsByStage({ problem }: BankPoint, stages: readonly Stage[]): number[][] {
  const { slots } = problem.model.layout;
  return stages.map(({ weightOffset, biasOffset }) =>
    slots.flatMap(({ offset }, s) => ([weightOffset, biasOffset].includes(offset) ? [s] : [])),
  );
}
