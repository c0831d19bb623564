import { type Holding, holdAgainstDifferences } from '../../src/gradients/exact/hold.ts';
import type { Case } from '../agreement/problems.ts';

/** The exact reference of one problem held against differences, which rest on no derivative rule. */
export interface Proof {
  readonly case: Case;
  readonly rows: number;
  /** Derivatives by parameters and inputs, over all `rows`. */
  readonly derivatives: number;
  readonly holding: Holding;
}

export interface ProofOptions {
  readonly rows: number;
  /** Networks of at most so many parameters and inputs are compared in all of them, */
  readonly small: number;
  /** others in so many, drawn at random a row. */
  readonly sample: number;
  readonly seed: number;
}

export async function prove(c: Case, { rows, small, sample, seed }: ProofOptions): Promise<Proof> {
  const { model, params, batch } = c.problem;
  const size = model.layout.size + model.inputs;
  const variables = size > small ? sample : size;
  const holding = await holdAgainstDifferences(model, params, batch, { rows, variables, seed });
  return { case: c, rows, derivatives: rows * size, holding };
}

/** The reference settles 30 digits; a proof of fewer would not carry it. */
export const NEEDED_DIGITS = 30;

/** Whether derivatives were compared, and all of them agreed to the digits needed. */
export const isProven = ({ holding }: Proof): boolean =>
  holding.kind === 'held' && holding.digits >= NEEDED_DIGITS;

/** Digits to which the worst derivative of all agrees; 0 where one is contradicted, or none has digits. */
export const provenDigits = (proofs: readonly Proof[]): number =>
  Math.min(...proofs.map(({ holding }) => (holding.kind === 'held' ? holding.digits : 0)));
