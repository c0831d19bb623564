import { RTOL } from '../../../src/check/resolution.ts';
import { random } from '../../../src/numeric/random.ts';
import type { CaseSpec } from './case-spec.ts';
import { domain, edge, poles } from './families/domains.ts';
import {
  cancelledKinks,
  kinked,
  nearKink,
  nearTip,
  tiedMaximum,
  tiedMixes,
  tiedUnits,
} from './families/kinks.ts';
import {
  float32Networks,
  large,
  largeFloat32,
  networks,
  tiedNetworks,
} from './families/networks.ts';
import {
  float32,
  float32Offset,
  quantised,
  quantisedAway,
  storedAsFloat32,
} from './families/precision.ts';
import { huge, offset, saturated, scaled, steep, tiny } from './families/scales.ts';
import { minimum, smooth, stationary, unused, valley } from './families/smooth.ts';
import { classifiers, layers, softmaxes } from './families/vectors.ts';
import type { Family } from './family.ts';

/** Right cases by kind, in the order of the page. A new one goes last: the others' draws stay. */
export const families: readonly Family[] = [
  smooth,
  unused,
  minimum,
  stationary,
  valley,
  scaled,
  offset,
  steep,
  saturated,
  huge,
  tiny,
  poles,
  domain,
  edge,
  kinked,
  nearKink,
  tiedUnits,
  tiedMixes,
  tiedMaximum,
  cancelledKinks,
  nearTip,
  quantised,
  quantisedAway,
  storedAsFloat32,
  float32,
  float32Offset,
  softmaxes,
  layers,
  classifiers,
  networks,
  float32Networks,
  large,
  largeFloat32,
  tiedNetworks,
];

/** One of its right cases: the same seed and index give the same, alone or among others. */
export function rightCase(family: Family, index: number, seed: number): CaseSpec {
  const source = random(seed).fork(families.indexOf(family)).fork(index);
  const drawn = family.draw(source);
  const dtype = drawn.dtype ?? 'float64';
  return { id: `${family.name}/${index}`, rtol: RTOL[dtype], ...drawn, dtype, expected: 'agrees' };
}

/** How many cases of each family make up at least `count` in all. */
export function shares(
  count: number,
): readonly { readonly family: Family; readonly cases: number }[] {
  const weights = families.map(({ weight = 1 }) => weight);
  const all = weights.reduce((sum, w) => sum + w, 0);
  return families.map((family, k) => ({
    family,
    cases: Math.ceil((count * weights[k]!) / all),
  }));
}
