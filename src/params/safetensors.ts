import { type Dtype, dtypeOf, type FloatArray, floatArray } from '../numeric/dtype.ts';
import type { Tensor } from '../numeric/tensor.ts';
import type { Layout } from './layout.ts';
import { type Params, zeroParams } from './params.ts';
import {
  BYTES,
  isSizes,
  type Malformed,
  malformed,
  PREFIX,
  readTensors,
  type StoredDtype,
  type StoredTensor,
} from './safetensors-header.ts';

const STORED: { readonly [D in Dtype]: StoredDtype } = { float64: 'F64', float32: 'F32' };

/**
 * Named tensors as a safetensors file, byte for byte what `safetensors.torch.save_file` writes:
 * wider types first, then by name; the header padded with spaces so that the data are 8-aligned.
 * Throws for what `readTensors` would not take back.
 */
export function writeTensors(
  tensors: { readonly [name: string]: Tensor },
  metadata: { readonly [key: string]: string } = {},
): Uint8Array {
  assertWritable(tensors, metadata);
  const stored = Object.entries(tensors)
    .map(([name, { shape, values }]) => ({ name, shape, values, dtype: STORED[dtypeOf(values)] }))
    .sort((a, b) => BYTES[b.dtype] - BYTES[a.dtype] || (a.name < b.name ? -1 : 1));
  let size = 0;
  const entries = stored.map(({ name, shape, values, dtype }): [string, object] => {
    const begin = size;
    size += values.length * BYTES[dtype];
    return [name, { dtype, shape, data_offsets: [begin, size] }];
  });
  if (Object.keys(metadata).length > 0) entries.unshift(['__metadata__', metadata]);

  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const padded = Math.ceil(header.length / 8) * 8;
  const bytes = new Uint8Array(PREFIX + padded + size).fill(0x20, PREFIX, PREFIX + padded);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(padded), true);
  bytes.set(header, PREFIX);
  let at = PREFIX + padded;
  for (const { values, dtype } of stored) {
    for (const value of values) {
      if (dtype === 'F64') view.setFloat64(at, value, true);
      else view.setFloat32(at, value, true);
      at += BYTES[dtype];
    }
  }
  return bytes;
}

function assertWritable(
  tensors: { readonly [name: string]: Tensor },
  metadata: { readonly [key: string]: string },
): void {
  if (Object.hasOwn(tensors, '__metadata__')) {
    throw new RangeError('safetensors: the name "__metadata__" is the format\'s own');
  }
  for (const [name, { shape, values }] of Object.entries(tensors)) {
    const size = shape.reduce((a, b) => a * b, 1);
    if (!isSizes(shape)) {
      throw new RangeError(`safetensors "${name}": got shape [${shape}], expected whole numbers`);
    }
    if (values.length !== size) {
      throw new RangeError(
        `safetensors "${name}": got ${values.length} values, expected ${size} for [${shape}]`,
      );
    }
  }
  for (const [key, value] of Object.entries<unknown>(metadata)) {
    if (typeof value !== 'string') {
      throw new TypeError(`safetensors metadata "${key}": got ${value}, expected a string`);
    }
  }
}

/** Parameters as a safetensors file, F64 or F32 as they are; PyTorch loads it as a state_dict. */
export const writeSafetensors = (
  params: Params,
  metadata: { readonly [key: string]: string } = {},
): Uint8Array =>
  writeTensors(
    Object.fromEntries(
      params.layout.slots.map(({ name, shape, offset, size }) => [
        name,
        { shape, values: params.values.subarray(offset, offset + size) },
      ]),
    ),
    metadata,
  );

/** A stored tensor's values: F64 as float64, F32 as float32 unless float64 is asked for (exact). */
export function tensorValues(tensor: StoredTensor, dtype?: 'float64'): FloatArray {
  const length = tensor.data.byteLength / BYTES[tensor.dtype];
  const into = floatArray(dtype ?? (tensor.dtype === 'F64' ? 'float64' : 'float32'), length);
  decodeInto(into, tensor);
  return into;
}

export type ReadParams =
  | {
      readonly kind: 'params';
      readonly params: Params;
      readonly metadata: { readonly [key: string]: string };
    }
  | Malformed;

/**
 * Parameters of this layout from a safetensors file: exactly its names, each of its shape.
 * Read as float64 (the default), F32 tensors are widened, which is exact; float32 takes F32 only,
 * since narrowing would round. All or nothing: never a half-filled Params, never a throw.
 */
export function readSafetensors(
  bytes: Uint8Array | ArrayBuffer,
  layout: Layout,
  dtype: Dtype = 'float64',
): ReadParams {
  const file = readTensors(bytes);
  if (file.kind === 'malformed') return file;
  const names = layout.slots.map((slot) => slot.name);
  const extra = [...file.tensors.keys()].find((name) => !names.includes(name));
  if (extra !== undefined) {
    return malformed('file', `extra tensor "${extra}"`, names.join(', ') || 'no tensor');
  }
  const params = zeroParams(layout, dtype);
  for (const { name, shape, offset, size } of layout.slots) {
    const tensor = file.tensors.get(name);
    if (!tensor) {
      const got = [...file.tensors.keys()].join(', ') || 'no tensor';
      return malformed('file', got, `"${name}" too`);
    }
    if (String(tensor.shape) !== String(shape)) {
      return malformed(`"${name}" shape`, `[${tensor.shape}]`, `[${shape}]`);
    }
    if (dtype === 'float32' && tensor.dtype !== 'F32') {
      return malformed(`"${name}" dtype`, tensor.dtype, 'F32: narrowing to float32 would round');
    }
    decodeInto(params.values.subarray(offset, offset + size), tensor);
  }
  return { kind: 'params', params, metadata: file.metadata };
}

/** `"fc1.bias" shape: got [4], expected [5]`. */
export const malformedText = (m: Malformed): string =>
  `${m.where}: got ${m.got}, expected ${m.expected}`;

/** Decodes little-endian values whatever the machine's order and the file's alignment. */
function decodeInto(into: FloatArray, { dtype, data }: StoredTensor): void {
  for (let i = 0; i < into.length; i++) {
    into[i] = dtype === 'F64' ? data.getFloat64(i * 8, true) : data.getFloat32(i * 4, true);
  }
}
