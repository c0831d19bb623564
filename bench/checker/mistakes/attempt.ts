import type { Diagnosis, DiagnosisKind } from '../../../src/check/diagnosis/diagnosis.ts';
import type { CheckResult } from '../../../src/check/gradient/check-result.ts';
import type { Problem } from '../../../src/check/judge.ts';
import { checkModel } from '../../../src/check/model/check-model.ts';
import type { ModelCheck } from '../../../src/check/model/model-check.ts';
import type { Verdict } from '../../../src/check/verdict.ts';
import { type Beside, beside, shows, wrongSlots } from './gradients.ts';
import { isSo } from './is-so.ts';
import { networkName } from './networks.ts';
import type { Planted } from './planted.ts';
import { isSameGradient } from './same-gradient.ts';

export type Naming =
  /** By its own name, alone or with others that have the same gradient; of a pair both. */
  | 'named'
  /** Of a pair one, which is there. */
  | 'in part'
  /** By another name with the same gradient. */
  | 'alike'
  /** By what the gradient shows, a factor say, and that is so, every clause and figure of it. */
  | 'described'
  /** By what the gradient shows, in words that nobody here can hold against it. */
  | 'not judged'
  /** Unrecognised, or which slots are wrong and no more. */
  | 'silent'
  /** By a name, beside its own or alone, that has another gradient, or by what is not so. */
  | 'wrongly';

export interface Attempt {
  readonly planted: readonly string[];
  readonly network: string;
  /** Whether it changes anything at this point: a mean over one sample is its sum. */
  readonly shows: boolean;
  readonly verdict: Verdict;
  readonly naming: Naming;
  /** What it was named as: typical mistakes that have the same gradient. */
  readonly names: readonly string[];
  /** Whether the layer that breaks first is the one told; null where there is none to tell. */
  readonly layer: boolean | null;
  readonly kind: DiagnosisKind | null;
  /** What was said, for whoever looks into it. */
  readonly said: string;
}

/** Verdicts that speak against a gradient. */
const AGAINST: readonly Verdict[] = [
  'disagrees',
  'not-finite',
  'not-deterministic',
  'mutates-input',
];

export const isCaught = ({ verdict }: Pick<Attempt, 'verdict'>): boolean =>
  AGAINST.includes(verdict);

/** `checkModel` on a network whose gradient has something planted. */
export async function attempt(problem: Problem, planted: Planted, seed: number): Promise<Attempt> {
  const found = await beside(problem, planted.method());
  const { model, params, batch } = problem;
  const told = await checkModel(model, params, batch, planted.method(), { seed });
  return {
    ...outcomeOf(found, planted, told, seed),
    naming: await namingOf(found, planted, told, seed),
    names: told.mistakes,
    layer: told.verdict === 'disagrees' ? told.firstWrongLayer === firstWrong(found) : null,
  };
}

/** What is told of every attempt, whoever checked. */
export const outcomeOf = (
  found: Beside,
  { names }: Planted,
  { verdict, diagnosis }: CheckResult,
  seed: number,
): Omit<Attempt, 'naming' | 'names' | 'layer'> => ({
  planted: names,
  network: `${networkName(found.problem)}, seed ${seed}`,
  shows: shows(found),
  verdict,
  kind: diagnosis?.kind ?? null,
  said: diagnosis?.message ?? '',
});

/** How a mistake was named, every name that was given held against its gradient. */
export async function namingOf(
  found: Beside,
  { names, method }: Planted,
  { mistakes, diagnosis, verdict }: Pick<ModelCheck, 'mistakes' | 'diagnosis' | 'verdict'>,
  seed: number,
): Promise<Naming> {
  if (mistakes.length === 0) return saidOf(found, diagnosis);
  const whole = [names.join(' + '), [...names].reverse().join(' + ')];
  // Where the verdict tells of the one that changes from call to call, the name is the other's alone.
  const own = verdict === 'disagrees' ? whole : [...whole, ...names];
  for (const name of mistakes) {
    // Anything but what was planted must have its gradient elsewhere too.
    if (own.includes(name)) continue;
    if (!(await isSameGradient(found.problem, name, method, seed))) return 'wrongly';
  }
  if (mistakes.some((name) => whole.includes(name))) return 'named';
  return mistakes.some((name) => names.includes(name)) ? 'in part' : 'alike';
}

/** What a diagnosis without a name is worth. */
export function saidOf(found: Beside, diagnosis: Diagnosis | null): Naming {
  if (diagnosis === null) return 'silent';
  const { kind, message } = diagnosis;
  const so = isSo(kind, message, found);
  if (so === false) return 'wrongly';
  if (kind === 'unrecognised' || kind === 'only-some-slots') return 'silent';
  return so === null ? 'not judged' : 'described';
}

/** The layer nearest the loss with a wrong slot: `fc2`. */
function firstWrong(found: Beside): string | null {
  const last = wrongSlots(found).at(-1);
  return last ? last.name.slice(0, last.name.lastIndexOf('.')) : null;
}
