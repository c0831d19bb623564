import { join } from 'node:path';
import type { Report } from '../report/report.ts';
import type { StartExperiment } from './experiment-start.ts';

/** Where pages of a seed go: those of seed 0 are committed, and no other run writes over them. */
export const experimentFolder = (reports: string, seed: number): string =>
  seed === 0 ? join(reports, 'experiments') : join(reports, 'experiments', `seed-${seed}`);

/** Pages are written for the folder of seed 0: below it, the way up is one folder longer. */
export const startBelow =
  (start: StartExperiment): StartExperiment =>
  async (...what) => {
    const result = await start(...what);
    return { ...result, report: oneBelow(result.report) };
  };

export const oneBelow = (report: Report): Report => linksOneUp(report) as Report; // the same shape

function linksOneUp(data: unknown): unknown {
  if (typeof data === 'string') return data.replaceAll('](../', '](../../');
  if (Array.isArray(data)) return data.map(linksOneUp);
  if (typeof data !== 'object' || data === null) return data;
  if (Object.getPrototypeOf(data) !== Object.prototype) return data;
  const entries = Object.entries(data);
  return Object.fromEntries(entries.map(([key, value]) => [key, linksOneUp(value)]));
}
