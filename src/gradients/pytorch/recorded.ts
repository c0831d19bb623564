import type { Batch } from '../../model/batch.ts';
import { type Model, sequential } from '../../model/model.ts';
import type { Dtype } from '../../numeric/dtype.ts';
import { type Matrix, matrixView } from '../../numeric/matrix.ts';
import type { Layout } from '../../params/layout.ts';
import { type Params, zeroParams } from '../../params/params.ts';
import { malformedText, tensorValues } from '../../params/safetensors.ts';
import { readTensors, type StoredTensor } from '../../params/safetensors-header.ts';
import { fingerprint } from './fingerprint.ts';
import type { GradientSamples } from './samples.ts';

/** What PyTorch answered once, for one model, params and batch. */
export interface Recorded {
  readonly name: string;
  /** PyTorch's version. */
  readonly torch: string;
  readonly model: Model;
  readonly dtype: Dtype;
  /** Of the params and batch it was given: `fingerprint`. */
  readonly fingerprint: string;
  readonly loss: number;
  /** [rows, outputs]. */
  readonly outputs: Matrix;
  /** Every gradient, or samples where that would be too large a file. */
  readonly gradient:
    | { readonly kind: 'full'; readonly params: Params; readonly inputs: Matrix }
    | { readonly kind: 'sampled'; readonly samples: GradientSamples };
  /** The loss after ten SGD steps at the workload's learning rate; null where none was recorded. */
  readonly lossAfterTen: number | null;
  /** What PyTorch was given, where the file carries it; null where it can be made again. */
  readonly given: { readonly params: Params; readonly batch: Batch } | null;
}

/**
 * A file of recorded values, as bench/pytorch/reference.py writes it. Throws where the file is
 * malformed or lacks a tensor.
 */
export function parseRecorded(bytes: Uint8Array): Recorded {
  const file = readTensors(bytes);
  if (file.kind === 'malformed') throw new RangeError(`pytorch values: ${malformedText(file)}`);
  const about = JSON.parse(file.metadata.about ?? 'null') as About | null; // our own script's
  if (!about) throw new RangeError('pytorch values: no "about" in the metadata');
  const { name } = about;
  const tensor = (key: string): StoredTensor => {
    const found = file.tensors.get(key);
    if (found) return found;
    const keys = [...file.tensors.keys()].join(', ');
    throw new RangeError(`pytorch values ${name}: no tensor "${key}"; there are ${keys}`);
  };
  const scalar = (key: string): number => tensorValues(tensor(key))[0]!;
  const matrix = (key: string): Matrix => {
    const found = tensor(key);
    const [rows = 1, cols = 1] = found.shape;
    return matrixView(rows, cols, tensorValues(found));
  };
  const dtype = tensor('loss').dtype === 'F64' ? 'float64' : 'float32';
  const slots = (prefix: string, layout: Layout): Params => {
    const params = zeroParams(layout, dtype);
    for (const slot of layout.slots) {
      params.values.set(tensorValues(tensor(`${prefix}.${slot.name}`)), slot.offset);
    }
    return params;
  };

  const model = sequential(about.model.inputs, about.model.layers, about.model.loss, name);
  const given = file.tensors.has('inputs')
    ? {
        params: slots('params', model.layout),
        batch: { inputs: matrix('inputs'), targets: matrix('targets') },
      }
    : null;
  return {
    name,
    torch: about.torch ?? 'unknown',
    model,
    dtype,
    fingerprint: given ? fingerprint(given.params, given.batch) : (about.fingerprint ?? ''),
    loss: scalar('loss'),
    outputs: matrix('outputs'),
    gradient: file.tensors.has('projections')
      ? {
          kind: 'sampled',
          samples: {
            projections: Float64Array.from(tensorValues(tensor('projections'))),
            indices: Array.from(tensorValues(tensor('entries.index'))),
            entries: Float64Array.from(tensorValues(tensor('entries.value'))),
          },
        }
      : {
          kind: 'full',
          params: slots('grads', model.layout),
          inputs: matrix('inputs_grad'),
        },
    lossAfterTen: file.tensors.has('loss_after_ten') ? scalar('loss_after_ten') : null,
    given,
  };
}

/** What a file says of itself: the JSON under `about` in its metadata. */
export interface About {
  readonly name: string;
  readonly model: Pick<Model, 'inputs' | 'layers' | 'loss'>;
  /** PyTorch's version. */
  readonly torch?: string;
  readonly learningRate?: number;
  /** Where the file does not carry params and batch themselves. */
  readonly fingerprint?: string;
}
