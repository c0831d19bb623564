import type { Batch } from '../../model/batch.ts';
import type { FloatArray } from '../../numeric/dtype.ts';
import type { Params } from '../../params/params.ts';

/**
 * 64 bits of the bits of params, inputs and targets, as 16 hexadecimal digits: two equal ones mean,
 * for data not made to deceive, bit-identical values (MurmurHash3 x86_32 with two seeds).
 */
export function fingerprint(params: Params, batch: Batch): string {
  const parts = [params.values, batch.inputs.data, batch.targets.data];
  return [1, 2]
    .map((seed) => parts.reduce(murmur, seed))
    .map(hex)
    .join('');
}

function murmur(seed: number, values: FloatArray): number {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.byteLength / 4);
  let h = seed;
  for (let i = 0; i < words.length; i++) {
    let k = Math.imul(words[i]!, 0xcc9e2d51);
    k = (k << 15) | (k >>> 17);
    h ^= Math.imul(k, 0x1b873593);
    h = (h << 13) | (h >>> 19);
    h = (Math.imul(h, 5) + 0xe6546b64) | 0;
  }
  h ^= values.byteLength;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');
