import { basename, dirname, join } from 'node:path';
import type { ExperimentContext } from '../experiments/experiment.ts';
import { experiments } from '../experiments/experiments.ts';
import { indexPage } from '../experiments/index-page.ts';
import { materialPages } from '../experiments/material.ts';
import type { AllResults } from '../experiments/results.ts';
import { publishPage } from '../node/publish.ts';
import type { Report } from '../report/report.ts';

type Context = Omit<ExperimentContext, 'progress'>;

/** Pages over all experiments by their paths, seen from the reports' folder, in the order written. */
const overviews = (results: AllResults, context: Context): Readonly<Record<string, Report>> => ({
  'experiments/README': indexPage(
    Object.values(experiments).map((about) => ({ about, result: results[about.name] })),
    context,
  ),
  ...materialPages(results, context.recorded),
});

/** Writes the pages that rest on every experiment, and resolves to their paths. */
export async function publishOverviews(
  reports: string,
  results: AllResults,
  context: Context,
): Promise<string[]> {
  const paths: string[] = [];
  for (const [name, report] of Object.entries(overviews(results, context))) {
    const path = join(reports, name);
    await publishPage(dirname(path), basename(path), report);
    paths.push(`${path}.md`);
  }
  return paths;
}
