import type { Answer } from '../../src/check/answer.ts';
import type { Problem } from '../../src/check/judge.ts';
import type { LayerSpec } from '../../src/model/layer.ts';
import { matrixView } from '../../src/numeric/matrix.ts';
import { slotOf } from '../../src/params/layout.ts';
import { zeroParams } from '../../src/params/params.ts';

/** One of the two right ways to compute the same gradient, or a wrong one. */
export interface Way {
  /** Sums run from the last term to the first. */
  readonly reversed: boolean;
  /** Activations' derivatives from their output (textbook) or from their input. */
  readonly slopeFrom: 'output' | 'input';
  /** bce after a sigmoid and cross_entropy: ∂loss/∂p times the Jacobian, or p − y at once. */
  readonly fused: boolean;
  /** The mistake: the layers' input gradients use W where Wᵀ belongs (square layers only). */
  readonly dropsTranspose?: boolean;
}

export const FORWARDS: Way = { reversed: false, slopeFrom: 'output', fused: false };
export const BACKWARDS: Way = { reversed: true, slopeFrom: 'input', fused: true };

/** A network by plain loops, each operation rounded to the problem's precision. */
export function plainAnswer({ model, params, batch, dtype }: Problem, way: Way): Answer {
  const r = dtype === 'float32' ? Math.fround : (x: number): number => x;
  const rows = batch.inputs.rows;
  const sum = (n: number, term: (i: number) => number): number => {
    let total = 0;
    for (let i = 0; i < n; i++) total = r(total + r(term(way.reversed ? n - 1 - i : i)));
    return total;
  };
  const read = (name: string): number[] => {
    const slot = slotOf(model.layout, name);
    return Array.from(params.values.subarray(slot.offset, slot.offset + slot.size), r);
  };
  const sigmoid = (z: number): number => {
    const e = r(Math.exp(-Math.abs(z)));
    return z > 0 ? r(1 / r(1 + e)) : r(e / r(1 + e));
  };
  const activation = (spec: LayerSpec, z: number): number => {
    switch (spec.kind) {
      case 'linear':
      case 'identity':
        return z;
      case 'sigmoid':
        return sigmoid(z);
      case 'tanh':
        return r(Math.tanh(z));
      case 'relu':
        return z > 0 ? z : 0;
      case 'leaky_relu':
        return z > 0 ? z : r(r(spec.slope) * z);
      case 'elu':
        return z > 0 ? z : r(r(spec.alpha) * r(Math.expm1(z)));
    }
  };
  const slope = (spec: LayerSpec, z: number, a: number): number => {
    const textbook = way.slopeFrom === 'output';
    const e = r(Math.exp(-Math.abs(z)));
    switch (spec.kind) {
      case 'linear':
      case 'identity':
        return 1;
      case 'sigmoid':
        return textbook ? r(a * r(1 - a)) : r(e / r(r(1 + e) * r(1 + e)));
      case 'tanh':
        return textbook ? r(1 - r(a * a)) : r(r(1 / r(Math.cosh(z))) ** 2);
      case 'relu':
        return z > 0 ? 1 : 0;
      case 'leaky_relu':
        return z > 0 ? 1 : r(spec.slope);
      case 'elu':
        if (z > 0) return 1;
        return textbook ? r(a + r(spec.alpha)) : r(r(spec.alpha) * e);
    }
  };

  // Forwards, keeping every layer's input.
  const xs: number[][][] = [
    Array.from({ length: rows }, (_, row) =>
      Array.from(batch.inputs.data.subarray(row * model.inputs, (row + 1) * model.inputs), r),
    ),
  ];
  for (const spec of model.layers) {
    const x = xs.at(-1)!;
    if (spec.kind !== 'linear') {
      xs.push(x.map((row) => row.map((z) => activation(spec, z))));
      continue;
    }
    const w = read(`${spec.name}.weight`);
    const b = spec.bias ? read(`${spec.name}.bias`) : [];
    const output = (row: number[], o: number): number =>
      r(sum(spec.in, (i) => w[o * spec.in + i]! * row[i]!) + (b[o] ?? 0));
    xs.push(x.map((row) => Array.from({ length: spec.out }, (_, o) => output(row, o))));
  }

  // The loss, its derivative, and how many layers that derivative has already passed.
  const outputs = xs.at(-1)!;
  const cols = model.outputs;
  const classes = model.loss.kind === 'cross_entropy';
  const target = (row: number, k: number): number => {
    if (classes) return batch.targets.data[row] === k ? 1 : 0;
    return r(batch.targets.data[row * cols + k]!);
  };
  const divisor = model.loss.reduction === 'sum' ? 1 : classes ? rows : rows * cols;
  const clampedLog = (p: number): number => Math.max(r(Math.log(p)), -100);
  const clampedSlope = (weight: number, p: number): number =>
    clampedLog(p) > -100 ? r(weight / p) : 0;
  const fuseSigmoid =
    way.fused && model.loss.kind === 'bce' && model.layers.at(-1)?.kind === 'sigmoid';
  const losses: number[] = [];
  let delta = outputs.map((row, n) => {
    const largest = Math.max(...row);
    const exps = row.map((z) => r(Math.exp(r(z - largest))));
    const total = sum(cols, (k) => exps[k]!);
    const derivative = (v: number, k: number): number => {
      const y = target(n, k);
      switch (model.loss.kind) {
        case 'mse':
          losses.push(r(r(v - y) ** 2));
          return r(2 * r(v - y));
        case 'bce':
          losses.push(-r(r(y * clampedLog(v)) + r(r(1 - y) * clampedLog(r(1 - v)))));
          if (fuseSigmoid) {
            // ln p = −ln(1 + e⁻ᶻ) reaches the floor at z = −100, ln(1 − p) at z = 100.
            const z = xs.at(-2)![n]![k]!;
            if (Math.abs(z) < 100) return r(v - y);
            return z > 0 ? r(y * r(v - 1)) : r(r(1 - y) * v);
          }
          return r(clampedSlope(r(1 - y), r(1 - v)) - clampedSlope(y, v));
        case 'bce_with_logits': {
          const p = sigmoid(v);
          const softplus = r(Math.max(v, 0) + r(Math.log1p(r(Math.exp(-Math.abs(v))))));
          losses.push(r(softplus - r(y * v)));
          return r(p - y);
        }
        case 'cross_entropy': {
          losses.push(y === 1 ? r(r(r(Math.log(total)) + largest) - v) : 0);
          const p = r(exps[k]! / total);
          // Softmax's Jacobian row by row, times −1/p at the label; not where products underflow.
          const label = row.findIndex((_, j) => target(n, j) === 1);
          const pl = r(exps[label]! / total);
          if (way.fused || pl < 1e-12) return r(p - y);
          return r(r(-1 / pl) * r(pl * r((label === k ? 1 : 0) - p)));
        }
      }
    };
    return row.map(derivative);
  });
  const loss = r(sum(losses.length, (i) => losses[i]!) / divisor);
  delta = delta.map((row) => row.map((d) => r(d / divisor)));

  // Backwards.
  const grads = zeroParams(model.layout, dtype);
  const write = (name: string, value: (i: number) => number): void => {
    const slot = slotOf(model.layout, name);
    for (let i = 0; i < slot.size; i++) grads.values[slot.offset + i] = value(i);
  };
  for (let l = model.layers.length - 1 - (fuseSigmoid ? 1 : 0); l >= 0; l--) {
    const spec = model.layers[l]!;
    const [x, y, d] = [xs[l]!, xs[l + 1]!, delta];
    if (spec.kind !== 'linear') {
      delta = d.map((row, n) => row.map((g, k) => r(g * slope(spec, x[n]![k]!, y[n]![k]!))));
      continue;
    }
    const w = read(`${spec.name}.weight`);
    write(`${spec.name}.weight`, (i) =>
      sum(rows, (n) => d[n]![Math.floor(i / spec.in)]! * x[n]![i % spec.in]!),
    );
    if (spec.bias) write(`${spec.name}.bias`, (o) => sum(rows, (n) => d[n]![o]!));
    const wrong = way.dropsTranspose && spec.in === spec.out;
    delta = d.map((row) =>
      Array.from({ length: spec.in }, (_, i) =>
        sum(spec.out, (o) => row[o]! * w[wrong ? i * spec.in + o : o * spec.in + i]!),
      ),
    );
  }
  const flat = (m: number[][]): Float64Array => Float64Array.from(m.flat());
  return {
    loss,
    outputs: matrixView(rows, cols, flat(outputs)),
    grads,
    inputs: matrixView(rows, model.inputs, flat(delta)),
  };
}
