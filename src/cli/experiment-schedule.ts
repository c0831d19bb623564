import type {
  ExperimentContext,
  ExperimentName,
  ExperimentResult,
} from '../experiments/experiment.ts';
import type { Progress } from '../node/progress.ts';
import { publishReport } from '../node/publish.ts';
import { atOnce } from './at-once.ts';
import type { StartExperiment } from './experiment-start.ts';
import { WEIGHT } from './experiment-weight.ts';
import { Failure } from './failure.ts';

export interface RunOptions {
  readonly names: readonly ExperimentName[];
  readonly context: Omit<ExperimentContext, 'progress'>;
  readonly start: StartExperiment;
  /** Experiments running at the same time. */
  readonly limit: number;
  /** Where the pages go. */
  readonly folder: string;
  readonly bar: Progress;
}

/**
 * Runs experiments, the longest first, and writes each one's page as soon as it is done. Resolves to
 * the results in the order of `names`. Where one fails, the others are stopped, and this rejects with
 * a `Failure` that names it; pages written by then stay.
 */
export async function runExperiments(
  options: RunOptions,
): Promise<ReadonlyMap<ExperimentName, ExperimentResult>> {
  const { names, context, start, limit, folder, bar } = options;
  const progressOf = sharedBar(names, bar);
  const results = new Map<ExperimentName, ExperimentResult>();
  const job = (name: ExperimentName) => async (signal: AbortSignal) => {
    try {
      const result = await start(name, { ...context, progress: progressOf(name) }, signal);
      await publishReport(folder, name, result.report);
      results.set(name, result);
      progressOf(name)(1, 'done');
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Failure(`experiment "${name}" failed: ${why}`, { cause });
    }
  };
  const byWeight = [...names].sort((a, b) => WEIGHT[b] - WEIGHT[a]);
  try {
    await atOnce(limit, byWeight.map(job));
  } finally {
    bar.done();
  }
  return new Map(names.map((name) => [name, results.get(name)!]));
}

type ReportProgress = ExperimentContext['progress'];

/** One bar for all: each moves it by its share of the work, and names itself. */
function sharedBar(
  names: readonly ExperimentName[],
  bar: Progress,
): (name: ExperimentName) => ReportProgress {
  const all = names.reduce((sum, name) => sum + WEIGHT[name], 0);
  const shares = new Map(names.map((name) => [name, 0]));
  return (name) => (share, doing) => {
    shares.set(name, share);
    const done = names.reduce((sum, n) => sum + WEIGHT[n] * shares.get(n)!, 0);
    bar.at(done / all, `${name}: ${doing}`);
  };
}
