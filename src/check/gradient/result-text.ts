import { sci, sig } from '../../report/format.ts';
import { wrapped } from '../../report/wrapped.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { counted } from '../diagnosis/wording.ts';
import type { Verdict } from '../verdict.ts';
import type { CheckResult, EntryFinding } from './check-result.ts';
import { digitsApart, entryTable, seenText } from './result-text-entries.ts';
import { NOTE_WORDS, VERDICT_WORDS } from './result-text-words.ts';
import type { TaylorOpinion } from './taylor.ts';

export interface ResultTextOptions {
  /** Of the check, so that it can be seen again; not told unless given. */
  readonly seed?: number;
  /** The longest a line may be where names allow; 80 unless said. */
  readonly columns?: number;
}

/**
 * What a check found, for a person: plain lines that fit one screen. The first has the verdict; of a
 * right gradient only notes follow.
 */
export function resultText(result: CheckResult, options: ResultTextOptions = {}): string {
  const { name, verdict } = result;
  const heading =
    verdict === 'agrees'
      ? `${name}: agrees; ${agreementText(result)}; ${callsText(result.evaluations)}`
      : `${name}: ${VERDICT_WORDS[verdict]} (${verdict})`;
  return [heading, ...resultDetails(result, options)].join('\n');
}

/** The lines below the first. */
export function resultDetails(result: CheckResult, options: ResultTextOptions = {}): string[] {
  const { verdict, diagnosis, wrongEntries, worst, error, notes, taylor } = result;
  const { seed, columns = 80 } = options;
  // The diagnosis of the same name says it with figures.
  const told = notes.filter((note) => note !== diagnosis?.kind);
  const said = told.map((note) => `Note, ${note}: ${NOTE_WORDS[note]}.`);
  const lines = (parts: readonly string[]): string[] => parts.flatMap((p) => wrapped(p, columns));
  if (verdict === 'agrees') return lines(said);
  const before = lines([
    ...(diagnosis ? [diagnosisText(diagnosis)] : []),
    ...(error && diagnosis?.kind !== 'accumulates' ? [sentence(error)] : []),
    ...(worst ? [worstText(worst, verdict)] : []),
    ...(verdict === 'unresolved' ? [wayOut(result)] : []),
  ]);
  const after = lines([
    // At a corner neither order is to be expected.
    ...(taylor && !notes.includes('kink') ? [taylorText(taylor)] : []),
    ...said,
    ...effort(result, seed),
  ]);
  if (wrongEntries.length < 2) return [...before, ...after];
  const room = SCREEN - before.length - after.length;
  return [...before, '', ...entryTable(worstFirst(wrongEntries, worst), room), '', ...after];
}

/** Lines of a terminal, less the heading, two empty lines, and the prompt. */
const SCREEN = 24 - 4;

const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);

/** What would not have been missed: `an error of 3.5e-12 would show (1.2e-12 of ‖g‖)`. */
export function agreementText({ caught, bound }: CheckResult): string {
  if (!caught) return VERDICT_WORDS.agrees;
  const { absolute, relative } = caught;
  if (absolute === 0) return 'any error would show';
  const share = Number.isFinite(relative) ? ` (${sig(relative)} of ‖g‖)` : '';
  return bound
    ? `off by ${sig(bound.norm)} at most${share}, ${Number((100 * bound.confidence).toPrecision(4))} % sure`
    : `an error of ${sig(absolute)} would show${share}`;
}

/** From here on figures would only be in the way. */
const SURE = 0.999;

function diagnosisText({ kind, message, confidence }: Diagnosis): string {
  if (kind === 'unrecognised') return `The mistake is not recognised. Known: ${message}.`;
  const trust = confidence >= SURE ? 'sure' : `${Math.floor(100 * confidence)} % sure`;
  return `${message} (${kind}, ${trust}).`;
}

function worstText(worst: EntryFinding, verdict: Verdict): string {
  const label = verdict === 'disagrees' ? 'Worst: ' : '';
  const { got, expected } = digitsApart(worst.got, worst.expected);
  const where = worst.point > 0 ? ` at point ${worst.point}` : '';
  const corner = worst.left === undefined ? '' : ', left to right of a corner';
  return `${label}${worst.entry}${where}: got ${got}, differences give ${seenText(worst, expected)}${corner}.`;
}

const worstFirst = (
  wrong: readonly EntryFinding[],
  worst: EntryFinding | null,
): readonly EntryFinding[] =>
  worst ? [worst, ...wrong.filter(({ index }) => index !== worst.index)] : wrong;

function taylorText({ order, says }: TaylorOpinion): string {
  if (order === null) {
    return says === 'right'
      ? 'Taylor test: nothing stands out of the rounding of f, as with a right gradient.'
      : 'Taylor test: too little stands out of the rounding of f to tell.';
  }
  return `Taylor test: the remainder falls like h^${order.toFixed(1)}; h^3 is right, h^1 wrong.`;
}

/** What would help to judge it. */
function wayOut({ notes, worst }: CheckResult): string {
  const hidden = notes.includes('quantised')
    ? 'let f compute with all its digits'
    : notes.includes('kink')
      ? 'move the point away from the corner of f'
      : 'let f lose fewer digits (cancellation, float32, randomness), or take another point';
  const size = worst ? Math.max(Math.abs(worst.got), Math.abs(worst.expected)) : 0;
  const share = worst && size > 0 ? worst.uncertainty / size : Infinity;
  // Half the value is no derivative any more.
  const lenient = share < 0.25 ? `, or ask for less: rtol ${sci(2 * share)}` : '';
  return `Differences neither confirm nor refute it. What would help: ${hidden}${lenient}.`;
}

function effort({ evaluations, mode }: CheckResult, seed: number | undefined): string[] {
  if (mode === null) return seed === undefined ? [] : [`Seed ${seed}.`];
  const how = { full: 'every entry by itself', fast: 'random directions in each slot' }[mode];
  const again = seed === undefined ? '' : `; seed ${seed}`;
  return [`${callsText(evaluations)}, ${how}${again}.`];
}

const callsText = (calls: number): string => counted(calls, 'call of f', 'calls of f');
