import type { StartExperiment } from '../../src/cli/experiment-start.ts';
import type {
  Experiment,
  ExperimentContext,
  ExperimentName,
  ExperimentResult,
} from '../../src/experiments/experiment.ts';
import type { StatedFigure } from '../../src/experiments/stated-figure.ts';
import { type Block, paragraph } from '../../src/report/report.ts';

/** What a test makes of an experiment that finds nothing out. */
export interface Pretence {
  readonly blocks?: readonly Block[];
  readonly stated?: readonly StatedFigure[];
  readonly figures?: unknown;
  /** Before it has a result. */
  readonly before?: (context: ExperimentContext) => Promise<void> | void;
}

export const pretendedResult = (
  name: ExperimentName,
  { seed, header }: Pick<ExperimentContext, 'seed' | 'header'>,
  { blocks = [paragraph('found')], stated = [], figures = null }: Pretence = {},
): ExperimentResult => ({
  report: { title: name, quick: false, header, blocks },
  stated,
  headline: [`${name} found, seed ${seed}`],
  figures,
});

export const pretended = (name: ExperimentName, pretence: Pretence = {}): Experiment => ({
  name,
  title: `Title of ${name}`,
  section: '1.2',
  shows: `What ${name} shows.`,
  run: async (context) => {
    await pretence.before?.(context);
    return pretendedResult(name, context, pretence);
  },
});

/** Runs these in this thread. The result is cloned, as from a worker: what is no plain data fails. */
export const inThisThread =
  (experiments: { readonly [N in ExperimentName]?: Experiment }): StartExperiment =>
  async (name, context) =>
    structuredClone(await experiments[name]!.run(context));
