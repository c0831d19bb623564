import { median } from '../statistics.ts';
import type { Outcome, Setting, SettingFigures } from './settings.ts';

/** What one change does, seed by seed: each seed is compared with itself. */
export interface Effect {
  readonly change: string;
  /** Medians over the seeds of the last model's score and loss on the test set. */
  readonly score: Change;
  readonly loss: Change;
  /** Share of seeds for which the change lowers that loss. */
  readonly lowers: number;
}

export interface Change {
  readonly before: number;
  readonly after: number;
}

/** The layer alone, the rate alone, and each where the other has been changed already. */
export const effects = (settings: readonly SettingFigures[]): readonly Effect[] => {
  const of = (network: Setting['network'], rate: number): SettingFigures =>
    settings.find((setting) => setting.network === network && setting.rate === rate)!;
  return [
    effect('the layer alone, at rate 0.2', of('2-5-1', 0.2), of('2-5-3-1', 0.2)),
    effect('the rate alone, 2-5-1', of('2-5-1', 0.2), of('2-5-1', 5)),
    effect('the layer, at rate 5', of('2-5-1', 5), of('2-5-3-1', 5)),
    effect('the rate, 2-5-3-1', of('2-5-3-1', 0.2), of('2-5-3-1', 5)),
    effect('both, as in the material', of('2-5-1', 0.2), of('2-5-3-1', 5)),
  ];
};

function effect(change: string, before: SettingFigures, after: SettingFigures): Effect {
  const both = (of: (outcome: Outcome) => number): Change => ({
    before: median(before.seeds.map(of)),
    after: median(after.seeds.map(of)),
  });
  const lower = after.seeds.filter((o, i) => o.testLossLast < before.seeds[i]!.testLossLast);
  return {
    change,
    score: both((o) => o.testLast),
    loss: both((o) => o.testLossLast),
    lowers: lower.length / after.seeds.length,
  };
}

/** From which score on the page says that a training reached what the material reports. */
const REACHED = 0.99;

/** Share of the outcomes with at least 99 % in one of the scores. */
export const reaching = (
  outcomes: readonly Outcome[],
  score: 'devBest' | 'devLast' | 'testBest' | 'testLast',
): number => outcomes.filter((outcome) => outcome[score] >= REACHED).length / outcomes.length;
