import { ladder } from '../../numeric/ladder.ts';
import type { Random } from '../../numeric/random.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Note, Verdict } from '../verdict.ts';
import { FULL_ENTRIES, type Settings } from './check-options.ts';
import { checkDirections, type FastCheck } from './fast-check.ts';
import { checkEntries } from './full-check.ts';
import type { Fault, Guard } from './guard.ts';
import { isSinglePrecision } from './imprecision.ts';
import type { Judged } from './judged.ts';
import { entryLine, firstStepOn } from './line.ts';
import { noiseOn } from './noise-on.ts';
import { isQuantised } from './quantised.ts';
import { repeatability } from './repeatability.ts';
import { reviewCorners } from './review-corners.ts';
import { brokenAt, type Site, siteAt } from './site.ts';
import type { SlotFinding } from './slot-directions.ts';
import type { Subject } from './subject.ts';

/** What was found at one point. */
export interface Examined {
  readonly kind: 'examined';
  readonly site: Site;
  readonly mode: 'full' | 'fast';
  readonly judged: readonly Judged[];
  /** Of fast mode. */
  readonly slots: readonly SlotFinding[];
  /** Most entries of some slot are wrong. */
  readonly dense: boolean;
  readonly notes: readonly Note[];
}

/** Nothing could be judged. */
export interface Refused {
  readonly kind: 'refused';
  readonly verdict: Verdict;
  readonly error: string;
  readonly diagnosis: Diagnosis | null;
  readonly notes: readonly Note[];
}

/** Calls that must agree before anything but `agrees` is said: some randomness is rare. */
const DOUBTFUL_CALLS = 8;

/** The case at one of its points. */
export function examine(
  subject: Subject,
  guard: Guard,
  point: number,
  settings: Settings,
  random: Random,
): Examined | Refused {
  const x = subject.points[point]!;
  const start = guard.value(x);
  if (start.kind === 'fault') return broken(start);
  const bad = start.values.findIndex((v) => !Number.isFinite(v));
  if (bad >= 0) {
    const what = subject.vector ? `output ${bad} of f` : 'f itself';
    const error = `${what} is ${start.values[bad]} at point ${point}: no gradient to check`;
    return refusal('not-finite', error);
  }
  const cotangent = subject.vector ? start.values.map(() => random.normal()) : null;
  const repeated = repeatability(guard, subject, x, cotangent);
  if (repeated.kind === 'fault') return broken(repeated);
  if (repeated.kind === 'not-deterministic') {
    return refusal(repeated.kind, repeated.error, repeated.diagnosis);
  }
  const site = siteAt(subject, guard, point, x, random);
  if ('kind' in site) return broken(site);

  const small = subject.layout.size <= FULL_ENTRIES;
  const mode = settings.mode === 'auto' ? (small ? 'full' : 'fast') : settings.mode;
  const { judged, slots, dense, cornersKnown } =
    mode === 'fast' ? checkDirections(site, settings, random) : everyEntry(site, settings);
  const fault = brokenAt(site);
  if (fault) return broken(fault);
  const reviewed = reviewCorners(site, judged, cornersKnown, random);
  const notes: Note[] = repeated.kind === 'varies' ? ['varies'] : [];
  if ([...reviewed, ...slots].some((j) => j.verdict !== 'agrees')) {
    const again = repeatability(guard, subject, x, cotangent, DOUBTFUL_CALLS);
    if (again.kind === 'fault') return broken(again);
    if (again.kind === 'not-deterministic') return refusal(again.kind, again.error);
  }
  if (staircase(site, judged)) {
    notes.push(subject.dtype === 'float64' && isSinglePrecision(site) ? 'float32' : 'quantised');
  }
  return { kind: 'examined', site, mode, judged: reviewed, slots, dense, notes };
}

/** Every entry in turn, as a search among directions would tell of them. */
function everyEntry(site: Site, settings: Settings): FastCheck {
  const judged = checkEntries(site, settings);
  const dense = site.subject.layout.slots.some(({ offset, size }) => {
    const own = judged.filter(({ index }) => index >= offset && index < offset + size);
    return 2 * own.filter(({ verdict }) => verdict !== 'agrees').length > own.length;
  });
  return { judged, slots: [], dense, cornersKnown: true };
}

const refusal = (verdict: Verdict, error: string, diagnosis: Diagnosis | null = null): Refused => ({
  kind: 'refused',
  verdict,
  error,
  diagnosis,
  notes: diagnosis?.kind === 'accumulates' ? ['accumulates'] : [],
});

const broken = ({ verdict, error }: Fault): Refused => refusal(verdict, error);

/** Is f quantised? Looked at along the entry that should move it most. */
function staircase(site: Site, judged: readonly Judged[]): boolean {
  const { value, gradient } = site.claims[0]!;
  if (gradient.length === 0) return false;
  let index = 0;
  gradient.forEach((g, i) => {
    if (Number.isFinite(g) && !(Math.abs(g) <= Math.abs(gradient[index]!))) index = i;
  });
  const line = entryLine(site, index);
  const f = line.along(0);
  const { at, lower, upper, scale } = line;
  const { dtype } = site.subject;
  const known = judged.find((j) => j.claim === 0 && j.index === index)?.expected;
  const measured = (): number => {
    const noise = noiseOn(site, 0, line);
    const firstStep = firstStepOn(line);
    return ladder(f, at, { noise, value, lower, upper, dtype, firstStep }).derivative;
  };
  return isQuantised(f, at, { value, derivative: known ?? measured(), scale, dtype });
}
