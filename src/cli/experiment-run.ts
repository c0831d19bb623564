import { join, relative } from 'node:path';
import type { ExperimentContext, ExperimentName } from '../experiments/experiment.ts';
import { experiments } from '../experiments/experiments.ts';
import type { AllResults } from '../experiments/results.ts';
import { isInside } from '../experiments/stated-figure.ts';
import { environment, packageHome } from '../node/environment.ts';
import { tidyOnInterrupt } from '../node/interrupt.ts';
import { progress, type Terminal } from '../node/progress.ts';
import { whyFolderNotWritable } from '../node/writable.ts';
import { experimentFolder, startBelow } from './experiment-folder.ts';
import type { Ran } from './experiment-json.ts';
import { publishOverviews } from './experiment-overviews.ts';
import { readRecorded } from './experiment-recorded.ts';
import { runExperiments } from './experiment-schedule.ts';
import { inWorkerThread } from './experiment-start.ts';
import { reportsFolder } from './reports-folder.ts';
import { UsageError } from './usage-error.ts';

/** What a run of the project's experiments came to. */
export interface Outcome {
  /** In the order of the names. */
  readonly ran: readonly Ran[];
  /** Where to begin reading, seen from the current folder. */
  readonly pages: readonly string[];
  /** Whether every figure lies in its stated range. */
  readonly ok: boolean;
  /** That each page was compared with. */
  readonly seeds: readonly number[];
}

/** Of the runs beside a page's own: always these, so that pages of any seed compare with the same. */
const SEEDS: readonly number[] = Array.from({ length: 20 }, (_, i) => i);

/**
 * Runs these experiments as fast as the cores allow, each in a thread of its own, and writes their
 * pages. Throws a `UsageError` where they cannot be written, before the minutes of work.
 */
export async function runSelected(
  names: readonly ExperimentName[],
  seed: number,
  stderr: Terminal,
): Promise<Outcome> {
  const reports = reportsFolder();
  const folder = experimentFolder(reports, seed);
  const why = await whyFolderNotWritable(folder);
  if (why !== null) throw new UsageError(why);
  const { version, cores } = environment();
  const note = (line: string): void => void stderr.write(`backproof: ${line}\n`);
  const context: Omit<ExperimentContext, 'progress'> = {
    seed,
    seeds: SEEDS,
    header: [
      { name: 'backproof', value: version },
      { name: 'seed', value: String(seed) },
    ],
    recorded: await readRecorded({ reports, home: packageHome() }, note),
  };
  const limit = Math.min(cores, names.length);
  const start = seed === 0 ? inWorkerThread : startBelow(inWorkerThread);
  const bar = progress(stderr);
  const release = tidyOnInterrupt(() => bar.done());
  const results = await runExperiments({ names, context, start, limit, folder, bar }).finally(
    release,
  );

  const fromHere = (path: string): string => relative(process.cwd(), path);
  const ran = [...results].map(([name, result]) => ({
    about: experiments[name],
    result,
    page: fromHere(join(folder, `${name}.md`)),
  }));
  const everything = Object.values(experiments).every(({ name }) => results.has(name));
  const pages = everything
    ? // Every experiment has its own result.
      await publishOverviews(folder, Object.fromEntries(results) as unknown as AllResults, context)
    : null;
  return {
    ran,
    pages: pages?.map(fromHere) ?? ran.map(({ page }) => page),
    ok: ran.every(({ result }) => result.stated.every(isInside)),
    seeds: SEEDS,
  };
}
