import { loadavg } from 'node:os';
import { ask } from './ask.ts';
import { type FirstRows, firstRows } from './first-rows.ts';
import type { RecordedCost } from './recorded.ts';

/** A workload's first rows, and how often to run gradcheck on them. */
export interface CostQuestion extends FirstRows {
  readonly runs: number;
}

/** Times the slow mode of PyTorch's gradcheck on the right gradient, on one core. */
export async function askCosts(questions: readonly CostQuestion[]): Promise<RecordedCost[]> {
  const asked = questions.map((question) => {
    const { model, params, batch } = firstRows(question);
    const errors = Array.from({ length: question.runs }, () => 0);
    return { model, params, batch, entry: 0, errors, options: {} };
  });
  const load = Number(loadavg()[0]!.toFixed(2));
  const { answers } = await ask('torch', asked);
  return questions.map(({ workload, rows }, i) => {
    const { calls, seconds } = answers[i]!;
    const entries = asked[i]!.model.layout.size;
    return { workload, rows, entries, calls: calls[0]!, seconds, load };
  });
}
