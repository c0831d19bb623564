import type { LayerSpec } from '../../model/layer.ts';
import { layerOf } from '../../model/layers.ts';
import { layerName } from '../../model/model.ts';
import { type Allocator, heap } from '../../numeric/allocator.ts';
import { fast } from '../../numeric/kernels/fast.ts';
import type { Kernels } from '../../numeric/kernels/kernels.ts';
import type { Matrix } from '../../numeric/matrix.ts';
import type { GradientMethod, PreparedGradient } from '../method.ts';
import { type Workspace, workspace } from '../workspace.ts';
import { fused } from './fused.ts';
import type { LayerRule, Passes, RuleSet } from './rule.ts';
import { textbook } from './textbook.ts';

/** Explicit formulas, one kernel a layer and pass. */
export const manualFused: GradientMethod = manualMethod('manual-fused', fused);
/** Explicit formulas, one kernel a symbol of the formula. */
export const manualTextbook: GradientMethod = manualMethod('manual-textbook', textbook);

/** A hand-derived method from its rules; `kernels` may be the reference ones in tests. */
export function manualMethod(
  name: string,
  rules: RuleSet,
  kernels: Kernels = fast,
): GradientMethod {
  return {
    name,
    prepare: async (model, shape, options = {}) => {
      const allocator = heap(options.dtype);
      const memory = workspace(model, shape, options, allocator);
      const wantInputs = options.wrt === 'params+inputs';
      return {
        kind: 'prepared',
        run: prepareNetwork(rules, kernels, allocator, memory, wantInputs),
      };
    },
  };
}

/**
 * Lays the network out once: every matrix made, every layer's two passes bound to its matrices. Then
 * a step is the layers forwards, and the same layers backwards: derivations/two-layer-network.md.
 */
function prepareNetwork(
  rules: RuleSet,
  kernels: Kernels,
  allocator: Allocator,
  memory: Workspace,
  wantInputs: boolean,
): PreparedGradient {
  const { model, rows, divisor, inputs, targets } = memory;
  const { matrix } = allocator;

  // A last sigmoid that the loss includes is no layer of its own.
  const fusesTail =
    rules.sigmoidBce !== null &&
    model.loss.kind === 'bce' &&
    model.layers.at(-1)?.kind === 'sigmoid';
  const specs = fusesTail ? model.layers.slice(0, -1) : model.layers;

  const passes: Passes[] = [];
  const dInputs = wantInputs ? matrix(rows, model.inputs) : null;
  let x = inputs;
  let dx = dInputs;
  for (const spec of specs) {
    // The spec and its definition share one kind.
    const width = layerOf(spec.kind).width(spec as never, x.cols);
    const y = matrix(rows, width);
    const dy = matrix(rows, width);
    passes.push(layerPasses(rules, spec, kernels, allocator, memory, { x, y, dx, dy }));
    x = y;
    dx = dy;
  }

  const outputs = fusesTail ? matrix(rows, model.outputs) : x;
  const loss = matrix(1, 1);
  const lossRule = (fusesTail && rules.sigmoidBce) || rules.losses[model.loss.kind];
  // A network without layers has no matrix for ∂loss/∂outputs yet.
  const dTail = dx ?? matrix(rows, x.cols);
  passes.push(
    lossRule({ kernels, workspace: matrix, x, outputs, targets, loss, dx: dTail, divisor }),
  );

  return {
    valueAndGrad(params, batch, into, extra) {
      memory.load(params, batch, into, extra);
      for (let l = 0; l < passes.length; l++) passes[l]!.forward();
      for (let l = passes.length - 1; l >= 0; l--) passes[l]!.backward();
      memory.store(into, extra, outputs, dInputs);
      return loss.data[0]!;
    },
    value(params, batch, extra) {
      memory.load(params, batch, null, extra);
      for (let l = 0; l < passes.length; l++) passes[l]!.forward();
      memory.store(null, extra, outputs, null);
      return loss.data[0]!;
    },
  };
}

function layerPasses(
  rules: RuleSet,
  spec: LayerSpec,
  kernels: Kernels,
  allocator: Allocator,
  memory: Workspace,
  place: { x: Matrix; y: Matrix; dx: Matrix | null; dy: Matrix },
): Passes {
  const parameter = (name: string): { value: Matrix; gradient: Matrix } => {
    const slot = `${layerName(spec)}.${name}`;
    // Workspace and model share one layout, so the slot is there.
    return { value: memory.params.get(slot)!, gradient: memory.grads.get(slot)! };
  };
  // The table pairs each kind with the rule for its own spec, which TypeScript can't follow here.
  const rule = rules.layers[spec.kind] as LayerRule<typeof spec.kind>;
  return rule({ spec, kernels, workspace: allocator.matrix, parameter, ...place } as never);
}
