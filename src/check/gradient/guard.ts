import { counted } from '../diagnosis/wording.ts';
import type { Verdict } from '../verdict.ts';
import type { GradientCase, Numbers } from './gradient-case.ts';
import { arrayReturned, numberReturned, type Returned } from './returned.ts';
import { shapeHint } from './shape-hint.ts';
import type { Subject } from './subject.ts';

/** A call that did not give what it must. */
export interface Fault {
  readonly kind: 'fault';
  readonly verdict: Extract<Verdict, 'threw' | 'wrong-type' | 'wrong-shape' | 'mutates-input'>;
  /** One line. */
  readonly error: string;
}

export type Reply = { readonly kind: 'values'; readonly values: Float64Array } | Fault;

/**
 * Calls of the user's functions. Each gets copies of its arguments, and what it returns is copied at
 * once, so neither a reused buffer nor a kept reference can reach the check.
 */
export interface Guard {
  /** f(x): one number of a scalar f, all outputs of a vector f. */
  value(x: Float64Array): Reply;
  /** The gradient, or the vjp with this cotangent: as long as x, NaN and ∞ let through. */
  gradient(x: Float64Array, cotangent: Float64Array | null): Reply;
  /** Calls of f so far. */
  evaluations(): number;
  /** What an earlier call returned has changed since: its memory was used again. */
  reusesOutput(): boolean;
}

export function guardOf(given: GradientCase, subject: Subject): Guard {
  const { layout, factors, vector } = subject;
  const derivativeName = vector ? 'vjp' : 'gradient';
  const kept = new Map<
    string,
    { readonly given: ArrayLike<number>; readonly copy: Float64Array }
  >();
  let reused = false;
  let evaluations = 0;
  let outputs = -1;

  /** Calls with copies of the arguments, and looks at them again afterwards. */
  function call(
    name: string,
    args: readonly { readonly name: string; readonly values: Float64Array }[],
    run: (copies: readonly Numbers[]) => unknown,
    read: (returned: unknown) => Returned,
  ): Reply {
    const copies = args.map((a) => a.values.slice() as Numbers); // which says why
    let returned: unknown;
    let result: Returned;
    try {
      returned = run(copies);
      result = read(returned);
    } catch (thrown) {
      return fault('threw', `${name} threw ${textOf(thrown)}`);
    }
    for (const [k, { name: argument, values }] of args.entries()) {
      const i = firstDifference(values, copies[k]!);
      if (i >= 0) {
        const change = `entry ${i} of ${argument} was ${values[i]}, became ${copies[k]![i]}`;
        return fault('mutates-input', `${name} changes its input: ${change}`);
      }
    }
    if (result.kind === 'wrong-type') {
      return fault('wrong-type', `${name} returned ${result.got}`);
    }
    watchMemory(name, returned, result.values);
    return { kind: 'values', values: result.values };
  }

  function watchMemory(name: string, returned: unknown, copy: Float64Array): void {
    if (typeof returned !== 'object') return;
    const last = kept.get(name);
    if (last?.copy.some((v, i) => !Object.is(v, last.given[i]))) reused = true;
    // `read` found numbers in it.
    kept.set(name, { given: returned as ArrayLike<number>, copy });
  }

  return {
    value(x) {
      evaluations++;
      const reply = call(
        'f',
        [{ name: 'x', values: x }],
        ([point]) => given.f(point!),
        vector ? expecting(arrayReturned, 'an array') : expecting(numberReturned, 'a number'),
      );
      if (reply.kind === 'fault') return reply;
      if (reply.values.length === 0) {
        return fault('wrong-shape', 'f returned no outputs, expected one at least');
      }
      if (outputs < 0) outputs = reply.values.length;
      if (reply.values.length !== outputs) {
        const got = `f returned ${counted(reply.values.length, 'output', 'outputs')}`;
        return fault('wrong-shape', `${got}, at an earlier call ${outputs}`);
      }
      return reply;
    },
    gradient(x, cotangent) {
      const args = [{ name: 'x', values: x }];
      if (cotangent) args.push({ name: 'the cotangent', values: cotangent });
      const reply = call(
        derivativeName,
        args,
        ([point, c]) => (given.vjp ? given.vjp(point!, c!) : given.gradient!(point!)),
        expecting(arrayReturned, `an array of ${layout.size}`),
      );
      if (reply.kind === 'fault' || reply.values.length === layout.size) return reply;
      const hint = shapeHint(reply.values.length, layout, factors, vector ? outputs : 1);
      return fault(
        'wrong-shape',
        `${derivativeName} returned ${counted(reply.values.length, 'entry', 'entries')}, expected ${layout.size}${hint}`,
      );
    },
    evaluations: () => evaluations,
    reusesOutput: () => reused,
  };
}

/** −1 where there is none. Runs at every call: a plain loop. */
function firstDifference(a: Float64Array, b: Float64Array): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return i;
  return -1;
}

const fault = (verdict: Fault['verdict'], error: string): Fault => ({
  kind: 'fault',
  verdict,
  error,
});

const expecting =
  (read: (returned: unknown) => Returned, expected: string) =>
  (returned: unknown): Returned => {
    const result = read(returned);
    return result.kind === 'wrong-type'
      ? { kind: 'wrong-type', got: `${result.got}; expected ${expected}` }
      : result;
  };

/** What was thrown, in one line. */
function textOf(thrown: unknown): string {
  if (isError(thrown)) return `${thrown.name}: ${thrown.message.split('\n')[0]}`;
  // String() itself throws for an object without a prototype.
  return typeof thrown === 'object' ? 'an object that is no Error' : String(thrown).split('\n')[0]!;
}

/** Of another realm too, such as a test runner's sandbox, whose Error is not ours. */
const isError = (thrown: unknown): thrown is { readonly name: string; readonly message: string } =>
  typeof thrown === 'object' &&
  thrown !== null &&
  'name' in thrown &&
  typeof thrown.name === 'string' &&
  'message' in thrown &&
  typeof thrown.message === 'string';
