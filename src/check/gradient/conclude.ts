import type { Random } from '../../numeric/random.ts';
import { entryName, type Layout } from '../../params/layout.ts';
import { sci } from '../../report/format.ts';
import type { Note, Verdict } from '../verdict.ts';
import { boundOf, caughtOf } from './certainty.ts';
import type { Settings } from './check-options.ts';
import type { CheckResult, EntryFinding } from './check-result.ts';
import { edgeText } from './domain-edge.ts';
import type { Examined, Refused } from './examine.ts';
import { explain } from './explain.ts';
import type { Guard } from './guard.ts';
import { type Judged, severity, worstOf } from './judged.ts';
import { NOTHING_FOUND } from './nothing-found.ts';
import { digitsApart } from './result-text-entries.ts';
import { secondOpinion } from './second-opinion.ts';
import type { SlotFinding } from './slot-directions.ts';
import type { Subject } from './subject.ts';
import { isVertical } from './vertical-slope.ts';

/** The result of a case that could not be judged. */
export function refused(subject: Subject, guard: Guard, found: Refused): CheckResult {
  const { verdict, error, diagnosis, notes } = found;
  return {
    ...NOTHING_FOUND,
    name: subject.name,
    verdict,
    diagnosis,
    error,
    notes: [...notes, ...memoryNote(guard)],
    evaluations: guard.evaluations(),
  };
}

const memoryNote = (guard: Guard): Note[] => (guard.reusesOutput() ? ['reuses-output'] : []);

/** What all points together say. */
export function concluded(
  subject: Subject,
  guard: Guard,
  settings: Settings,
  examined: readonly Examined[],
  source: Random,
): CheckResult {
  const judged = examined.flatMap((e) => e.judged);
  const slots = examined.flatMap((e) => e.slots);
  const worst = worstOf(judged);
  const slot = worstSlot(slots);
  const verdict: Verdict = [worst?.verdict, slot?.verdict].reduce<Judged['verdict']>(
    (severest, v) => (v && severity(v) > severity(severest) ? v : severest),
    'agrees',
  );
  const decisive = examined.find(
    (e) => e.site.point === (worst?.verdict === verdict ? worst : slot)?.point,
  );
  const diagnosis =
    (verdict === 'disagrees' || verdict === 'not-finite') && decisive
      ? explain(decisive, examined, worst, source)
      : null;
  const taylor =
    (verdict === 'disagrees' || verdict === 'unresolved') && decisive
      ? secondOpinion(decisive.site, source)
      : null;
  const fast = examined[0]?.mode === 'fast';
  const bound = fast && verdict !== 'disagrees' ? boundOf(examined, settings) : null;
  const notes = new Set<Note>(examined.flatMap((e) => e.notes));
  if (judged.some((j) => j.sides) || slots.some((s) => s.seen.sides)) notes.add('kink');
  // What is unresolved says already that little shows here.
  if (verdict === 'agrees' && judged.every((j) => j.flat) && slots.every(isFlat)) notes.add('flat');
  for (const note of memoryNote(guard)) notes.add(note);
  const error = verdict === 'agrees' ? null : errorOf(subject, examined, verdict, worst, slot);
  return {
    name: subject.name,
    verdict,
    notes: [...notes],
    diagnosis,
    worst: worst && (worst.verdict === verdict || !slot) ? findingOf(subject.layout, worst) : null,
    wrongEntries: wrongOf(judged, settings).map((j) => findingOf(subject.layout, j)),
    bound,
    caught: verdict === 'agrees' ? caughtOf(examined, bound?.norm ?? null) : null,
    mode: examined[0]?.mode ?? null,
    taylor,
    evaluations: guard.evaluations(),
    error,
  };
}

function worstSlot(slots: readonly SlotFinding[]): SlotFinding | null {
  let worst: SlotFinding | null = null;
  for (const s of slots) {
    if (!worst || severity(s.verdict) > severity(worst.verdict)) worst = s;
  }
  return worst;
}

const isFlat = ({ claimed, seen }: SlotFinding): boolean =>
  !seen.sides &&
  Math.abs(seen.expected) <= seen.uncertainty &&
  Math.abs(claimed) <= seen.uncertainty + seen.tolerance;

function findingOf(layout: Layout, judged: Judged): EntryFinding {
  const { point, index, got, expected, uncertainty, sides } = judged;
  const slot = layout.slots.find((s) => index < s.offset + s.size)!;
  const entry = entryName(layout, index);
  return { point, slot: slot.name, entry, index, got, expected, uncertainty, ...sides };
}

/** The wrong ones, each entry once, as it stands worst. */
function wrongOf(judged: readonly Judged[], { maxWrong }: Settings): Judged[] {
  const once = new Map<number, Judged>();
  for (const j of judged) {
    if (severity(j.verdict) < severity('disagrees')) continue;
    const known = once.get(j.index);
    if (!known || worstOf([known, j]) === j) once.set(j.index, j);
  }
  return [...once.values()].slice(0, maxWrong);
}

/** What no entry shows: a direction that stands alone, or what f threw beside the point. */
function errorOf(
  { layout }: Subject,
  examined: readonly Examined[],
  verdict: Verdict,
  worst: Judged | null,
  slot: SlotFinding | null,
): string | null {
  if (verdict === 'unresolved') {
    const where = verticalAt(layout, worst, slot);
    if (where !== null) {
      return `f has no derivative ${where} here: its slope grows without bound as the step shrinks`;
    }
    const edge = edgeBeside(examined, worst, slot);
    if (edge) return edge;
  }
  const thrown = examined.flatMap((e) => e.site.faults)[0];
  if (thrown) return `at a probe beside the point, ${thrown.error}`;
  if (!slot || slot.verdict !== verdict || worst?.verdict === verdict) return null;
  if (slot.why) return slot.why;
  const { claimed, seen, group } = slot;
  const where = `${layout.slots[group.slot]!.name}, along a random direction`;
  const { got, expected } = digitsApart(claimed, seen.expected);
  const gave = Number.isNaN(seen.expected) ? 'no number' : `${expected} ± ${sci(seen.uncertainty)}`;
  const says = `the gradient gives ${got}, differences ${gave}`;
  return verdict === 'disagrees'
    ? `${where}: ${says}; no single entry stands out`
    : `${where}: ${says}`;
}

/** Along what f's slope grows without bound; null if along nothing that decides. */
function verticalAt(layout: Layout, worst: Judged | null, slot: SlotFinding | null): string | null {
  if (worst && isVertical(worst)) return `by ${entryName(layout, worst.index)}`;
  return slot && isVertical(slot.seen) ? `in ${layout.slots[slot.group.slot]!.name}` : null;
}

/** Where no difference gave a number: what f does there. */
function edgeBeside(
  examined: readonly Examined[],
  worst: Judged | null,
  slot: SlotFinding | null,
): string | null {
  const blank = [worst, slot?.seen].find((seen) => seen && Number.isNaN(seen.expected));
  const point = blank && blank === worst ? worst.point : slot?.point;
  const site = examined.find((e) => e.site.point === point)?.site;
  if (!blank || !site) return null;
  return edgeText(site, blank === worst ? [worst.index] : Array.from(site.x.keys()));
}
