import type { Batch } from '../model/batch.ts';
import { zeros } from '../numeric/matrix.ts';
import { random } from '../numeric/random.ts';

export interface MoonsOptions {
  /** 1000 unless said. */
  readonly samples?: number;
  /** Standard deviation of the normal noise on each coordinate; 0.1 unless said. */
  readonly noise?: number;
  /** true unless said; otherwise the outer moon comes first. */
  readonly shuffle?: boolean;
  /** 0 unless said. */
  readonly seed?: number;
}

/**
 * The course's two moons (Qiu Xipeng, nndl, make_moons): half a circle, class 0, and a second one
 * turned and moved into it, class 1. inputs [samples, 2], targets [samples, 1].
 *
 * Coordinates are rounded to float32: the course's are float32, so both precisions start from the
 * same data, and so do engines whose cos, sin and log differ in the last bit.
 */
export function moons(options: MoonsOptions = {}): Batch {
  const { samples = 1000, noise = 0.1, shuffle = true, seed = 0 } = options;
  if (!Number.isInteger(samples) || samples < 0) {
    throw new RangeError(`moons samples: got ${samples}, expected a whole number`);
  }
  if (!(noise >= 0 && noise < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`moons noise: got ${noise}, expected a finite number from 0 on`);
  }
  const outer = Math.floor(samples / 2);
  const points = [
    ...angles(outer).map((t) => ({ x: Math.cos(t), y: Math.sin(t), label: 0 })),
    ...angles(samples - outer).map((t) => ({ x: 1 - Math.cos(t), y: 0.5 - Math.sin(t), label: 1 })),
  ];
  const source = random(seed);
  if (shuffle) source.shuffleInPlace(points);

  const inputs = zeros(samples, 2);
  const targets = zeros(samples, 1);
  points.forEach(({ x, y, label }, i) => {
    inputs.data[2 * i] = Math.fround(x + noise * source.normal());
    inputs.data[2 * i + 1] = Math.fround(y + noise * source.normal());
    targets.data[i] = label;
  });
  return { inputs, targets };
}

/** `count` angles from 0 to π, both included, evenly spaced. */
const angles = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => (Math.PI * i) / Math.max(1, count - 1));
