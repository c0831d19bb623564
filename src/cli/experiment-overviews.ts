import { basename, dirname, join } from 'node:path';
import type { ExperimentContext } from '../experiments/experiment.ts';
import { experiments } from '../experiments/experiments.ts';
import { indexPage } from '../experiments/index-page.ts';
import { materialPages } from '../experiments/material.ts';
import type { AllResults } from '../experiments/results.ts';
import { publishPage } from '../node/publish.ts';
import type { Report } from '../report/report.ts';

type Context = Omit<ExperimentContext, 'progress'>;

/**
 * Pages over all experiments by their paths, seen from the experiments' folder, in the order written.
 * What holds of the material is judged on seed 0, whose figures the pages and READMEs quote.
 */
const overviews = (results: AllResults, context: Context): Readonly<Record<string, Report>> => {
  const index = indexPage(
    Object.values(experiments).map((about) => ({ about, result: results[about.name] })),
    context,
  );
  if (context.seed !== 0) return { README: index };
  const material = Object.entries(materialPages(results, context.recorded));
  return {
    README: index,
    ...Object.fromEntries(material.map(([name, page]) => [join('..', name), page])),
  };
};

/** Writes the pages that rest on every experiment, and resolves to their paths. */
export async function publishOverviews(
  folder: string,
  results: AllResults,
  context: Context,
): Promise<string[]> {
  const paths: string[] = [];
  for (const [name, report] of Object.entries(overviews(results, context))) {
    const path = join(folder, name);
    await publishPage(dirname(path), basename(path), report);
    paths.push(`${path}.md`);
  }
  return paths;
}
