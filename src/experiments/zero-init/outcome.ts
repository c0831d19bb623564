import type { Split } from '../../training/moons-split.ts';
import type { History } from '../../training/runner.ts';
import { type ClassBalance, classBalance } from './balance.ts';
import type { Twins } from './twins.ts';

/** The dev set after so many updates. */
export interface Checkpoint {
  readonly epochs: number;
  readonly score: number;
  readonly loss: number;
}

/** One training from one start. */
export interface StartOutcome {
  /** Of the training set. */
  readonly balance: ClassBalance;
  /** After as many of 5, 200, 1,000 and 2,000 updates as there were. */
  readonly dev: readonly Checkpoint[];
  /** Training set after 200 updates. */
  readonly trainLoss: number;
  readonly trainScore: number;
  /** First epoch at which the training set is not all given one class; ∞ where there is none. */
  readonly decides: number;
  readonly twins: Twins;
}

/** The material runs 5. */
export const CHECKPOINTS: readonly number[] = [5, 200, 1000, 2000];
const EARLY = 200;

export function startOutcome(history: History, { train }: Split, twins: Twins): StartOutcome {
  const balance = classBalance(train);
  // Of one class for all comes exactly that class's share of the rows.
  const shares = [balance.zeros, balance.ones].map((rows) => rows / train.inputs.rows);
  const decides = history.trainScore.findIndex((score) => !shares.includes(score));
  return {
    balance,
    dev: CHECKPOINTS.filter((epochs) => epochs <= history.devScore.length).map((epochs) => ({
      epochs,
      score: history.devScore[epochs - 1]!,
      loss: history.devLoss[epochs - 1]!,
    })),
    trainLoss: history.trainLoss[EARLY]!,
    trainScore: history.trainScore[EARLY]!,
    decides: decides < 0 ? Number.POSITIVE_INFINITY : decides,
    twins,
  };
}

/** The dev set after so many updates; the training must have had as many. */
export const after = ({ dev }: StartOutcome, epochs: number): Checkpoint => {
  const found = dev.find((checkpoint) => checkpoint.epochs === epochs);
  if (!found) throw new RangeError(`after ${epochs} epochs: there is ${dev.map((c) => c.epochs)}`);
  return found;
};

/** A dev score that looks like guessing. */
export const looksLikeGuessing = (outcome: StartOutcome, epochs: number): boolean => {
  const { score } = after(outcome, epochs);
  return score >= 0.4 && score <= 0.6;
};

/** Whether dev has at least 99 % after 1,000 epochs. */
export const reaches = (outcome: StartOutcome): boolean => after(outcome, 1000).score >= 0.99;

/** Whether both classes have as many points: then the zero start is stationary. */
export const isEven = ({ balance: { zeros, ones } }: StartOutcome): boolean => zeros === ones;
