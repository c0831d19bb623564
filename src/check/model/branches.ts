import { layerLineOf } from '../layer-lines.ts';
import type { Step } from './network.ts';

/**
 * Which branch each input of a kinked activation takes, by the model's layers: 1 above 0, 0 at 0 and
 * below, row-major [rows, features]; null where a layer has no kink. Differences are taken of the
 * network with these branches held: where no input is exactly 0 it is the network itself in a
 * neighbourhood, so it has the same derivative, and a kink nearby needs no smaller step.
 */
export type Branches = (Uint8Array | null)[];

/** Whether the derivative of this layer jumps at 0. */
export const isKinked = ({ spec }: Step): boolean => layerLineOf(spec.kind).kinked(spec as never); // one kind, both sides

/** The branches that these inputs take; those at `flips` take the other one. */
export function branchesAt(z: Float64Array, flips: readonly number[]): Uint8Array {
  const above = new Uint8Array(z.length);
  for (let i = 0; i < z.length; i++) above[i] = z[i]! > 0 ? 1 : 0;
  for (const element of flips) above[element]! ^= 1;
  return above;
}
