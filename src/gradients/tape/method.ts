import { heap, pool } from '../../numeric/allocator.ts';
import { fast } from '../../numeric/kernels/fast.ts';
import type { Kernels } from '../../numeric/kernels/kernels.ts';
import type { Matrix } from '../../numeric/matrix.ts';
import type { Params } from '../../params/params.ts';
import type { Extras, GradientMethod, MethodName } from '../method.ts';
import { type Workspace, workspace } from '../workspace.ts';
import { type Autograd, autograd } from './autograd.ts';
import { fused, textbook } from './compositions.ts';
import { type Composition, type Recorded, recordNetwork } from './network.ts';
import { recordKernels } from './replay.ts';

/** The tape, written anew at every step. */
export const tapeFused: GradientMethod = eager('tape-fused', fused);
export const tapeTextbook: GradientMethod = eager('tape-textbook', textbook);
/** The tape, written once; its kernel calls are repeated at every step. */
export const replayFused: GradientMethod = replayed('replay-fused', fused);
export const replayTextbook: GradientMethod = replayed('replay-textbook', textbook);

/** Record, walk back, forget: memory comes from a pool, so a step allocates no arrays. */
export function eager(
  name: MethodName,
  composition: Composition,
  kernels: Kernels = fast,
): GradientMethod {
  return {
    name,
    prepare: async (model, shape, options = {}) => {
      const { dtype } = options;
      const wantInputs = options.wrt === 'params+inputs';
      const memory = workspace(model, shape, options, heap(dtype));
      const steps = pool(dtype);
      const grad = autograd(kernels, steps);
      return {
        kind: 'prepared',
        run: {
          valueAndGrad(params, batch, into, extra) {
            memory.load(params, batch, into, extra);
            steps.reset();
            grad.tape.clear();
            const network = recordNetwork(grad, composition, memory, wantInputs);
            grad.tape.backward(network.loss);
            collect(cotangents(grad, network, memory));
            return finish(grad, network, memory, kernels, into, extra);
          },
          value(params, batch, extra) {
            memory.load(params, batch, null, extra);
            steps.reset();
            grad.tape.clear();
            const network = recordNetwork(grad, composition, memory, false);
            return finish(grad, network, memory, kernels, null, extra);
          },
        },
      };
    },
  };
}

/** Record and walk back once, on memory that stays; then only the kernel calls are repeated. */
export function replayed(
  name: MethodName,
  composition: Composition,
  kernels: Kernels = fast,
): GradientMethod {
  return {
    name,
    prepare: async (model, shape, options = {}) => {
      const { dtype } = options;
      const wantInputs = options.wrt === 'params+inputs';
      const memory = workspace(model, shape, options, heap(dtype));
      const recording = recordKernels(kernels);
      const grad = autograd(recording.kernels, heap(dtype));
      // What the workspace holds now is of no importance: no call depends on a value.
      const network = recordNetwork(grad, composition, memory, wantInputs);
      const forward = recording.length();
      grad.tape.backward(network.loss);
      const step = recording.length();
      const found = cotangents(grad, network, memory);
      return {
        kind: 'prepared',
        run: {
          valueAndGrad(params, batch, into, extra) {
            memory.load(params, batch, into, extra);
            recording.replay(step);
            collect(found);
            return finish(grad, network, memory, kernels, into, extra);
          },
          value(params, batch, extra) {
            memory.load(params, batch, null, extra);
            recording.replay(forward);
            return finish(grad, network, memory, kernels, null, extra);
          },
        },
      };
    },
  };
}

/** A parameter's place in the workspace's flat gradient, and its cotangent. */
interface Cotangent {
  readonly into: Matrix;
  readonly from: Matrix;
}

const cotangents = ({ tape }: Autograd, network: Recorded, memory: Workspace): Cotangent[] =>
  Array.from(network.params, ([name, variable]) => ({
    into: memory.grads.get(name)!,
    from: tape.gradient(variable)!, // every parameter of a sequential network feeds the loss
  }));

function collect(found: readonly Cotangent[]): void {
  for (let i = 0; i < found.length; i++) found[i]!.into.data.set(found[i]!.from.data);
}

function finish(
  { tape }: Autograd,
  network: Recorded,
  memory: Workspace,
  kernels: Kernels,
  into: Params | null,
  extra: Extras | undefined,
): number {
  let outputs: Matrix = network.last.value;
  if (network.lastIsLogits && extra?.outputs) {
    kernels.sigmoid(extra.outputs, network.last.value);
    outputs = extra.outputs;
  }
  const dInputs = network.inputs.active ? (tape.gradient(network.inputs) ?? null) : null;
  memory.store(into, extra, outputs, dInputs);
  return network.loss.value.data[0]!;
}
