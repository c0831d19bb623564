import type { Experiment, ExperimentResult } from '../experiments/experiment.ts';
import { isInside, type StatedFigure } from '../experiments/stated-figure.ts';
import { toJson } from '../report/json.ts';

/** An experiment that ran. */
export interface Ran {
  readonly about: Omit<Experiment, 'run'>;
  readonly result: ExperimentResult;
  /** Its page, seen from where the command was called. */
  readonly page: string;
}

/** `backproof experiment list --json`. */
export const listJson = (experiments: readonly Omit<Experiment, 'run'>[]): string =>
  toJson({
    experiments: experiments.map(({ name, title, section, shows }) => ({
      name,
      title,
      section,
      shows,
    })),
  });

/** `backproof experiment run --json`. */
export const runJson = (
  ran: readonly Ran[],
  { seed, seeds }: { readonly seed: number; readonly seeds: readonly number[] },
): string =>
  toJson({
    seed,
    seeds,
    ok: ran.every(({ result }) => result.stated.every(isInside)),
    experiments: ran.map(({ about: { name, title, section, shows }, result, page }) => ({
      name,
      title,
      section,
      shows,
      ok: result.stated.every(isInside),
      headline: result.headline,
      stated: result.stated.map(statedData),
      figures: withoutMaps(result.figures),
      page,
    })),
  });

function statedData(figure: StatedFigure): unknown {
  const { what, value, seeds, stated } = figure;
  const [low, high] = stated.map((end) => (Number.isFinite(end) ? end : null));
  return { what, value, low, high, seeds: seeds ?? null, inside: isInside(figure) };
}

/** JSON has no maps: they become objects, their keys text. */
function withoutMaps(data: unknown): unknown {
  if (data instanceof Map) return withoutMaps(Object.fromEntries(data));
  if (data instanceof Set || Array.isArray(data)) return Array.from(data, withoutMaps);
  if (typeof data !== 'object' || data === null || ArrayBuffer.isView(data)) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, withoutMaps(value)]));
}
