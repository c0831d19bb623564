import { layerwiseDerivative } from '../../src/expression/layerwise.ts';
import { scheduleOf } from '../../src/expression/schedule.ts';
import {
  estimatedVisits,
  networkDerivative,
  type Swell,
} from '../../src/expression/whole-network.ts';
import { type Model, mlp } from '../../src/model/model.ts';
import { workloads } from '../../src/training/workloads.ts';

export type SwellHidden = 'sigmoid' | 'relu';

/** The derivative of one network by all its parameters, twice: as one expression, and by layers. */
export interface SwellRow {
  readonly network: string;
  readonly hidden: SwellHidden;
  readonly parameters: number;
  /** Null where the expression is too large to differentiate. */
  readonly whole: Swell | null;
  /** Nodes that differentiating the whole expression visits. */
  readonly visits: number;
  /** Operations of the layerwise graph: for the loss alone, and with all gradients. */
  readonly loss: number;
  readonly all: number;
}

/** How much larger all gradients are than the loss, written out; null where they were refused. */
export const swellOf = ({ whole }: SwellRow): number | null =>
  whole && whole.gradientTrees / whole.lossTree;

/** Loss and all gradients ÷ the loss alone, in operations of reverse mode. */
export const reverseRatio = ({ loss, all }: SwellRow): number => all / loss;

export async function measureSwell(
  sizes: readonly number[],
  hidden: SwellHidden,
): Promise<SwellRow> {
  const model = mlp(sizes, { hidden });
  const derived = await networkDerivative(model, 'params');
  const { graph, loss, params } = await layerwiseDerivative(model);
  return {
    network: model.name,
    hidden,
    parameters: model.layout.size,
    whole: derived.kind === 'derived' ? derived.swell : null,
    visits: estimatedVisits(model, 'params'),
    loss: scheduleOf(graph, [loss]).operations,
    all: scheduleOf(graph, [loss, ...params]).operations,
  };
}

/** One family of networks, by depth or by width. */
export interface SwellSeries {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly row: SwellRow }[];
}

export interface SwellData {
  /** The material's three networks, with sigmoid and with ReLU. */
  readonly material: readonly SwellRow[];
  /** Hidden layers of 3, as in the material's deepest network: sigmoid, then ReLU. */
  readonly byDepth: readonly SwellSeries[];
  /** One hidden layer, then two. */
  readonly byWidth: readonly SwellSeries[];
}

export async function measureSwells(range: {
  readonly depths: readonly number[];
  readonly widths: readonly number[];
}): Promise<SwellData> {
  const { depths, widths } = range;
  const material: SwellRow[] = [];
  for (const sizes of MATERIAL) {
    material.push(await measureSwell(sizes, 'sigmoid'), await measureSwell(sizes, 'relu'));
  }
  const deep = (layers: number): number[] => [2, ...new Array<number>(layers).fill(3), 1];
  return {
    material,
    byDepth: [
      await series('one expression, sigmoid', depths, deep, 'sigmoid'),
      await series('one expression, ReLU', depths, deep, 'relu'),
    ],
    byWidth: [
      await series('one expression, 2-k-1', widths, (k) => [2, k, 1], 'sigmoid'),
      await series('one expression, 2-k-k-1', widths, (k) => [2, k, k, 1], 'sigmoid'),
    ],
  };
}

const MATERIAL = [
  [2, 5, 1],
  [2, 5, 3, 1],
  [2, 3, 3, 3, 3, 1],
];

async function series(
  name: string,
  xs: readonly number[],
  sizes: (x: number) => number[],
  hidden: SwellHidden,
): Promise<SwellSeries> {
  const points: { x: number; row: SwellRow }[] = [];
  for (const x of xs) points.push({ x, row: await measureSwell(sizes(x), hidden) });
  return { name, points };
}

/** What the large workloads would take. */
export const refusedWorkloads = (): { readonly model: Model; readonly visits: number }[] =>
  (['W4', 'W5'] as const).map((id) => {
    const { model } = workloads[id]();
    return { model, visits: estimatedVisits(model, 'params') };
  });
