import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { renderChart } from '../report/chart.ts';
import { renderJson } from '../report/json.ts';
import { renderMarkdown } from '../report/markdown.ts';
import type { Report } from '../report/report.ts';
import { writeFileAtomically } from './atomic-file.ts';

const CHARTS = 'charts';

/** Writes `NAME.md`; all is rendered before anything is written, and each file is written whole. */
export async function publishPage(folder: string, name: string, report: Report): Promise<void> {
  await publish(folder, report, [[`${name}.md`, renderMarkdown(report, { charts: CHARTS })]]);
}

/** Writes `NAME.md` and `NAME.json`, with the charts, likewise. */
export async function publishReport(folder: string, name: string, report: Report): Promise<void> {
  await publish(folder, report, [
    [`${name}.json`, renderJson(report)],
    [`${name}.md`, renderMarkdown(report, { charts: CHARTS })],
  ]);
}

type File = readonly [path: string, content: string];

async function publish(folder: string, report: Report, pages: readonly File[]): Promise<void> {
  const charts: File[] = [];
  for (const block of report.blocks) {
    if (block.kind !== 'chart') continue;
    for (const [scheme, svg] of Object.entries(await renderChart(block.spec))) {
      charts.push([join(CHARTS, `${block.name}.${scheme}.svg`), svg]);
    }
  }
  await mkdir(join(folder, CHARTS), { recursive: true });
  // The page comes last: what it shows is there.
  for (const [path, content] of [...charts, ...pages]) {
    await writeFileAtomically(join(folder, path), content);
  }
}
