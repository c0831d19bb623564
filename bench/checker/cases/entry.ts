import { random } from '../../../src/numeric/random.ts';
import { rounding } from './arithmetic.ts';
import type { CaseSpec } from './case-spec.ts';
import { normals } from './draw.ts';
import { functionOf } from './functions.ts';
import { claimed, outputs } from './runnable.ts';
import { type Truth, truthOf } from './truth.ts';

/** What each key of a case in the file means. */
export const ENTRY_KEYS = {
  id: 'its name; a right case is family/index',
  function: 'f by name, see functions',
  parameters: 'what that function takes besides x',
  dtype:
    'the precision f computes in: for float32, parameters and x are rounded to it first, and every result after',
  valueRoundedTo:
    'if there: f itself is rounded, to the nearest multiple of this number or to float32',
  rtol: 'the relative error that must be seen at least, of the larger of an entry and the root mean square of its slot; no tolerance: any error beyond rounding is wrong',
  at: 'x',
  lower: 'if there: f is not defined below, entry by entry',
  upper: 'if there: f is not defined above',
  slots: 'if there: names and shapes of consecutive parts of x',
  cotangent: 'if there: f is a vector, and gradient and truth are those of its product with this',
  value: 'f(x) as computed, a list for a vector f',
  gradient: 'the gradient to be judged',
  change:
    'if there: how it was made wrong, or another subgradient: times * gradient + plus of the one derived by hand',
  truth: 'the derivative, 40 digits; null where f is not differentiable at x, or not finite',
  left: 'beside truth null: the derivative from below, entry by entry',
  right: 'beside truth null: the derivative from above',
  pieces:
    'where f has a corner in several entries: gradients that it has around x, 20 digits, at most 64; any mean of them is a right gradient',
  expected:
    'agrees, disagrees, not-finite (the gradient or f), or unresolved (nobody can tell); where another verdict is expected, unresolved is no mistake but a miss',
  note: 'what is hard about it',
} as const;

type EntryKey = keyof typeof ENTRY_KEYS;

/** A case as it stands in the file. */
export type Entry = { readonly [K in EntryKey]?: unknown };

/** Of all cases with as many outputs the same. */
const cotangentOf = (length: number): number[] => normals(random(length), length);

/** The case as data, its keys in the order of the table; `true` adds its derivative in many digits. */
export function entryOf(spec: CaseSpec, withTruth: boolean): Entry {
  const vector = functionOf(spec).vector;
  const x = spec.at.map(rounding[spec.dtype]);
  const values = outputs(spec, x);
  const cotangent = vector ? cotangentOf(values.length) : [1];
  const known: Entry = {
    ...spec,
    ...(vector && { cotangent }),
    value: vector ? values : values[0],
    gradient: claimed(spec, x, cotangent),
    ...(withTruth && derivativeOf(spec, values, cotangent)),
  };
  // Only the table's keys, so that none goes unexplained.
  const keys = Object.keys(ENTRY_KEYS) as EntryKey[];
  return Object.fromEntries(keys.flatMap((key) => (key in known ? [[key, known[key]]] : [])));
}

function derivativeOf(
  spec: CaseSpec,
  values: readonly number[],
  cotangent: readonly number[],
): Entry {
  if (spec.undifferentiable || !values.every(Number.isFinite)) return { truth: null };
  const { left, right, pieces }: Truth = truthOf(spec, cotangent);
  const corner = pieces && { pieces };
  if (left.every((v, i) => v === right[i]) && !pieces) return { truth: left };
  return { truth: null, left, right, ...corner };
}

/** One line of JSON; what is not finite becomes a string. */
export const lineOf = (entry: Entry): string =>
  JSON.stringify(entry, (_key, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
