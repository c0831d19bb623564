import type { Mistake } from '../../check/mistakes/mistake.ts';
import type { GradientMethod } from '../../gradients/method.ts';
import { methods } from '../../gradients/methods.ts';
import type { ExperimentContext } from '../experiment.ts';
import { moonsSetup } from '../moons-setup.ts';
import { type RateRuns, runsAtRate } from './at-rate.ts';
import { chosenMistakes } from './chosen.ts';
import { checkAt, type Found, ORACLES, type OracleName } from './gradient-check.ts';
import type { Seeds } from './start.ts';

const RATES = [0.2, 5] as const;
const EPOCHS = 1000;
/** Each mistake is trained for this many of the context's seeds. */
const COMPARED = 10;

/** What the checks say of one gradient, at the start of the page's own seed and then of the others. */
export type Checked = { readonly [O in OracleName]: readonly Found[] };

export interface Measured {
  readonly seeds: Seeds;
  readonly epochs: number;
  readonly mistakes: readonly Mistake[];
  readonly rates: readonly RateRuns[];
  /** One a mistake. */
  readonly checks: readonly Checked[];
  readonly checkOfRight: Checked;
}

export interface MeasureOptions {
  /** What the page has unless said; a test takes less. */
  readonly mistakes?: readonly Mistake[];
  readonly epochs?: number;
  /** Of the context's seeds, those that the mistakes are trained for; the others are the control. */
  readonly compared?: number;
}

/** Every training and every check of the page. */
export async function measure(
  { seed, seeds: all, progress }: Pick<ExperimentContext, 'seed' | 'seeds' | 'progress'>,
  { mistakes = chosenMistakes, epochs = EPOCHS, compared = COMPARED }: MeasureOptions = {},
): Promise<Measured> {
  const seeds: Seeds = {
    own: seed,
    compared: all.slice(0, compared),
    control: all.slice(compared),
  };
  const steps = RATES.length * (mistakes.length + 1) + 1;
  let begun = 0;
  const doing = (what: string): void => progress(begun++ / steps, what);
  const rates: RateRuns[] = [];
  for (const rate of RATES) {
    rates.push(await runsAtRate(rate, { seeds, mistakes, epochs, doing }));
  }
  doing('gradient checks');
  const [checkOfRight, ...checks] = await checkAll(
    [methods['manual-fused'], ...mistakes.map(({ method }) => method({ learningRate: RATES[0] }))],
    seeds,
  );
  return { seeds, epochs, mistakes, rates, checks, checkOfRight: checkOfRight! };
}

/** One a method. */
async function checkAll(
  checked: readonly GradientMethod[],
  { own, compared }: Seeds,
): Promise<readonly Checked[]> {
  const by = async (oracle: OracleName): Promise<(readonly Found[])[]> => {
    const found: (readonly Found[])[] = [];
    for (const seed of new Set([own, ...compared])) {
      found.push(await checkAt(moonsSetup({ seed }), checked, oracle));
    }
    return found;
  };
  const [complexStep, finiteDifference] = [await by(ORACLES[0]), await by(ORACLES[1])];
  return checked.map((_, m) => ({
    [ORACLES[0]]: complexStep.map((found) => found[m]!),
    [ORACLES[1]]: finiteDifference.map((found) => found[m]!),
  }));
}
