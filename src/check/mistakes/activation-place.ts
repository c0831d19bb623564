import { fused } from '../../gradients/manual/fused.ts';
import type { LayerRule, LayerSite, RuleSet } from '../../gradients/manual/rule.ts';
import type { LayerKind } from '../../model/layer.ts';
import type { Model } from '../../model/model.ts';
import type { Matrix } from '../../numeric/matrix.ts';
import type { Mistake } from './mistake.ts';
import { activations, activationsApart, isActivation, type Place } from './place.ts';
import { everyLayer, planted, spare, spoilt } from './plant.ts';

/** Mistakes of φ′ that depend on which layer it is: one spared, or one taken for another. */
export const activationPlaceMistakes: readonly Mistake[] = [
  planted({
    name: 'output-slope-missing',
    part: 'activation',
    says: "The output activation's derivative is missing: the loss's derivative for the outputs goes on as it is.",
    formula: 'dz = ∂L/∂p ⊙ φ′(z) → ∂L/∂p',
    applies: (model) => outputActivation(model) !== null,
    rules: (model) => passingThrough(outputActivation(model), { ...fused, sigmoidBce: null }),
  }),
  planted({
    name: 'slope-missing-once',
    part: 'activation',
    says: "One hidden layer lacks its activation's derivative, the others have it.",
    formula: 'dz = da ⊙ φ′(z) → da, in one layer of several',
    applies: (model) => oneOfSeveral(model) !== null,
    rules: (model) => passingThrough(oneOfSeveral(model), fused),
  }),
  planted({
    name: 'slope-of-layer-before',
    part: 'activation',
    says: "A layer's derivative is computed from the activation of the layer before: h(1 − h) for o(1 − o).",
    formula: 'dz = do ⊙ o(1 − o) → do ⊙ h(1 − h)',
    applies: (model) => smooth(model).some(({ index }) => index !== smoothIndices(model)[0]),
    rules: () => slopesFrom((all, own) => all[own - 1]),
  }),
  planted({
    name: 'slope-of-layer-after',
    part: 'activation',
    says: "A layer's derivative is computed from the activation of the layer after: o(1 − o) for h(1 − h).",
    formula: 'dz = dh ⊙ h(1 − h) → dh ⊙ o(1 − o)',
    applies: (model) => smooth(model).some(({ index }) => index !== smoothIndices(model).at(-1)),
    rules: () => slopesFrom((all, own) => all[own + 1]),
  }),
];

/** The index of the last layer if it is an activation that bends at generic points. */
function outputActivation(model: Model): number | null {
  const last = activations(model).filter(bends).at(-1);
  return last?.index === model.layers.length - 1 ? last.index : null;
}

/** The index of the last of several activations with a derivative of their own. */
function oneOfSeveral(model: Model): number | null {
  const places = activationsApart(model).filter(bends);
  return places.length > 1 ? places.at(-1)!.index : null;
}

/** A leaky slope of 1 bends nothing. */
const bends = ({ spec }: Place): boolean => spec.kind !== 'leaky_relu' || spec.slope !== 1;

/** The rules, but one layer's backward pass copies dY. */
const passingThrough = (chosen: number | null, rules: RuleSet): RuleSet => ({
  ...rules,
  layers: everyLayer((rule, index) => (index === chosen ? spoilt(rule, copyDy) : rule)),
});

const copyDy = <K extends LayerKind>({ kernels: k, dx, dy }: LayerSite<K>): (() => void) =>
  dx ? () => k.copy(dx, dy) : spare;

/** Sigmoids and tanhs: their derivatives are functions of the output alone. */
const isSmooth = (kind: LayerKind): boolean => kind === 'sigmoid' || kind === 'tanh';

const smooth = (model: Model): readonly Place[] =>
  activations(model).filter(({ spec }) => isSmooth(spec.kind));

const smoothIndices = ({ layers }: Model): readonly number[] =>
  layers.flatMap((spec, index) => (isActivation(spec) && isSmooth(spec.kind) ? [index] : []));

/** φ′ from another sigmoid's or tanh's output; where the widths differ, its units are taken in turn. */
function slopesFrom(choose: (all: readonly Matrix[], own: number) => Matrix | undefined): RuleSet {
  const all: Matrix[] = [];
  const wrong =
    <K extends 'sigmoid' | 'tanh'>(
      rule: LayerRule<K>,
      slope: (da: number, a: number) => number,
    ): LayerRule<K> =>
    (site) => {
      const own = all.push(site.y) - 1;
      const { x, y, dx, dy } = site;
      const right = rule(site);
      return {
        forward: right.forward,
        backward() {
          if (!dx) return;
          const { cols, data: a } = choose(all, own) ?? y;
          for (let i = 0; i < x.rows; i++) {
            for (let j = 0; j < x.cols; j++) {
              const at = i * x.cols + j;
              dx.data[at] = slope(dy.data[at]!, a[i * cols + (j % cols)]!);
            }
          }
        },
      };
    };
  const { sigmoid, tanh } = fused.layers;
  const layers = {
    ...fused.layers,
    sigmoid: wrong(sigmoid, (da, a) => da * (a * (1 - a))),
    tanh: wrong(tanh, (da, a) => da * ((1 - a) * (1 + a))),
  };
  return { ...fused, layers, sigmoidBce: null };
}
