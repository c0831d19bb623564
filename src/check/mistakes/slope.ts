import { fused } from '../../gradients/manual/fused.ts';
import type { LayerRule, RuleSet } from '../../gradients/manual/rule.ts';
import type { SpecOf } from '../../model/layer.ts';
import { layerOf } from '../../model/layers.ts';
import { double } from '../../numeric/double.ts';
import type { Mistake } from './mistake.ts';
import { type ActivationKind, activationsApart } from './place.ts';
import { type Plan, planted } from './plant.ts';

/** ∂L/∂z of one unit, from ∂L/∂a, a = φ(z) and z. */
export type PullBack<K extends ActivationKind> = (
  da: number,
  a: number,
  z: number,
  spec: SpecOf<K>,
) => number;

export type Formulas = { readonly [K in ActivationKind]?: PullBack<K> };

/** The right ones: dz = da ⊙ φ′ (derivations/sigmoid.md and so on). */
const RIGHT: Required<Formulas> = {
  sigmoid: (da, a) => da * (a * (1 - a)),
  tanh: (da, a) => da * ((1 - a) * (1 + a)),
  relu: (da, _a, z) => (z > 0 ? da : 0),
  leaky_relu: (da, _a, z, { slope }) => (z > 0 ? da : slope * da),
  elu: (da, a, z, { alpha }) => (z > 0 ? da : da * (a + alpha)),
};

/** Wrong formulas by kind; the mistake applies where one of them gives another value than the right one. */
export function slopeMistake(
  about: Omit<Plan, 'rules' | 'part' | 'applies'>,
  wrong: Formulas,
): Mistake {
  return planted({
    ...about,
    part: 'activation',
    applies: (model) => activationsApart(model).some(({ spec }) => differs(spec, wrong)),
    rules: () => withFormulas(wrong),
  });
}

function withFormulas(wrong: Formulas): RuleSet {
  const rule = <K extends ActivationKind>(kind: K): LayerRule<K> => {
    const formula: PullBack<K> | undefined = wrong[kind];
    return formula ? withFormula(fused.layers[kind], formula) : fused.layers[kind];
  };
  return {
    ...fused,
    layers: {
      ...fused.layers,
      sigmoid: rule('sigmoid'),
      tanh: rule('tanh'),
      relu: rule('relu'),
      leaky_relu: rule('leaky_relu'),
      elu: rule('elu'),
    },
  };
}

/** The right forward pass; backwards the formula. */
const withFormula =
  <K extends ActivationKind>(rule: LayerRule<K>, formula: PullBack<K>): LayerRule<K> =>
  (site) => ({
    forward: rule(site).forward,
    backward() {
      const { spec, dx } = site;
      if (!dx) return;
      const { data: into } = dx;
      const { data: da } = site.dy;
      const { data: a } = site.y;
      const { data: z } = site.x;
      for (let i = 0; i < into.length; i++) into[i] = formula(da[i]!, a[i]!, z[i]!, spec);
    },
  });

/** Both sides of the kink, upstream of both signs. */
const PROBES = [-0.9, 0.7].flatMap((z) => [-1.3, 1.1].map((da) => ({ z, da })));

/** Whether the wrong formula is another function with these settings: a leaky slope of 1 needs no mask. */
function differs(spec: SpecOf<ActivationKind>, wrong: Formulas): boolean {
  // A spec, its definition and its formulas share one kind.
  const formula = wrong[spec.kind] as PullBack<typeof spec.kind> | undefined;
  const right = RIGHT[spec.kind] as PullBack<typeof spec.kind>;
  if (!formula) return false;
  return PROBES.some(({ z, da }) => {
    const none = (): readonly number[] => [];
    const a = layerOf(spec.kind).define(double, spec as never, none, [z])[0]!;
    return formula(da, a, z, spec as never) !== right(da, a, z, spec as never);
  });
}
