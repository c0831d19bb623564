import type { Dtype } from '../../numeric/dtype.ts';
import { type Layout, layoutOf } from '../../params/layout.ts';
import { RTOL } from '../resolution.ts';
import { refuseSlips } from './case-fields.ts';
import type { GradientCase } from './gradient-case.ts';

/** A case read and found in order: every array its own copy, every default filled in. */
export interface Subject {
  readonly name: string;
  readonly dtype: Dtype;
  readonly rtol: number;
  /** The relative error of the gradient that passes; below 1. */
  readonly tolerance: number;
  /** In float32 rounded to it. */
  readonly points: readonly Float64Array[];
  readonly layout: Layout;
  readonly lower: Float64Array | null;
  readonly upper: Float64Array | null;
  /** f gives a vector, checked with random cotangents. */
  readonly vector: boolean;
  readonly factors: Readonly<Record<string, number>>;
}

/** Throws a TypeError or RangeError, in one line, where the case is malformed. */
export function subjectOf(given: GradientCase): Subject {
  const { name, f, gradient, vjp, at, dtype = 'float64', slots, factors } = given;
  if (typeof name !== 'string') throw new TypeError(`case.name: got ${name}, expected a string`);
  const where = `case "${name}"`;
  refuseSlips(where, given);
  if (typeof f !== 'function')
    throw new TypeError(`${where}: f: got ${typeof f}, expected a function`);
  for (const [key, value] of Object.entries({ gradient, vjp })) {
    if (value !== undefined && typeof value !== 'function') {
      throw new TypeError(`${where}: ${key}: got ${typeof value}, expected a function`);
    }
  }
  if (!gradient === !vjp) {
    const got = gradient ? 'both' : 'neither';
    throw new TypeError(`${where}: got ${got} of gradient and vjp, expected one of them`);
  }
  if (dtype !== 'float64' && dtype !== 'float32') {
    throw new RangeError(`${where}: dtype: unknown "${dtype}"; there are float64, float32`);
  }
  const { rtol = RTOL[dtype] } = given;
  if (typeof rtol !== 'number') {
    throw new TypeError(`${where}: rtol: got ${kindOf(rtol)}, expected a number`);
  }
  if (!(rtol > 0 && rtol < 1)) {
    throw new RangeError(`${where}: rtol: got ${rtol}, expected a number between 0 and 1`);
  }
  const { tolerance = 0 } = given;
  if (typeof tolerance !== 'number') {
    throw new TypeError(`${where}: tolerance: got ${kindOf(tolerance)}, expected a number`);
  }
  if (!(tolerance >= 0 && tolerance < 1)) {
    throw new RangeError(`${where}: tolerance: got ${tolerance}, expected 0 or more, below 1`);
  }
  const round = dtype === 'float32' ? Math.fround : (v: number): number => v;
  const points = pointsOf(at, where).map((p) => p.map(round));
  const size = points[0]!.length;
  const bounds = (key: 'lower' | 'upper'): Float64Array | null => {
    const bound = given[key];
    if (bound === undefined) return null;
    const values = numbers(bound, `${where}: ${key}`);
    if (values.length !== size) {
      throw new RangeError(`${where}: ${key} has ${values.length} entries, expected ${size}`);
    }
    const hole = values.findIndex(Number.isNaN);
    if (hole >= 0) {
      throw new RangeError(
        `${where}: ${key}: entry ${hole}: got NaN, expected a number or ±Infinity`,
      );
    }
    return values;
  };
  const [lower, upper] = [bounds('lower'), bounds('upper')];
  points.forEach((point, p) => {
    point.forEach((v, i) => {
      if (!Number.isFinite(v)) {
        throw new RangeError(
          `${where}: entry ${i} of point ${p}: got ${v}, expected a finite number`,
        );
      }
      if (v < (lower?.[i] ?? -Infinity) || v > (upper?.[i] ?? Infinity)) {
        const [low, high] = [lower?.[i] ?? -Infinity, upper?.[i] ?? Infinity];
        throw new RangeError(
          `${where}: entry ${i} of point ${p}: got ${v}, outside [${low}, ${high}]`,
        );
      }
    });
  });
  return {
    name,
    dtype,
    rtol,
    tolerance,
    points,
    layout: layoutFor(slots, size, where),
    lower,
    upper,
    vector: vjp !== undefined,
    factors: sizesOf(factors, where),
  };
}

/** One point is an array of numbers, several an array of arrays; all of one length. */
function pointsOf(at: GradientCase['at'], where: string): Float64Array[] {
  if (typeof at !== 'object' || at === null || !Number.isInteger(at.length)) {
    throw new TypeError(`${where}: at: got ${kindOf(at)}, expected an array`);
  }
  const several = at.length > 0 && typeof at[0] === 'object';
  // An array of objects is one of points: `numbers` refuses what is none.
  const given = several
    ? Array.from(at as ArrayLike<ArrayLike<number>>)
    : [at as ArrayLike<number>];
  const points = given.map((p, i) => numbers(p, several ? `${where}: point ${i}` : `${where}: at`));
  if (points[0]!.length === 0) {
    throw new RangeError(`${where}: at: got a point without entries, expected at least one`);
  }
  const odd = points.findIndex((p) => p.length !== points[0]!.length);
  if (odd > 0) {
    const [got, expected] = [points[odd]!.length, points[0]!.length];
    throw new RangeError(
      `${where}: point ${odd} has ${got} entries, expected ${expected} as point 0`,
    );
  }
  return points;
}

function numbers(given: ArrayLike<number>, where: string): Float64Array {
  if (typeof given !== 'object' || given === null || !Number.isInteger(given.length)) {
    throw new TypeError(`${where}: got ${kindOf(given)}, expected an array`);
  }
  return Float64Array.from({ length: given.length }, (_, i) => {
    const v: unknown = given[i];
    if (typeof v !== 'number') {
      throw new TypeError(`${where}: entry ${i}: got ${kindOf(v)}, expected a number`);
    }
    return v;
  });
}

function layoutFor(slots: GradientCase['slots'], size: number, where: string): Layout {
  if (slots === undefined) return layoutOf([{ name: 'x', shape: [size] }]);
  if (!Array.isArray(slots)) {
    throw new TypeError(`${where}: slots: got ${kindOf(slots)}, expected an array`);
  }
  for (const [i, slot] of slots.entries()) {
    if (typeof slot?.name !== 'string' || !Array.isArray(slot.shape)) {
      throw new TypeError(`${where}: slot ${i}: expected { name, shape: [numbers] }`);
    }
  }
  const layout = layoutOf(slots);
  if (layout.size !== size) {
    const sizes = layout.slots.map((s) => `${s.name} ${s.size}`).join(' + ') || 'none';
    throw new RangeError(`${where}: slots have ${layout.size} entries (${sizes}), at has ${size}`);
  }
  return layout;
}

function sizesOf(factors: GradientCase['factors'] = {}, where: string): Record<string, number> {
  if (typeof factors !== 'object' || factors === null || Array.isArray(factors)) {
    const got = kindOf(factors);
    throw new TypeError(`${where}: factors: got ${got}, expected an object such as { N: 32 }`);
  }
  for (const [name, size] of Object.entries<unknown>(factors)) {
    if (Number.isFinite(size)) continue; // false of all but numbers
    const got = typeof size === 'number' ? size : kindOf(size);
    throw new TypeError(`${where}: factors: ${name}: got ${got}, expected a finite number`);
  }
  return { ...factors };
}

/** Of a value that came past the types, from JavaScript. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : typeof value;
}
