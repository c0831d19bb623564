import { join, relative } from 'node:path';
import { writeFileAtomically } from '../src/node/atomic-file.ts';
import { environment, environmentFields } from '../src/node/environment.ts';
import type { Progress } from '../src/node/progress.ts';
import { publishPage, publishReport } from '../src/node/publish.ts';
import { renderJson, toJson } from '../src/report/json.ts';
import type { Report } from '../src/report/report.ts';
import type { ResultsOf, SectionContext, SectionName, SectionResult, Sections } from './section.ts';
import type { Selection } from './select.ts';

export interface BenchOptions<S extends Sections> {
  readonly sections: S;
  /** Pages on all sections together, by name; none is written unless given. */
  readonly summaries?: (
    results: ResultsOf<S>,
    context: SectionContext,
  ) => Readonly<Record<string, Report>>;
  readonly selection: Selection;
  readonly quick: boolean;
  /** Where the reports go. */
  readonly folder: string;
  /** Where one JSON document of all reports goes besides. */
  readonly jsonFile?: string;
  readonly bar: Progress;
  /** Gets the plain summary, line by line. */
  readonly print: (line: string) => void;
}

/** Of the order of rows within a round, and of whatever else a section draws. */
const SEED = 0;

/**
 * Runs the selected sections and writes each one's reports as soon as it is done; the pages on all
 * only when everything ran. Resolves to whether nothing is wrong.
 */
export async function runBench<S extends Sections>(options: BenchOptions<S>): Promise<boolean> {
  const { sections, summaries, selection, quick, folder, jsonFile, bar, print } = options;
  const context: SectionContext = {
    quick,
    workloads: selection.workloads,
    seed: SEED,
    header: [
      ...environmentFields(environment()),
      { name: 'seed', value: String(SEED) },
      { name: 'workloads', value: selection.workloads.join(', ') },
    ],
    progress: () => {},
  };
  const results = new Map<SectionName, SectionResult>();
  const pages: string[] = [];
  try {
    for (const [i, name] of selection.sections.entries()) {
      const progress = (share: number, doing: string): void =>
        bar.at((i + share) / selection.sections.length, doing);
      const result = await sections[name]!.run({ ...context, progress });
      await publishReport(folder, name, result.report);
      results.set(name, result);
    }
    if (summaries && selection.everything) {
      // Every section ran, so each name has its own result.
      const all = Object.fromEntries(results) as unknown as ResultsOf<S>;
      for (const [name, report] of Object.entries(summaries(all, context))) {
        await publishPage(folder, name, report);
        pages.push(name);
      }
    }
  } finally {
    bar.done();
  }

  const ok = [...results.values()].every((result) => result.ok);
  if (jsonFile !== undefined) {
    const reports = [...results].map(([name, { report }]) => [
      name,
      JSON.parse(renderJson(report)),
    ]);
    const document = { ok, quick, reports: Object.fromEntries(reports) };
    await writeFileAtomically(jsonFile, toJson(document));
  }
  for (const [name, { headline }] of results) {
    pages.push(name);
    for (const line of headline) print(`${name}  ${line}`);
  }
  const shown = pages.map((page) => relative(process.cwd(), join(folder, `${page}.md`)));
  print(`${quick ? 'Quick reports' : 'Reports'}: ${shown.join(', ')}`);
  return ok;
}
