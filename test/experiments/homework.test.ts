import { expect, test } from 'vitest';
import { homework, homeworkStated } from '../../src/experiments/homework.ts';
import { isInside } from '../../src/experiments/stated-figure.ts';

const found = await homework();

// In plain arithmetic, from the exercise's own formulas: no layer, no layout, no engine.
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
const [x1, x2] = [0.5, 0.3];
const [y1, y2] = [0.23, -0.07];

/** ∂w₁ … ∂w₈ and the loss; `isCopied` takes the formula of the hand-outs for ∂w₁ … ∂w₄. */
function byPlainHand(
  w: readonly number[],
  isCopied: boolean,
): { readonly loss: number; readonly grads: readonly number[] } {
  const [w1, w2, w3, w4, w5, w6, w7, w8] = w as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [h1, h2] = [sigmoid(w1 * x1 + w3 * x2), sigmoid(w2 * x1 + w4 * x2)];
  const [o1, o2] = [sigmoid(w5 * h1 + w7 * h2), sigmoid(w6 * h1 + w8 * h2)];
  const [d1, d2] = [(o1 - y1) * o1 * (1 - o1), (o2 - y2) * o2 * (1 - o2)];
  const [g5, g6, g7, g8] = [d1 * h1, d2 * h1, d1 * h2, d2 * h2];
  const to1 = (isCopied ? g5 + g6 : d1 * w5 + d2 * w6) * h1 * (1 - h1);
  const to2 = (isCopied ? g7 + g8 : d1 * w7 + d2 * w8) * h2 * (1 - h2);
  return {
    loss: ((o1 - y1) ** 2 + (o2 - y2) ** 2) / 2,
    grads: [to1 * x1, to2 * x1, to1 * x2, to2 * x2, g5, g6, g7, g8],
  };
}

function lossAfter(steps: number, isCopied: boolean): number {
  let w = [0.2, -0.4, 0.5, 0.6, 0.1, -0.5, -0.3, 0.8];
  for (let step = 0; step < steps; step++) {
    const { grads } = byPlainHand(w, isCopied);
    w = w.map((value, i) => value - grads[i]!);
  }
  return byPlainHand(w, isCopied).loss;
}

const START = [0.2, -0.4, 0.5, 0.6, 0.1, -0.5, -0.3, 0.8];

test.for([
  ['right', false],
  ['copied', true],
] as const)(
  '%s: gradients and losses are those of the formulas in plain arithmetic',
  ([name, isCopied]) => {
    const { grads } = byPlainHand(START, isCopied);
    for (const [i, g] of found[name].entries()) expect(g).toBeCloseTo(grads[i]!, 14);
    const losses = isCopied ? found.copiedLosses : found.rightLosses;
    [0, 1, 10, 100, 1000].forEach((steps, i) => {
      expect(losses[i]).toBeCloseTo(lossAfter(steps, isCopied), 12);
    });
  },
);

test('the copied formula turns round ∂w1 and ∂w3, and only these', () => {
  const turned = found.copied.flatMap((g, w) =>
    Math.sign(g) === Math.sign(found.right[w]!) ? [] : w + 1,
  );
  expect(turned).toEqual([1, 3]);
});

test('to two decimals the copied formula gives what its hand-outs print', () => {
  const printed = [0.01, 0.01, 0.01, 0.01, 0.03, 0.08, 0.03, 0.07];
  expect(found.copied.map((g) => Number(g.toFixed(2)))).toEqual(printed);
});

test('the loss falls at every step of the copied formula, to 0.0047 where 0.0032 is right', () => {
  expect(found.copiedRises).toBe(0);
  expect(found.copiedLosses.at(-1)!.toFixed(4)).toBe('0.0047');
  expect(found.rightLosses.at(-1)!.toFixed(4)).toBe('0.0032');
});

test('the check tells the copied formula from the right one, and finds both engines right', () => {
  expect(found.copiedVerdict).toBe('disagrees');
  expect(found.engines).toBe('agree');
});

test('the figures lie where they are stated; with the two formulas swapped they do not', () => {
  expect(homeworkStated(found).every(isInside)).toBe(true);
  const swapped = { ...found, rightLosses: found.copiedLosses, copiedLosses: found.rightLosses };
  expect(homeworkStated(swapped).filter(isInside)).toHaveLength(1);
});
