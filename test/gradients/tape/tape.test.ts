import { expect, test } from 'vitest';
import { Tape, type ValueSpace } from '../../../src/gradients/tape/tape.ts';

/** The tape over plain numbers: it knows nothing of matrices. */
const numbers: ValueSpace<number> = {
  add: (a, b) => a + b,
  one: () => 1,
  shape: () => '',
  text: String,
};

const multiply = (tape: Tape<number>, a: ReturnType<typeof tape.parameter>, b: typeof a) =>
  tape.record('multiply', [a, b], a.value * b.value, [
    (cotangent) => cotangent * b.value,
    (cotangent) => cotangent * a.value,
  ]);

test('cotangents of a value that is used twice add: d(x·x)/dx = 2x', () => {
  const tape = new Tape(numbers);
  const x = tape.parameter(3);
  const y = multiply(tape, x, x);
  tape.backward(y);
  expect(tape.gradient(x)).toBe(6);
});

test('a diamond: d((xy)·(xx))/dx = 3x²y, dy = x³', () => {
  const tape = new Tape(numbers);
  const x = tape.parameter(2);
  const y = tape.parameter(5);
  tape.backward(multiply(tape, multiply(tape, x, y), multiply(tape, x, x)));
  expect([tape.gradient(x), tape.gradient(y)]).toEqual([60, 8]);
});

test('no pullback is called for what only constants feed', () => {
  const tape = new Tape(numbers);
  const c = tape.constant(2);
  const dead = tape.record('never', [c], 4, [
    () => {
      throw new Error('called');
    },
  ]);
  const x = tape.parameter(3);
  tape.backward(multiply(tape, dead, x));
  expect(tape.gradient(x)).toBe(4);
  expect(tape.gradient(dead)).toBeUndefined();
});

test('what the output does not depend on has no gradient', () => {
  const tape = new Tape(numbers);
  const [x, unused] = [tape.parameter(1), tape.parameter(1)];
  tape.backward(multiply(tape, x, x));
  expect(tape.gradient(unused)).toBeUndefined();
});

test('what stands beside the path to the output sends nothing back', () => {
  const tape = new Tape(numbers);
  const x = tape.parameter(3);
  const y = multiply(tape, x, tape.constant(5));
  multiply(tape, x, x);
  tape.backward(multiply(tape, y, tape.constant(1)));
  expect(tape.gradient(x)).toBe(5);
});

test('parameters and constants have no inputs and nothing to pull back', () => {
  const tape = new Tape(numbers);
  for (const leaf of [tape.parameter(1), tape.constant(2)]) {
    expect(leaf).toMatchObject({ inputs: [], pullbacks: [] });
  }
});

test('backward twice gives the same gradients, not their sum', () => {
  const tape = new Tape(numbers);
  const x = tape.parameter(3);
  const y = multiply(tape, x, x);
  tape.backward(y);
  tape.backward(y);
  expect(tape.gradient(x)).toBe(6);
});

test('a variable of another tape, or of a cleared one, is refused', () => {
  const [tape, other] = [new Tape(numbers), new Tape(numbers)];
  const x = tape.parameter(1, 'x');
  const y = other.parameter(1, 'y');
  expect(() => multiply(tape, x, y)).toThrow('multiply: input y is not on this tape');
  tape.clear();
  expect(() => tape.backward(x)).toThrow('backward: input x is not on this tape');
});

test('a cleared tape has forgotten its gradients', () => {
  const tape = new Tape(numbers);
  const x = tape.parameter(3);
  tape.backward(multiply(tape, x, x));
  tape.clear();
  const y = tape.parameter(4);
  expect(tape.gradient(y)).toBeUndefined();
  expect(tape.toString().split('\n')).toHaveLength(2);
});

test('the tape prints itself, with gradients after backward', () => {
  const tape = new Tape(numbers);
  const x = tape.parameter(3, 'x');
  const y = multiply(tape, x, tape.constant(4, 'four'));
  expect(tape.toString()).toBe(
    [
      '#  operation  inputs  shape  value  gradient',
      '0  x                         3',
      '1  four                      4',
      '2  multiply   0, 1           12',
    ].join('\n'),
  );
  tape.backward(y);
  expect(tape.toString()).toContain('0  x                         3      4');
});
