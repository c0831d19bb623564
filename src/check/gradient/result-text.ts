import { sci, sig } from '../../report/format.ts';
import { wrapped } from '../../report/wrapped.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { counted, PERHAPS } from '../diagnosis/wording.ts';
import type { Verdict } from '../verdict.ts';
import type { CheckResult, EntryFinding } from './check-result.ts';
import { digitsApart, entryTable, seenText, slopesText } from './result-text-entries.ts';
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

/** A name such as f or fc1.weight keeps its small letter. */
const sentence = (text: string): string => {
  const start = text.replace(
    /^(at|below|above) /,
    (word) => word[0]!.toUpperCase() + word.slice(1),
  );
  return /[.?!]$/.test(start) ? start : `${start}.`;
};

/** What would not have been missed: `an error of 3.5e-12 would show (1.2e-12 of ‖g‖)`. */
export function agreementText({ caught, bound, notes }: CheckResult): string {
  if (!caught) return VERDICT_WORDS.agrees;
  const { absolute, relative } = caught;
  if (absolute === 0) return notes.includes('flat') ? 'f is flat here' : 'any error would show';
  const share = Number.isFinite(relative) ? ` (${sig(relative)} of ‖g‖)` : '';
  return bound
    ? `off by ${sig(bound.norm)} at most${share}, ${Number((100 * bound.confidence).toPrecision(4))} % sure`
    : `an error of ${sig(absolute)} would show${share}`;
}

/** From here on figures would only be in the way. */
const SURE = 0.999;

function diagnosisText({ kind, message, confidence }: Diagnosis): string {
  if (kind === 'unrecognised') return `No known mistake fits. Seen: ${message}.`;
  const trust = confidence >= SURE ? 'sure' : `${Math.floor(100 * confidence)} % sure`;
  const [seen, ...guess] = message.split(PERHAPS);
  return `${[`${seen} (${kind}, ${trust})`, ...guess].join(PERHAPS)}.`;
}

function worstText(worst: EntryFinding, verdict: Verdict): string {
  const label = verdict === 'disagrees' ? 'Worst: ' : '';
  const { got, expected } = digitsApart(worst.got, worst.expected);
  const where = worst.point > 0 ? ` at point ${worst.point}` : '';
  const slopes = slopesText(worst);
  const gave = Number.isFinite(worst.expected)
    ? seenText(worst, expected)
    : Number.isNaN(worst.expected)
      ? 'no number'
      : expected;
  const seen =
    slopes === null
      ? `differences give ${gave}`
      : verdict === 'disagrees'
        ? `nearest right ${expected}, slopes beside the corner ${slopes}`
        : `slopes beside the corner ${slopes}`;
  return `${label}${worst.entry}${where}: got ${got}, ${seen}.`;
}

const worstFirst = (
  wrong: readonly EntryFinding[],
  worst: EntryFinding | null,
): readonly EntryFinding[] =>
  worst ? [worst, ...wrong.filter(({ index }) => index !== worst.index)] : wrong;

/** That nothing stands out is no support: on a staircase nothing does. */
function taylorText({ order }: TaylorOpinion): string {
  if (order === null) return 'Taylor test: too little stands out of the rounding of f to tell.';
  return `Taylor test: the remainder falls like h^${order.toFixed(1)}; h^3 is right, h^1 wrong.`;
}

/** What would help to judge it. */
function wayOut({ notes, worst }: CheckResult): string {
  const single = notes.includes('float32');
  const hidden = single
    ? "say dtype: 'float32', every value of f is such a number"
    : notes.includes('quantised')
      ? 'let f compute with all its digits'
      : notes.includes('kink')
        ? 'move the point away from the corner of f'
        : worst !== null && Math.abs(worst.expected) === Infinity
          ? 'take another point'
          : worst === null || Number.isNaN(worst.expected)
            ? 'tell where f ends by lower and upper, let it lose fewer digits, or take another point'
            : 'let f lose fewer digits (cancellation, float32, randomness), or take another point';
  const size = worst ? Math.max(Math.abs(worst.got), Math.abs(worst.expected)) : 0;
  const share = worst && size > 0 && size < Infinity ? worst.uncertainty / size : Infinity;
  // Half the value is no derivative any more, of a corner the bar hides nothing, and of what is said to
  // be float32 less is asked anyway.
  const lenient =
    share < 0.25 && !single && worst?.left === undefined
      ? `, or ask for less: rtol ${sci(2 * share)}`
      : '';
  return `Differences neither confirm nor refute it. What would help: ${hidden}${lenient}.`;
}

function effort({ evaluations, mode }: CheckResult, seed: number | undefined): string[] {
  if (mode === null) return seed === undefined ? [] : [`Seed ${seed}.`];
  const how = { full: 'every entry by itself', fast: 'random directions in each slot' }[mode];
  const again = seed === undefined ? '' : `; seed ${seed}`;
  return [`${callsText(evaluations)}, ${how}${again}.`];
}

const callsText = (calls: number): string => counted(calls, 'call of f', 'calls of f');
