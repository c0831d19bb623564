/** Four samples of two features, and their labels. */
const samples = [
  { x: [0.5, -1.2], y: 1 },
  { x: [1.5, 0.3], y: 0 },
  { x: [-0.7, 0.9], y: 1 },
  { x: [0.2, 2.1], y: 0 },
];

const probability = (w: Float64Array, x: number[]): number =>
  1 / (1 + Math.exp(-(w[0]! * x[0]! + w[1]! * x[1]! + w[2]!)));

/** Mean cross-entropy of a logistic regression: two weights and a bias. */
export function loss(w: Float64Array): number {
  const each = samples.map(({ x, y }) => {
    const p = probability(w, x);
    return -(y * Math.log(p) + (1 - y) * Math.log(1 - p));
  });
  return each.reduce((a, b) => a + b) / samples.length;
}

/** Its gradient, derived by hand. */
export function gradient(w: Float64Array): number[] {
  const sum = sumOfGradients(w);
  return sum.map((g) => g / samples.length);
}

/** The mean forgotten. */
export function sumOfGradients(w: Float64Array): number[] {
  const sum = [0, 0, 0];
  for (const { x, y } of samples) {
    const delta = probability(w, x) - y;
    [...x, 1].forEach((a, i) => {
      sum[i]! += delta * a;
    });
  }
  return sum;
}
