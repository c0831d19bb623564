import { commonConstant, MAX_LUCK, twoDigitChance } from './constant.ts';
import type { Diagnosis, DiagnosisKind } from './diagnosis.ts';
import { subset } from './entries.ts';
import type { Scope } from './scope.ts';
import { confidenceOf, isEnough, PLACES, supportOf } from './support.ts';
import { figure, restIsRight, subject } from './wording.ts';

interface Term {
  readonly kind: DiagnosisKind;
  readonly at: (x: number) => number;
  /** The term in symbols, after its coefficient. */
  readonly symbol: string;
  readonly meaning: string;
}

const TERMS: readonly Term[] = [
  {
    kind: 'constant-offset',
    at: () => 1,
    symbol: '',
    meaning: 'the same number in every entry',
  },
  {
    kind: 'proportional-to-parameter',
    at: (x) => x,
    symbol: '·x',
    meaning: 'x the parameter: a decay (L2) term',
  },
  {
    kind: 'missing-term',
    at: Math.sign,
    symbol: '·sign(x)',
    meaning: 'x the parameter: an L1 term',
  },
  {
    kind: 'missing-term',
    at: (x) => x * x,
    symbol: '·x²',
    meaning: 'x the parameter: the term of a cube',
  },
  {
    kind: 'missing-term',
    at: (x) => x ** 3,
    symbol: '·x³',
    meaning: 'x the parameter: the term of a fourth power',
  },
];

/** The difference is a constant times something simple: a term of its own is added, or missing. */
export function addedTerm(scope: Scope): Diagnosis | null {
  const { entries, novelty } = scope;
  const { got, truth, bar, x } = entries;
  const difference = (e: number): number => got[e]! - truth[e]!;
  for (const { kind, at, symbol, meaning } of TERMS) {
    const coefficient = commonConstant(entries, novelty, {
      of: difference,
      against: (e) => at(x[e]!),
      bar: (e) => bar[e]!,
      right: 0,
    });
    if (coefficient === null) continue;
    const { value } = coefficient;
    const support = supportOf(entries, novelty, {
      value: (e) => truth[e]! + value * at(x[e]!),
      bar: (e) => bar[e]!,
      free: 1,
    });
    if (!isEnough(support) || !isTold(scope, kind)) continue;
    // Where the truth is a multiple of the term too, a wrong factor upstream leaves such a difference:
    // there the coefficient must be the same from point to point, or one that someone would write. So
    // must an offset: one that moves is a mean, or another term that the entries share.
    const mayMove = kind === 'constant-offset' || isLike(scope, at);
    const luck = mayMove ? coefficient.luck * twoDigitChance(coefficient) : 0;
    if (luck > MAX_LUCK) continue;
    const { name, is } = subject(scope);
    const how = value > 0 || kind === 'constant-offset' ? 'is added' : 'is missing or subtracted';
    return {
      kind,
      message: `${name} ${is} off by ${figure(value)}${symbol}, ${meaning} ${how}${restIsRight(scope)}`,
      confidence: confidenceOf(support, luck),
    };
  }
  return null;
}

/** Whether the truth itself may be a multiple of the term, at the first point. */
function isLike({ entries, novelty }: Scope, at: Term['at']): boolean {
  const first = subset(entries, (e) => entries.observation[e] === entries.observation[0]);
  const multiple = commonConstant(first, novelty, {
    of: (e) => first.truth[e]!,
    against: (e) => at(first.x[e]!),
    bar: (e) => first.bar[e]!,
    right: 0,
  });
  return multiple !== null;
}

/** Parameters of one size make x, its sign and a constant the same: they must differ to tell. */
function isTold({ entries }: Scope, kind: DiagnosisKind): boolean {
  if (!hasPlaces(entries.index)) return false;
  if (kind === 'constant-offset') return true;
  return hasPlaces(entries.x) && [1, -1].every((s) => entries.x.some((x) => x * s > 0));
}

/** Whether so many of the values differ. */
function hasPlaces(values: Float64Array | Int32Array): boolean {
  const seen = new Set<number>();
  for (const value of values) {
    seen.add(value);
    if (seen.size >= PLACES) return true;
  }
  return false;
}
