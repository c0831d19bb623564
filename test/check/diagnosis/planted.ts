import type { Evidence, Observation } from '../../../src/check/diagnosis/evidence.ts';
import { type Random, random } from '../../../src/numeric/random.ts';
import { type Layout, layoutOf, type Slot } from '../../../src/params/layout.ts';

/** Where a mistake is planted: the point, the truth there, and what it may know of them. */
export interface Site {
  readonly layout: Layout;
  readonly x: Float64Array;
  readonly truth: Float64Array;
  readonly cotangent: Float64Array | null;
  /** The observation's number. */
  readonly k: number;
  readonly slots: readonly Slot[];
}

/** Changes the gradient in place; it starts as the truth. */
export type Plant = (got: Float64Array, site: Site) => void;

export interface Setting {
  readonly seed: number;
  readonly layout: Layout;
  /** Points in all; 3 unless said. */
  readonly points?: number;
  /** Relative distance of the further points; 0.05 unless said. */
  readonly apart?: number;
  /** Relative error of `expected`, which the bar is three times as large as; 1e-9 unless said. */
  readonly precision?: number;
  /** Cotangents per point; a scalar f unless said. */
  readonly cotangents?: number;
  /** Share of entries that were not differenced; 0 unless said. */
  readonly unknown?: number;
  readonly factors?: Readonly<Record<string, number>>;
  /** Slots that the plant touches; all unless said. */
  readonly only?: (slot: Slot) => boolean;
}

/**
 * A random smooth gradient field seen at several points, with what a mistake makes of it. Parameters
 * are Gaussian; the field's entries have means of their own and move with x.
 */
export function planted(setting: Setting, plant: Plant): Evidence {
  const { seed, layout, points = 3, apart = 0.05, precision = 1e-9, cotangents = 0 } = setting;
  const rng = random(seed);
  const base = Float64Array.from({ length: layout.size }, () => rng.normal());
  const fields = Array.from({ length: Math.max(1, cotangents) }, () => fieldOf(rng, layout.size));
  const slots = layout.slots.filter(setting.only ?? (() => true));
  const observations: Observation[] = [];
  for (let p = 0; p < points; p++) {
    const x =
      p === 0 ? base : base.map((v) => v * (1 + apart * rng.normal()) + apart * rng.normal());
    for (let c = 0; c < Math.max(1, cotangents); c++) {
      // A vjp is linear in ȳ: a mixture of fields, with ȳ its weights.
      const cotangent =
        cotangents > 0 ? Float64Array.from({ length: cotangents }, () => rng.normal()) : null;
      const truth = new Float64Array(layout.size);
      for (const [f, field] of fields.entries()) {
        field(x).forEach((value, i) => {
          truth[i]! += (cotangent?.[f] ?? 1) * value;
        });
      }
      const got = truth.slice();
      plant(got, { layout, x, truth, cotangent, k: observations.length, slots });
      observations.push({
        x,
        got,
        cotangent,
        ...measured(rng, truth, precision, setting.unknown ?? 0),
      });
    }
  }
  return { layout, observations, factors: setting.factors ?? {} };
}

function measured(
  rng: Random,
  truth: Float64Array,
  precision: number,
  unknown: number,
): { readonly expected: Float64Array; readonly uncertainty: Float64Array } {
  const rms = Math.sqrt(truth.reduce((sum, v) => sum + v * v, 0) / truth.length);
  const size = truth.map((v) => precision * (Math.abs(v) + rms / 10));
  return {
    expected: truth.map((v, i) =>
      rng.uniform() < unknown ? Number.NaN : v + size[i]! * (2 * rng.uniform() - 1),
    ),
    uncertainty: size.map((v) => 3 * v),
  };
}

function fieldOf(rng: Random, size: number): (x: Float64Array) => Float64Array {
  const terms = Array.from({ length: size }, () => ({
    at: [rng.integer(size), rng.integer(size)] as const,
    mean: rng.normal(),
    amplitude: rng.normal(),
    phase: 2 * Math.PI * rng.uniform(),
  }));
  return (x) =>
    Float64Array.from(terms, ({ at: [i, j], mean, amplitude, phase }, own) => {
      return mean + amplitude * Math.sin(x[own]! + x[i]! - x[j]! + phase);
    });
}

/** Networks' layouts, square and not, one-wide and prime layers among them; or one flat slot. */
export function randomLayout(seed: number, widths: readonly number[] = WIDTHS): Layout {
  const rng = random(seed);
  const width = (): number => widths[rng.integer(widths.length)]!;
  if (rng.uniform() < 0.2) return layoutOf([{ name: 'x', shape: [5 + rng.integer(40)] }]);
  return networkLayout(Array.from({ length: 2 + rng.integer(3) }, width));
}

const WIDTHS = [1, 2, 3, 4, 5, 5, 7, 11];

/** fc1, fc2, …, from the inputs to the outputs. */
export const networkLayout = (sizes: readonly number[]): Layout =>
  layoutOf(
    sizes.slice(1).flatMap((out, l) => [
      { name: `fc${l + 1}.weight`, shape: [out, sizes[l]!] },
      { name: `fc${l + 1}.bias`, shape: [out] },
    ]),
  );

/** Applies `change` to every entry of the planted slots. */
export const everyEntry =
  (change: (i: number, site: Site) => number): Plant =>
  (got, site) => {
    for (const { offset, size } of site.slots) {
      for (let i = offset; i < offset + size; i++) got[i] = change(i, site);
    }
  };
