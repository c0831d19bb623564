import type { GradientMethod } from '../../gradients/method.ts';
import { random } from '../../numeric/random.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Observation } from '../diagnosis/evidence.ts';
import { allowed } from '../noisy.ts';
import { answerOf } from './answer-of.ts';
import { type KnownMistake, knownMistakes } from './bank.ts';
import { type BankPoint, bankPoint, type Calls } from './bank-point.ts';
import { bothSidedPoint, primeRows } from './generic-points.ts';
import type { ModelCheck } from './model-check.ts';
import { type Oracle, oracleOf } from './oracle.ts';

/** What is wrong with a method, and the typical mistakes that are it. */
export interface ToldMistake {
  readonly diagnosis: Diagnosis | null;
  readonly mistakes: readonly string[];
}

/** Points besides the given one at which a mistake must be the same. */
const OTHERS = 2;
/** Fitting entry by entry at three points; a name from the given point alone may be its accident. */
const SURE = 0.99;
const LIKELY = 0.9;

/**
 * Names a wrong method's mistake: the bank first, entry by entry at the given point and at two others;
 * else what the wrong gradients show by themselves.
 */
export async function diagnoseModel(
  method: GradientMethod,
  oracle: Oracle,
  student: Calls,
  found: ModelCheck,
  options: { readonly seed: number; readonly learningRate?: number },
): Promise<ToldMistake> {
  const { network } = oracle;
  const chosen = random(options.seed).fork(1);
  const points: BankPoint[] = [bankPoint(oracle, student)];
  for (let k = 0; k < OTHERS; k++) {
    const other = bothSidedPoint(network.problem, primeRows(network.problem), chosen);
    const answer = await answerOf(method, other);
    // A method of recorded values, say, has none elsewhere.
    if (answer.kind === 'answered') points.push(bankPoint(oracleOf(other, options.seed), answer));
  }
  const { learningRate } = options;
  const rate = learningRate === undefined ? {} : { learningRate };
  const known = await knownMistakes(points, network.stages, rate);
  if (known.length > 0) {
    return {
      diagnosis: knownDiagnosis(known, points.length > 1 ? SURE : LIKELY),
      mistakes: known.map(nameOf),
    };
  }
  return { diagnosis: await shown(method, oracle, student, found, options.seed), mistakes: [] };
}

const nameOf = ({ mistakes }: KnownMistake): string => mistakes.map((m) => m.name).join(' + ');

function knownDiagnosis(known: readonly KnownMistake[], confidence: number): Diagnosis {
  const [first, ...rest] = known as [KnownMistake, ...KnownMistake[]];
  const says = first.mistakes.map((m) => `${m.says} ${m.formula} (${m.name})`);
  const where = first.layers ? `In ${first.layers.join(', ')}: ` : '';
  const two = says.length > 1 ? 'Two mistakes at once. ' : '';
  const alike = rest.length > 0 ? `. The same gradient here: ${rest.map(nameOf).join(', ')}` : '';
  const kind = nameOf(first) === 'accumulates' ? 'accumulates' : 'known-mistake';
  return { kind, message: `${two}${where}${says.join('; and: ')}${alike}`, confidence };
}

/** Without a typical mistake: the ratios and structures of the gradients alone. */
async function shown(
  method: GradientMethod,
  oracle: Oracle,
  student: Calls,
  { verdict, notes }: ModelCheck,
  seed: number,
): Promise<Diagnosis | null> {
  if (notes.includes('accumulates')) {
    const message = 'The second call gives twice the first: gradients are added, never set back.';
    return { kind: 'accumulates', message, confidence: SURE };
  }
  if (verdict !== 'disagrees' && verdict !== 'not-finite') return null;
  const { network } = oracle;
  const { problem } = network;
  const chosen = random(seed).fork(2);
  const observations = [observation(oracle, student)];
  for (let k = 0; k < OTHERS; k++) {
    // Of the same size, as factors name it.
    const other = bothSidedPoint(problem, network.rows, chosen);
    const answer = await answerOf(method, other);
    if (answer.kind === 'answered') observations.push(observation(oracleOf(other, seed), answer));
  }
  const factors: Record<string, number> = { N: network.rows };
  if (problem.model.outputs > 1) factors.C = problem.model.outputs;
  return diagnose({ layout: problem.model.layout, observations, factors });
}

const observation = ({ network, gradient, errors }: Oracle, { first }: Calls): Observation => ({
  x: Float64Array.from(network.problem.params.values),
  got: Float64Array.from(first.grads),
  expected: gradient.value,
  uncertainty: gradient.bar.map((bar, i) => bar + allowed(Math.sqrt(errors.grads[i]!))),
  cotangent: null,
});
