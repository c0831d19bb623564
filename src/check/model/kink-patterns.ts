import type { Kink } from '../undecided-units.ts';
import { basePoint } from './base-point.ts';
import { contract, type DifferencedGradient } from './contract.ts';
import type { Oracle } from './oracle.ts';
import { sweep } from './sweep.ts';

/** Beyond this many undecided units the branch patterns, 2ⁿ of them, are not tried. */
export const MOST_KINKS = 6;

/**
 * The gradients of every other branch pattern that rounding leaves open, one after the other. Only
 * samples with an undecided unit are swept again.
 */
export function* otherPatterns({
  network,
  base,
  errors,
  deltas,
}: Oracle): Generator<DifferencedGradient> {
  const { kinks } = errors;
  if (kinks.length > MOST_KINKS) return;
  for (let chosen = 1; chosen < 2 ** kinks.length; chosen++) {
    const flips = kinks.filter((_kink, i) => chosen & (1 << i));
    const flipped = basePoint(network, flips);
    const samples = [...new Set(flips.map((kink) => sampleOf(kink, base.branches, network.rows)))];
    const swept = sweep(network, flipped, errors.sampleLoss, samples);
    const merged = swept.deltas.map(({ value, bar }, s) => {
      const all = { value: deltas[s]!.value.slice(), bar: deltas[s]!.bar.slice() };
      const { out } = network.stages[s]!;
      for (const n of samples) {
        all.value.set(value.subarray(n * out, (n + 1) * out), n * out);
        all.bar.set(bar.subarray(n * out, (n + 1) * out), n * out);
      }
      return all;
    });
    yield contract(network, base, merged);
  }
}

const sampleOf = (
  { layer, element }: Kink,
  branches: readonly (Uint8Array | null)[],
  rows: number,
): number => Math.floor(element / (branches[layer]!.length / rows));
