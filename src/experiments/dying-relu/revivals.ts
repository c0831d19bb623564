import { type Along, alongside } from '../alongside.ts';
import type { ExperimentContext } from '../experiment.ts';
import { fiveLayerSetup } from '../five-layer.ts';
import type { Setup } from '../setup.ts';
import { trainOnce } from '../train.ts';
import { deadMasks } from './dead-units.ts';

/** Units of a ReLU layer that are dead at the start, and those of them active at the end: over the seeds. */
export interface Woken {
  readonly dead: number;
  readonly woken: number;
}

/** Whether a dead unit may wake, from PyTorch's default start. */
export interface Revivals {
  readonly rate: number;
  readonly epochs: number;
  /** First hidden layer to last. */
  readonly layers: readonly Woken[];
  /** In how many seeds some unit wakes. */
  readonly seedsWithOne: number;
}

export interface RevivalRuns {
  readonly figures: Revivals;
  /** Of the page's seed. */
  readonly along: Along;
}

/** The material's rate of section 1: at its 0.01 the layers before a dead unit hardly move. */
const RATE = 0.2;
/** Most of those that wake do so by then. */
const REVIVAL_EPOCHS = 400;

export async function measureRevivals(
  { seed, seeds }: Pick<ExperimentContext, 'seed' | 'seeds'>,
  epochs: number = REVIVAL_EPOCHS,
): Promise<RevivalRuns> {
  const setup = (of: number): Setup => ({
    ...fiveLayerSetup({ hidden: 'relu', start: 'default', seed: of, epochs }),
    learningRate: RATE,
  });
  const watch = await alongside(setup(seed));
  if (!seeds.includes(seed)) await trainOnce(setup(seed), undefined, watch.see);
  const found: (readonly Woken[])[] = [];
  for (const other of seeds) {
    found.push(await wokenOf(setup(other), other === seed ? watch.see : undefined));
  }
  const sum = (of: (layers: Woken) => number, layer: number): number =>
    found.reduce((total, layers) => total + of(layers[layer]!), 0);
  return {
    figures: {
      rate: RATE,
      epochs,
      layers: (found[0] ?? []).map((_, layer) => ({
        dead: sum(({ dead }) => dead, layer),
        woken: sum(({ woken }) => woken, layer),
      })),
      seedsWithOne: found.filter((layers) => layers.some(({ woken }) => woken > 0)).length,
    },
    along: watch.found(),
  };
}

async function wokenOf(
  setup: Setup,
  see: Parameters<typeof trainOnce>[2] = null,
): Promise<readonly Woken[]> {
  const { model, params, split } = setup;
  const { last } = await trainOnce(setup, undefined, see);
  return wokenBetween(deadMasks(model, params, split.train), deadMasks(model, last, split.train));
}

/** In the layers after the first, whose inputs change as the layers before them learn. */
export function laterWoken({ layers }: Revivals): Woken & { readonly share: number } {
  const later = layers.slice(1);
  const dead = later.reduce((sum, layer) => sum + layer.dead, 0);
  const woken = later.reduce((sum, layer) => sum + layer.woken, 0);
  return { dead, woken, share: woken / dead };
}

/** Layer by layer, unit by unit: whether it is dead before, and after. */
export const wokenBetween = (
  before: readonly (readonly boolean[])[],
  after: readonly (readonly boolean[])[],
): readonly Woken[] =>
  before.map((units, layer) => ({
    dead: units.filter((isDead) => isDead).length,
    woken: units.filter((isDead, unit) => isDead && !after[layer]![unit]!).length,
  }));
