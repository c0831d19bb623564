import type { GradientCase } from '../check/gradient/gradient-case.ts';

type Gradient = NonNullable<GradientCase['gradient']>;
type Vjp = NonNullable<GradientCase['vjp']>;

/** What a matcher must know of its options to read what it received. */
interface Where extends Pick<GradientCase, 'at' | 'dtype'> {
  readonly name?: string;
}

/**
 * What `expect` received as a gradient: a function, or the numbers at the one point, which become a
 * function that knows no other. Throws a TypeError for anything else.
 */
export function receivedGradient(
  received: unknown,
  options: Where,
): { readonly gradient: Gradient; readonly name: string } {
  const matcher = 'toBeGradientOf';
  assertOptions(matcher, options);
  if (isFunction<Gradient>(received))
    return { gradient: received, name: nameOf(received, options) };
  if (!isArray(received)) {
    const expected = 'a function x → ∂f/∂x, or an array of numbers at the point';
    throw new TypeError(`expect(…).${matcher}: got ${describe(received)}, expected ${expected}`);
  }
  return { gradient: onlyAt(matcher, received, options), name: nameOf(undefined, options) };
}

/** What `expect` received as a vjp: a function of the point and the cotangent. */
export function receivedVjp(
  received: unknown,
  options: Where,
): { readonly vjp: Vjp; readonly name: string } {
  const matcher = 'toBeVjpOf';
  assertOptions(matcher, options);
  if (isFunction<Vjp>(received)) return { vjp: received, name: nameOf(received, options) };
  const expected = 'a function (x, ȳ) → ȳᵀ ∂f/∂x';
  throw new TypeError(`expect(…).${matcher}: got ${describe(received)}, expected ${expected}`);
}

/**
 * The numbers, at their point. Elsewhere it throws, which the check takes for what it is: nothing known
 * of rounding beside the point, or of the same mistake at another.
 */
function onlyAt(matcher: string, values: ArrayLike<number>, { at, dtype }: Where): Gradient {
  const points = Array.from(at as ArrayLike<unknown>);
  const nested = points.filter(isArray);
  if (nested.length > 1) {
    const expected = 'one point, or a function for several';
    throw new TypeError(
      `expect(array).${matcher}: at: got ${nested.length} points, expected ${expected}`,
    );
  }
  const round = dtype === 'float32' ? Math.fround : (v: number): number => v;
  const point = (nested[0] ?? points) as ArrayLike<number>; // the check refuses what is none
  return (x) => {
    if (x.some((v, i) => v !== round(point[i]!))) throw new Error('known at its point only');
    return values;
  };
}

function assertOptions(matcher: string, options: Where | undefined): void {
  if (typeof options === 'object' && options !== null && isArray(options.at)) return;
  const others = Object.keys(options ?? {}).join(', ');
  const none = others === '' ? 'no point' : `no point but ${others}`;
  const got = options?.at === undefined ? none : `at: ${describe(options.at)}`;
  throw new TypeError(`expect(…).${matcher}(f, …): got ${got}, expected { at: an array }`);
}

const nameOf = (received: { readonly name: string } | undefined, { name }: Where): string =>
  name ?? (received?.name || 'gradient');

// From outside the types anything may come; a signature cannot be looked at.
const isFunction = <F>(given: unknown): given is F & { readonly name: string } =>
  typeof given === 'function';

const isArray = (given: unknown): given is ArrayLike<number> =>
  typeof given === 'object' && given !== null && 'length' in given;

/** What came instead, in a few words. */
export function describe(given: unknown): string {
  if (given === null || given === undefined) return String(given);
  if (isArray(given)) return `an array of ${given.length}`;
  return typeof given === 'object' && 'then' in given ? 'a Promise' : `a ${typeof given}`;
}
