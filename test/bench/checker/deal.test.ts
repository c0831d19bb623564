import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { deal } from '../../../bench/checker/deal.ts';

/** A thread's module, which answers with a function of its task. */
const worker = (of: string): URL => {
  const compiled = pathToFileURL('dist/bench/checker/deal.js');
  const source = `import { answer } from '${compiled}'; await answer(${of});`;
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`);
};

const tasks = Array.from({ length: 7 }, (_, k) => k);

describe('tasks dealt out to threads', () => {
  test('are each answered once, and each told of', async () => {
    let told = 0;
    const onAnswer = (): void => {
      told++;
    };
    const answers = await deal<number, number>(worker('(k) => 10 * k'), tasks, { onAnswer });
    expect([...answers].sort((a, b) => a - b)).toEqual(tasks.map((k) => 10 * k));
    expect(told).toBe(7);
  });

  test('are answered in their order by one thread, with promises too', async () => {
    const slow = worker('async (k) => -k');
    const answers = await deal<number, number>(slow, tasks, { onAnswer: () => {}, most: 1 });
    expect(answers).toEqual(tasks.map((k) => -k));
  });

  test('that fail reject with their error', async () => {
    const failing = worker('(k) => { if (k === 3) throw new RangeError("got 3"); return k; }');
    await expect(deal(failing, tasks, { onAnswer: () => {} })).rejects.toThrow('got 3');
  });

  test('may be none', async () => {
    expect(await deal(worker('(k) => k'), [], { onAnswer: () => {} })).toEqual([]);
  });
});
