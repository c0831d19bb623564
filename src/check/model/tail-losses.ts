import { tiledProduct } from '../../numeric/kernels/products.ts';
import type { BasePoint } from './base-point.ts';
import type { Network } from './network.ts';
import { pointwiseInPlace } from './pointwise.ts';

/** The part of a network above one stage's pre-activations, for rows of any samples. */
export interface TailLosses {
  /** Rows of pre-activations of that stage, to be filled: [capacity, out]. */
  readonly rows: Float64Array;
  /** The sample each row belongs to. */
  readonly sampleOf: Int32Array;
  /** The loss of each of the first `count` rows, before the reduction; overwrites the rows. */
  losses(count: number): Float64Array;
}

/** Memory is made once; a call allocates nothing. */
export function tailLosses(
  { stages, problem: { model } }: Network,
  base: BasePoint,
  from: number,
  capacity: number,
): TailLosses {
  const upper = stages.slice(from);
  const blocks = upper.map(({ out }) => new Float64Array(capacity * out));
  const sampleOf = new Int32Array(capacity);
  const into = new Float64Array(capacity);
  // A network that ends before this stage has its outputs here.
  const ending = upper.length === 0 ? new Float64Array(capacity * model.outputs) : blocks.at(-1)!;
  return {
    rows: blocks[0] ?? ending,
    sampleOf,
    losses(count) {
      for (let s = 0; s < upper.length; s++) {
        const { out, after } = upper[s]!;
        const block = blocks[s]!;
        for (let k = 0; k < after.length; k++) {
          const { spec, layer } = after[k]!;
          pointwiseInPlace(spec, block, count, out, base.branches[layer]!, sampleOf);
        }
        const next = upper[s + 1];
        if (!next) break;
        const { weight, bias } = next;
        tiledProduct(blocks[s + 1]!, count, next.out, out, block, out, 1, weight, 1, out, bias);
      }
      base.losses(into, ending, count, sampleOf);
      return into;
    },
  };
}
