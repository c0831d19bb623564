import { type Params, slotValues } from '../../params/params.ts';

/** In how many of the states of a training some hidden unit differed from the first. */
export interface Twins {
  /** Parameters before each update and after the last, and each epoch's gradients. */
  readonly states: number;
  readonly differing: number;
}

/**
 * Whether hidden units of a network with one hidden layer differ in a single bit: weights in, bias,
 * weights out. Serves for gradients too, which have the same layout.
 */
export function unitsDiffer(params: Params): boolean {
  const bias = slotValues(params, 'fc1.bias');
  const weightIn = slotValues(params, 'fc1.weight');
  const weightOut = slotValues(params, 'fc2.weight');
  const units = bias.length;
  const inputs = weightIn.length / units;
  const outputs = weightOut.length / units;
  for (let unit = 1; unit < units; unit++) {
    if (!Object.is(bias[unit], bias[0])) return true;
    for (let i = 0; i < inputs; i++) {
      if (!Object.is(weightIn[unit * inputs + i], weightIn[i])) return true;
    }
    for (let o = 0; o < outputs; o++) {
      if (!Object.is(weightOut[o * units + unit], weightOut[o * units])) return true;
    }
  }
  return false;
}

/** Counts the states it is shown. */
export function twinCount(): { see(params: Params): void; found(): Twins } {
  let states = 0;
  let differing = 0;
  return {
    see(params) {
      states++;
      if (unitsDiffer(params)) differing++;
    },
    found: () => ({ states, differing }),
  };
}
