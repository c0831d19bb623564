import type { DiagnosisKind } from '../../../src/check/diagnosis/diagnosis.ts';
import type { Problem } from '../../../src/check/judge.ts';
import { checkModel } from '../../../src/check/model/check-model.ts';
import type { ModelCheck } from '../../../src/check/model/model-check.ts';
import type { Verdict } from '../../../src/check/verdict.ts';
import { type Beside, beside, shows, wrongSlots } from './gradients.ts';
import { kindHolds } from './kind-holds.ts';
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
  /** By what the gradient shows, a factor say, and that is so. */
  | 'described'
  /** Unrecognised, or which slots are wrong and no more. */
  | 'silent'
  /** By other names than its own of which one has another gradient, or by what is not so. */
  | 'wrongly';

export interface Attempt {
  readonly planted: readonly string[];
  readonly network: string;
  /** Whether it changes anything at this point: a mean over one sample is its sum. */
  readonly shows: boolean;
  readonly verdict: Verdict;
  readonly naming: Naming;
  /** How many typical mistakes it was named as: those that have the same gradient. */
  readonly names: number;
  /** Whether one of those has it at the points looked at only. */
  readonly loose: boolean;
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
    planted: planted.names,
    network: `${networkName(problem)}, seed ${seed}`,
    shows: shows(found),
    verdict: told.verdict,
    ...(await namingOf(found, planted, told, seed)),
    names: told.mistakes.length,
    layer: told.verdict === 'disagrees' ? told.firstWrongLayer === firstWrong(found) : null,
    kind: told.diagnosis?.kind ?? null,
    said: told.diagnosis?.message ?? '',
  };
}

async function namingOf(
  found: Beside,
  { names, method }: Planted,
  { mistakes, diagnosis }: ModelCheck,
  seed: number,
): Promise<Pick<Attempt, 'naming' | 'loose'>> {
  if (diagnosis === null) return { naming: 'silent', loose: false };
  const { kind, message } = diagnosis;
  if (mistakes.length === 0) {
    const silent = kind === 'unrecognised' || kind === 'only-some-slots';
    const isSo = kindHolds(kind, message, found) !== false;
    return { naming: !isSo ? 'wrongly' : silent ? 'silent' : 'described', loose: false };
  }
  const whole = [names.join(' + '), [...names].reverse().join(' + ')];
  const own = [...whole, ...names];
  let loose = false;
  for (const name of mistakes) {
    loose ||= !(own.includes(name) || (await isSameGradient(found.problem, name, method, seed)));
  }
  if (mistakes.some((name) => whole.includes(name))) return { naming: 'named', loose };
  if (mistakes.some((name) => own.includes(name))) return { naming: 'in part', loose };
  return { naming: loose ? 'wrongly' : 'alike', loose };
}

/** The layer nearest the loss with a wrong slot: `fc2`. */
function firstWrong(found: Beside): string | null {
  const last = wrongSlots(found).at(-1);
  return last ? last.name.slice(0, last.name.lastIndexOf('.')) : null;
}
