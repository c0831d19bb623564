import { type ActivationName, activations } from '../activations.ts';
import type { CaseArithmetic } from '../arithmetic.ts';
import type { CaseFunction } from '../case-function.ts';

export interface Network {
  /** Of the input, each hidden layer and the output. */
  readonly sizes: readonly number[];
  readonly activation: ActivationName;
  readonly inputs: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
}

/** The loss of a dense network as a function of its weights and biases. */
export const network: CaseFunction<Network> = {
  formula:
    'mean over rows r and outputs j of (y[r][j] - targets[r][j])^2, where y = a_L, a_0 = inputs[r], ' +
    'a_l = phi(W_l a_{l-1} + b_l), without phi for l = L; x is W_1, b_1, W_2, b_2 ... one after ' +
    'another, W_l by rows of one output each',
  parameters: {
    sizes: 'widths of a_0 ... a_L',
    activation: 'the name of phi',
    inputs: 'R rows of sizes[0] numbers',
    targets: 'R rows of sizes[L] numbers',
  },
  vector: false,
  value: (a, p, x) => {
    let sum = a.constant(0);
    for (const [r, row] of p.inputs.entries()) {
      const outputs = forward(a, p, x, row).at(-1)!.z;
      for (const off of residuals(a, outputs, p.targets[r]!)) sum = a.add(sum, a.mul(off, off));
    }
    return [a.div(sum, a.constant(terms(p)))];
  },
  vjp: (a, p, x, cotangent) => {
    const gradient = new Array<number>(x.length).fill(0);
    const factor = a.mul(cotangent[0]!, a.div(2, terms(p)));
    for (const [r, row] of p.inputs.entries()) {
      const passes = forward(a, p, x, row);
      let delta = residuals(a, passes.at(-1)!.z, p.targets[r]!).map((v) => a.mul(factor, v));
      for (const pass of passes.toReversed()) {
        delta = backward(a, p, x, pass, delta, gradient);
      }
    }
    return gradient;
  },
};

/** One layer's pass over one row: where its weights begin in x, its input, and W a + b. */
interface Pass<T> {
  readonly layer: number;
  readonly offset: number;
  /** Of the layer before, before its activation; none for the first. */
  readonly before: readonly T[] | null;
  readonly input: readonly T[];
  readonly z: readonly T[];
}

function forward<T>(
  a: CaseArithmetic<T>,
  { sizes, activation }: Network,
  x: ArrayLike<T>,
  row: readonly number[],
): Pass<T>[] {
  const passes: Pass<T>[] = [];
  let before: readonly T[] | null = null;
  let input = row.map((v) => a.constant(v));
  let offset = 0;
  for (let layer = 1; layer < sizes.length; layer++) {
    const [n, m] = [sizes[layer - 1]!, sizes[layer]!];
    const z: T[] = [];
    for (let j = 0; j < m; j++) {
      let sum: T = x[offset + m * n + j]!;
      for (let i = 0; i < n; i++) sum = a.add(sum, a.mul(x[offset + j * n + i]!, input[i]!));
      z.push(sum);
    }
    passes.push({ layer, offset, before, input, z });
    offset += m * n + m;
    before = z;
    if (layer + 1 < sizes.length) input = z.map((t) => activations[activation].value(a, t));
  }
  return passes;
}

/** Adds what delta = ∂L/∂z gives to W and b; returns ∂L/∂z of the layer before. */
function backward(
  a: CaseArithmetic<number>,
  { sizes, activation }: Network,
  x: ArrayLike<number>,
  { layer, offset, before, input }: Pass<number>,
  delta: readonly number[],
  into: number[],
): number[] {
  const [n, m] = [sizes[layer - 1]!, sizes[layer]!];
  const down = new Array<number>(n).fill(0);
  for (let j = 0; j < m; j++) {
    const bias = offset + m * n + j;
    into[bias] = a.add(into[bias]!, delta[j]!);
    for (let i = 0; i < n; i++) {
      const weight = offset + j * n + i;
      into[weight] = a.add(into[weight]!, a.mul(delta[j]!, input[i]!));
      down[i] = a.add(down[i]!, a.mul(delta[j]!, x[weight]!));
    }
  }
  return before ? before.map((t, i) => a.mul(down[i]!, activations[activation].slope(a, t))) : [];
}

function residuals<T>(a: CaseArithmetic<T>, y: readonly T[], targets: readonly number[]): T[] {
  return y.map((v, j) => a.sub(v, a.constant(targets[j]!)));
}

const terms = ({ sizes, inputs }: Network): number => inputs.length * sizes.at(-1)!;

/** The layers' parameters as slots, under PyTorch's names. */
export const networkSlots = (
  sizes: readonly number[],
): { readonly name: string; readonly shape: readonly number[] }[] =>
  sizes.slice(1).flatMap((m, l) => [
    { name: `fc${l + 1}.weight`, shape: [m, sizes[l]!] },
    { name: `fc${l + 1}.bias`, shape: [m] },
  ]);
