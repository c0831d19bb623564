import { timeInterleaved } from '../timing/interleave.ts';
import type { Meter } from '../timing/meter.ts';
import type { RowTiming } from '../timing/timed-row.ts';
import { type Contender, REFERENCE } from './contenders.ts';
import { agrees, expectedLoss, type LossCheck } from './loss-check.ts';

/** A contender's line: timed, or void because it trains to another loss. */
export type Measured = {
  readonly name: string;
  readonly check: LossCheck;
  readonly buildSeconds?: number;
} & ({ readonly kind: 'timed'; readonly timing: RowTiming } | { readonly kind: 'void' });

export interface MeasureOptions {
  readonly seconds: number;
  readonly seed: number;
  readonly onProgress?: (share: number) => void;
  readonly meter?: Meter;
}

/** Checks each contender's loss, then times those that agree. Throws without a finite reference. */
export async function measure(
  contenders: readonly Contender[],
  options: MeasureOptions,
): Promise<Measured[]> {
  const reference = contenders.find(({ row }) => row.name === REFERENCE);
  if (!reference) {
    const names = contenders.map(({ row }) => row.name).join(', ');
    throw new RangeError(`speed: no contender ${REFERENCE}; there are ${names}`);
  }
  const expected = expectedLoss(reference.row);
  if (!Number.isFinite(expected)) {
    throw new RangeError(`speed: ${REFERENCE} trains to a loss of ${expected}`);
  }
  const checks: LossCheck[] = [];
  for (const { check } of contenders) checks.push(await check(expected));
  const timed = contenders.filter((_, i) => agrees(checks[i]!)).map(({ row }) => row);
  const timings = timeInterleaved(timed, { ...options, reference: REFERENCE });
  return contenders.map(({ row, buildSeconds }, i) => {
    const timing = timings.find(({ name }) => name === row.name);
    return {
      name: row.name,
      check: checks[i]!,
      ...(buildSeconds !== undefined && { buildSeconds }),
      ...(timing ? { kind: 'timed', timing } : { kind: 'void' }),
    };
  });
}
