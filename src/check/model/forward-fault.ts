import { double } from '../../numeric/double.ts';
import type { Dtype } from '../../numeric/dtype.ts';
import { allowed } from '../noisy.ts';
import type { Call } from './answer-of.ts';
import type { Oracle } from './oracle.ts';

/** Why nothing can be differenced here. */
export const undefinedLoss = ({ base }: Oracle): string | null =>
  Number.isFinite(base.loss) ? null : `the loss itself is ${base.loss} here`;

/** What of the forward pass is wrong. */
export interface Fault {
  readonly part: 'loss' | 'outputs';
  readonly verdict: 'disagrees' | 'not-finite';
  readonly says: string;
}

/** A loss or an output that is not that of the definition; outputs that were not written are not held. */
export function forwardFault({ network, base, errors }: Oracle, call: Call): Fault | null {
  const { problem } = network;
  const lossBar = allowed(Math.sqrt(errors.loss));
  const fault = (part: Fault['part'], where: string, got: number, want: number): Fault => ({
    part,
    verdict: Number.isFinite(got) ? 'disagrees' : 'not-finite',
    says: `${where} is ${got}, expected ${want}`,
  });
  if (!(Math.abs(call.loss - base.loss) <= lossBar) && Number.isFinite(base.loss)) {
    return fault('loss', 'loss', call.loss, base.loss);
  }
  const { cols, data } = call.outputs;
  if (data.every(Number.isNaN)) return null;
  for (let i = 0; i < data.length; i++) {
    const want = network.tail === 'sigmoid_bce' ? double.sigmoid(base.read[i]!) : base.read[i]!;
    const bar = allowed(Math.sqrt(errors.outputs[i]!)) + SMALLEST_NORMAL[problem.dtype];
    if (Math.abs(data[i]! - want) <= bar) continue;
    if (!Number.isFinite(want)) continue;
    const where = `outputs[${Math.floor(i / cols)},${i % cols}]`;
    return fault('outputs', where, data[i]!, want);
  }
  return null;
}

/** What is smaller may come out as 0: 1/(1 + e⁻ᶻ) where e⁻ᶻ overflows. */
const SMALLEST_NORMAL: { readonly [D in Dtype]: number } = {
  float64: 2 ** -1022,
  float32: 2 ** -126,
};
