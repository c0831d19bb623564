import { type Autograd, autograd, type Variable } from '../../gradients/tape/autograd.ts';
import { textbook } from '../../gradients/tape/compositions.ts';
import { recordNetwork } from '../../gradients/tape/network.ts';
import { workspace } from '../../gradients/workspace.ts';
import type { Batch } from '../../model/batch.ts';
import type { Model } from '../../model/model.ts';
import { heap } from '../../numeric/allocator.ts';
import { fast } from '../../numeric/kernels/fast.ts';
import { wrapKernels } from '../../numeric/kernels/wrap.ts';
import { shapeText } from '../../numeric/matrix.ts';
import type { Params } from '../../params/params.ts';

/** One step written on a tape of textbook operations. */
export interface Graph {
  /** One line a node, in the order of the tape: operation, operands, shape. */
  readonly nodes: readonly string[];
  /** Nodes that are operations, not parameters or data. */
  readonly operations: number;
  /** Kernels called while the forward pass was written down. */
  readonly callsRecording: number;
  /** Kernels called on the walk back: the derivatives. */
  readonly callsBackward: number;
  /** What the tape computes. */
  readonly loss: number;
}

/** Writes the network's step at these parameters on a new tape and walks it back. */
export function graphOf(model: Model, batch: Batch, params: Params): Graph {
  const memory = workspace(model, { rows: batch.inputs.rows }, {}, heap());
  memory.load(params, batch, null, undefined);
  let calls = 0;
  const counted = wrapKernels(fast, (call) => {
    calls++;
    call();
  });
  const grad: Autograd = autograd(counted);
  const { loss } = recordNetwork(grad, textbook, memory, false);
  const callsRecording = calls;
  grad.tape.backward(loss);
  const nodes = behind(loss);
  return {
    nodes: nodes.map(nodeText),
    operations: nodes.filter(({ inputs }) => inputs.length > 0).length,
    callsRecording,
    callsBackward: calls - callsRecording,
    loss: loss.value.data[0]!,
  };
}

/** Lines in which two tapes differ. */
export const differingNodes = (a: Graph, b: Graph): number =>
  Array.from({ length: Math.max(a.nodes.length, b.nodes.length) }).filter(
    (_, i) => a.nodes[i] !== b.nodes[i],
  ).length;

/** Every node that the loss depends on, in the order of the tape. */
function behind(loss: Variable): Variable[] {
  const found = new Set<Variable>();
  const visit = (node: Variable): void => {
    if (found.has(node)) return;
    found.add(node);
    node.inputs.forEach(visit);
  };
  visit(loss);
  return [...found].sort((a, b) => a.index - b.index);
}

const nodeText = ({ index, operation, inputs, value }: Variable): string =>
  `${index} ${operation}(${inputs.map((input) => input.index).join(', ')}) ${shapeText(value)}`;
