import type { WorkloadId } from '../../../src/training/workloads.ts';
import { askGradcheck } from '../detection/gradcheck.ts';
import type { RecordedCost } from '../detection/recorded.ts';
import { firstRows } from './whole-network.ts';

/** A workload's first rows, and how often to run gradcheck on them. */
export interface CostQuestion {
  readonly workload: WorkloadId;
  readonly rows: number;
  readonly runs: number;
}

/** Times the slow mode of PyTorch's gradcheck on the right gradient, on one core. */
export async function askCosts(questions: readonly CostQuestion[]): Promise<RecordedCost[]> {
  const asked = questions.map((question) => {
    const { model, params, batch } = firstRows(question);
    const errors = Array.from({ length: question.runs }, () => 0);
    return { model, params, batch, entry: 0, errors };
  });
  const { answers } = await askGradcheck(asked.map((a) => ({ ...a, modes: ['slow'] as const })));
  return questions.map(({ workload, rows }, i) => {
    const { calls, seconds } = answers[i]!.modes.slow!;
    return { workload, rows, entries: asked[i]!.model.layout.size, calls: calls[0]!, seconds };
  });
}
