import type { Problem } from '../../../src/check/judge.ts';
import type { Mistake } from '../../../src/check/mistakes/mistake.ts';
import { mistakes } from '../../../src/check/mistakes/mistakes.ts';
import { type Attempt, attempt } from './attempt.ts';
import { inEach, single } from './planted.ts';

/**
 * Each mistake where the checker does not know it: its formula and those of all that have its
 * gradient in this network are out of the bank. What it then says, it says by the figures alone.
 */
export const runLeftOut = (
  networks: readonly Problem[],
  seed: number,
  done: (share: number) => void,
): Promise<readonly Attempt[]> =>
  inEach(networks, done, async (problem, mistake) => {
    const { names } = await attempt(problem, single(mistake), seed);
    const out = [mistake.name, ...names.filter((name) => !name.includes(' + '))];
    return without(out, () => attempt(problem, single(mistake), seed));
  });

/** The checker has one bank and no option for another, so it is the bank that lacks them meanwhile. */
export async function without<T>(names: readonly string[], run: () => Promise<T>): Promise<T> {
  const bank = mistakes as Mistake[]; // read-only to all others
  const whole = [...bank];
  bank.splice(0, bank.length, ...whole.filter(({ name }) => !names.includes(name)));
  try {
    return await run();
  } finally {
    bank.splice(0, bank.length, ...whole);
  }
}
