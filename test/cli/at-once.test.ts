import { expect, it } from 'vitest';
import { atOnce } from '../../src/cli/at-once.ts';
import { fc, test as property } from '../property.ts';

/** Lets everything else that is ready go first, `turns` times. */
const wait = async (turns: number): Promise<void> => {
  for (let i = 0; i < turns; i++) await Promise.resolve();
};

property.prop([fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(9), { maxLength: 12 })])(
  'results come in the order of the jobs, never more than the limit run, and as many as may',
  async (limit, turns) => {
    let running = 0;
    let most = 0;
    const started: number[] = [];
    const jobs = turns.map((n, i) => async () => {
      started.push(i);
      most = Math.max(most, ++running);
      await wait(n);
      running--;
      return i;
    });
    expect(await atOnce(limit, jobs)).toEqual(turns.map((_, i) => i));
    expect(most).toBe(Math.min(limit, turns.length));
    expect(started).toEqual(turns.map((_, i) => i));
  },
);

it('one that fails stops those that run, lets no other start, and is what is thrown', async () => {
  const events: string[] = [];
  const untilStopped = (signal: AbortSignal): Promise<never> =>
    new Promise((_, reject) =>
      signal.addEventListener('abort', () => {
        events.push('stopped');
        reject(signal.reason);
      }),
    );
  const failing = async (): Promise<never> => {
    await wait(3);
    throw new Error('first');
  };
  const never = async (): Promise<void> => void events.push('started');
  await expect(atOnce(2, [untilStopped, failing, never, never])).rejects.toThrow('first');
  expect(events).toEqual(['stopped']);
});

it('waits for those that end in their own time before it throws', async () => {
  let ended = false;
  const slow = async (): Promise<void> => {
    await wait(20);
    ended = true;
  };
  const failing = (): Promise<void> => Promise.reject(new Error('first'));
  await expect(atOnce(2, [slow, failing])).rejects.toThrow('first');
  expect(ended).toBe(true);
});
