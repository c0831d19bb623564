import { type Allocator, heap } from '../../numeric/allocator.ts';
import { fast } from '../../numeric/kernels/fast.ts';
import type { Kernels } from '../../numeric/kernels/kernels.ts';
import { copyMatrix, type Matrix, shapeText, zeros } from '../../numeric/matrix.ts';
import { operations } from './operations.ts';
import { type Primitive, type Primitives, rules } from './rules.ts';
import { type Node, Tape } from './tape.ts';

/** A matrix on a tape. */
export type Variable = Node<Matrix>;

type Lifted<Args> = Args extends readonly [infer Head, ...infer Rest]
  ? [Head extends Matrix ? Variable : Head, ...Lifted<Rest>]
  : [];
type Arguments<P extends Primitive> = Primitives[P] extends (o: never, ...args: infer A) => unknown
  ? A
  : never;

/** Every primitive as a function on variables, recorded as it is carried out. */
export type Functions = {
  readonly [P in Primitive]: (...args: Lifted<Arguments<P>>) => Variable;
} & {
  /** A matrix that no gradient is wanted for, such as the targets of a loss. */
  readonly constant: (value: Matrix) => Variable;
};

/** A tape of matrices with the functions that write on it. */
export interface Autograd {
  readonly tape: Tape<Matrix>;
  readonly functions: Functions;
}

export function autograd(kernels: Kernels = fast, allocator: Allocator = heap()): Autograd {
  const o = operations(kernels, allocator);
  const tape = new Tape<Matrix>({
    add: o.add,
    one: (like) => {
      if (like.rows !== 1 || like.cols !== 1) {
        throw new RangeError(`backward: got an output of shape ${shapeText(like)}, expected 1×1`);
      }
      return o.full(like, 1);
    },
    shape: shapeText,
    text: matrixText,
  });
  const recorded =
    (primitive: Primitive) =>
    (...args: readonly (Variable | number)[]): Variable => {
      assertArguments(primitive, args);
      const inputs = args.filter((arg) => typeof arg !== 'number');
      const values = args.map((arg) => (typeof arg === 'number' ? arg : arg.value));
      // The public type of each function has already matched its arguments with the rule.
      const [value, ...pullbacks] = rules[primitive](o, ...(values as [never, never, never]));
      return tape.record(primitive, inputs, value, pullbacks);
    };
  const names = Object.keys(rules) as Primitive[]; // the table's own keys
  const primitives = Object.fromEntries(names.map((name) => [name, recorded(name)]));
  const functions = { ...primitives, constant: (value: Matrix) => tape.constant(value) };
  return { tape, functions: functions as unknown as Functions }; // one function a primitive
}

/**
 * The value of a scalar function of matrices, and its gradient in each of them.
 * `f` gets the functions to compute with and one variable a matrix.
 */
export function valueAndGradient(
  f: (functions: Functions, ...variables: Variable[]) => Variable,
  at: readonly Matrix[],
): { value: number; gradients: Matrix[]; tape: string } {
  const { tape, functions } = autograd();
  const variables = at.map((m, i) => tape.parameter(copyMatrix(m), `x${i}`));
  const output = f(functions, ...variables);
  if (!output)
    throw new TypeError('valueAndGradient: the function returned nothing, expected a variable');
  tape.backward(output);
  const gradients = variables.map((variable) => {
    const gradient = tape.gradient(variable);
    return gradient ? copyMatrix(gradient) : zeros(variable.value.rows, variable.value.cols);
  });
  return { value: output.value.data[0]!, gradients, tape: tape.toString() };
}

/** For callers without types: a matrix for a variable, or too few arguments. */
function assertArguments(primitive: Primitive, args: readonly unknown[]): void {
  const expected = rules[primitive].length - 1; // without the operations
  if (args.length !== expected) {
    throw new TypeError(`${primitive}: got ${args.length} arguments, expected ${expected}`);
  }
  args.forEach((arg, i) => {
    const isVariable = typeof arg === 'object' && arg !== null && 'value' in arg && 'index' in arg;
    if (typeof arg !== 'number' && !isVariable) {
      throw new TypeError(
        `${primitive}: argument ${i} is no variable; make one with tape.constant or tape.parameter`,
      );
    }
  });
}

/** Up to six entries, to four digits; more are an ellipsis. */
function matrixText({ data }: Matrix): string {
  const shown = Array.from(data.subarray(0, 6), (v) => String(Number(v.toPrecision(4))));
  return shown.join(' ') + (data.length > 6 ? ' …' : '');
}
