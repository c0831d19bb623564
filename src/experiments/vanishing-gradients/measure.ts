import { type Along, alongside, type Watch } from '../alongside.ts';
import { backwardDecades, type Decades } from '../backward-decades.ts';
import type { ExperimentContext } from '../experiment.ts';
import { fiveLayerSetup, type PerLayer, type StartName } from '../five-layer.ts';
import { weightNorms } from '../layer-norms.ts';
import type { Setup } from '../setup.ts';
import { trainOnce } from '../train.ts';

export type VanishingStart = Exclude<StartName, 'negative'>;
export type HiddenName = 'sigmoid' | 'relu';

export const STARTS: readonly VanishingStart[] = ['small', 'unit', 'default'];
export const HIDDEN: readonly HiddenName[] = ['sigmoid', 'relu'];
export const EPOCHS = 10;

export const names: { readonly [H in HiddenName]: string } = { sigmoid: 'sigmoid', relu: 'ReLU' };

/** One training: norms of every epoch, first to last. */
export interface Measured {
  /** Of the weights' gradients. */
  readonly grads: readonly PerLayer[];
  /** Of the weights themselves, before the update. */
  readonly weights: readonly PerLayer[];
  /** Where the first epoch's gradient loses its size. */
  readonly decades: Decades;
}

/** One start and activation: the page's seed, and every seed of the context. */
export interface Case {
  readonly start: VanishingStart;
  readonly hidden: HiddenName;
  readonly own: Measured;
  readonly along: Along;
  /** Of the first epoch alone. */
  readonly others: readonly Measured[];
}

export async function measureAll({
  seed,
  seeds,
  progress,
}: ExperimentContext): Promise<readonly Case[]> {
  const cases: Case[] = [];
  for (const start of STARTS) {
    for (const hidden of HIDDEN) {
      progress(cases.length / (STARTS.length * HIDDEN.length), `${start} start, ${names[hidden]}`);
      const setup = fiveLayerSetup({ hidden, start, seed, epochs: EPOCHS });
      const watch = await alongside(setup);
      const own = await measure(setup, watch.see);
      const others: Measured[] = [];
      for (const other of seeds) {
        others.push(await measure(fiveLayerSetup({ hidden, start, seed: other, epochs: 1 })));
      }
      cases.push({ start, hidden, own, along: watch.found(), others });
    }
  }
  return cases;
}

async function measure(setup: Setup, see: Watch['see'] = () => {}): Promise<Measured> {
  const grads: PerLayer[] = [];
  const weights: PerLayer[] = [];
  await trainOnce(setup, undefined, (epoch) => {
    see(epoch);
    grads.push(weightNorms(epoch.grads));
    weights.push(weightNorms(epoch.params));
  });
  const { model, params, split } = setup;
  return {
    grads,
    weights,
    decades: await backwardDecades(model, params, split.train, grads[0]!),
  };
}

export const caseOf = (
  cases: readonly Case[],
  start: Case['start'],
  hidden: Case['hidden'],
): Case => cases.find((c) => c.start === start && c.hidden === hidden)!; // one of each is measured
