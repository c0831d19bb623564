import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import type { Dtype } from '../../src/numeric/dtype.ts';
import { random } from '../../src/numeric/random.ts';
import { type Layout, layoutOf } from '../../src/params/layout.ts';
import { type Params, zeroParams } from '../../src/params/params.ts';
import {
  malformedText,
  type ReadParams,
  readSafetensors,
  writeSafetensors,
  writeTensors,
} from '../../src/params/safetensors.ts';
import { fc, test } from '../property.ts';

const FIXTURES = new URL('../fixtures/safetensors/', import.meta.url);
const torchFile = (dtype: Dtype): Uint8Array =>
  readFileSync(new URL(`torch-2-5-1-${dtype}.safetensors`, FIXTURES));

const mlp251 = layoutOf([
  { name: 'fc1.weight', shape: [5, 2] },
  { name: 'fc1.bias', shape: [5] },
  { name: 'fc2.weight', shape: [1, 5] },
  { name: 'fc2.bias', shape: [1] },
]);

/** What went wrong, as one line; fails the test where nothing did. */
function why(read: ReadParams): string {
  if (read.kind === 'params') throw new Error('read, expected malformed');
  return malformedText(read);
}

function paramsOf(read: ReadParams): Params {
  if (read.kind === 'malformed') throw new Error(malformedText(read));
  return read.params;
}

/** A file of this header and so many bytes of data. */
function fileOf(header: unknown, dataBytes: number): Uint8Array {
  const text = new TextEncoder().encode(
    typeof header === 'string' ? header : JSON.stringify(header),
  );
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const anyDouble = fc.double({ noDefaultInfinity: false });
const params: fc.Arbitrary<Params> = fc
  .uniqueArray(fc.string({ minLength: 1 }), { maxLength: 5 })
  .chain((names) =>
    fc.tuple(
      fc.tuple(...names.map(() => fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }))),
      fc.constantFrom<Dtype>('float64', 'float32'),
      fc.infiniteStream(anyDouble),
      fc.constant(names.filter((name) => name !== '__metadata__')),
    ),
  )
  .map(([shapes, dtype, values, names]) => {
    const layout = layoutOf(names.map((name, i) => ({ name, shape: shapes[i] ?? [] })));
    const made = zeroParams(layout, dtype);
    for (let i = 0; i < layout.size; i++) made.values[i] = values.next().value;
    return made;
  });

const dtypeIn = (p: Params): Dtype => (p.values instanceof Float64Array ? 'float64' : 'float32');

describe('safetensors', () => {
  test.prop([params, fc.dictionary(fc.string(), fc.string())])(
    'what is written is read back: every bit, every name, the metadata',
    (written, metadata) => {
      const read = readSafetensors(
        writeSafetensors(written, metadata),
        written.layout,
        dtypeIn(written),
      );
      expect(read).toEqual({ kind: 'params', params: written, metadata: { ...metadata } });
    },
  );

  test.prop([params])('the data start on a multiple of 8 and fill the file', (written) => {
    const bytes = writeSafetensors(written);
    const header = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(header % 8).toBe(0);
    expect(bytes.length).toBe(8 + header + written.values.byteLength);
  });

  test.each(['float64', 'float32'] as const)(
    'a %s state_dict written by PyTorch is read, and written again byte for byte',
    (dtype) => {
      const bytes = torchFile(dtype);
      const read = readSafetensors(bytes, mlp251, dtype);
      expect(paramsOf(read).values.every((v) => v !== 0 && Math.abs(v) < 1)).toBe(true);
      expect(Buffer.from(writeSafetensors(paramsOf(read), { format: 'pt' }))).toEqual(bytes);
    },
  );

  test('PyTorch’s values of seed 0 are where PyTorch prints them', () => {
    const { values } = paramsOf(readSafetensors(torchFile('float32'), mlp251, 'float32'));
    // torch.manual_seed(0); torch.nn.Linear(2, 5).weight[0]
    expect(values[0]).toBeCloseTo(-0.0053, 4);
    expect(values[1]).toBeCloseTo(0.3793, 4);
  });

  test('F32 is widened to float64 exactly; F64 is not narrowed', () => {
    const narrow = paramsOf(readSafetensors(torchFile('float32'), mlp251, 'float32'));
    const wide = paramsOf(readSafetensors(torchFile('float32'), mlp251));
    expect(Array.from(wide.values)).toEqual(Array.from(narrow.values));
    expect(wide.values).toBeInstanceOf(Float64Array);
    expect(why(readSafetensors(torchFile('float64'), mlp251, 'float32'))).toBe(
      '"fc1.weight" dtype: got F64, expected F32: narrowing to float32 would round',
    );
  });

  test('a file at any offset of a larger buffer is read, and nothing around it', () => {
    const bytes = torchFile('float64');
    const larger = new Uint8Array(bytes.length + 20).fill(255);
    larger.set(bytes, 3);
    const read = readSafetensors(larger.subarray(3, 3 + bytes.length), mlp251);
    expect(read).toEqual(readSafetensors(bytes, mlp251));
    expect(why(readSafetensors(larger.subarray(3, 2 + bytes.length), mlp251))).toContain(
      'data_offsets',
    );
  });

  test('what a reader would refuse is not written: one error each', () => {
    const values = new Float64Array(2);
    expect(() => writeTensors({ a: { shape: [3], values } })).toThrow(
      new RangeError('safetensors "a": got 2 values, expected 3 for [3]'),
    );
    expect(() => writeTensors({ a: { shape: [-1, -2], values } })).toThrow(
      new RangeError('safetensors "a": got shape [-1,-2], expected whole numbers'),
    );
    const metadata = { epoch: 3 } as object as { epoch: string }; // from a caller without types
    expect(() => writeTensors({ a: { shape: [2], values } }, metadata)).toThrow(
      new TypeError('safetensors metadata "epoch": got 3, expected a string'),
    );
  });

  test('an ArrayBuffer is read as its bytes are', () => {
    const file = torchFile('float64');
    expect(readSafetensors(Uint8Array.from(file).buffer, mlp251)).toEqual(
      readSafetensors(file, mlp251),
    );
  });

  test('the format’s own name is refused for a tensor', () => {
    expect(() =>
      writeTensors({ __metadata__: { shape: [1], values: new Float64Array(1) } }),
    ).toThrow('safetensors: the name "__metadata__" is the format\'s own');
  });
});

describe('malformed safetensors', () => {
  const one = layoutOf([{ name: 'a', shape: [2] }]);
  const a = { dtype: 'F64', shape: [2], data_offsets: [0, 16] };
  const two = layoutOf([
    { name: 'a', shape: [2] },
    { name: 'b', shape: [1] },
  ]);
  const b = (begin: number, end: number): object => ({
    dtype: 'F64',
    shape: [1],
    data_offsets: [begin, end],
  });
  const truncated = fileOf({ a }, 16).subarray(0, 20);
  const longHeader = fileOf({ a }, 16);
  longHeader.fill(255, 0, 8);
  const notUtf8 = fileOf({ a }, 16);
  notUtf8[10] = 0xff;
  const deep = `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;

  test.each<[string, Layout, Uint8Array, string]>([
    ['empty', one, new Uint8Array(0), 'file: got 0 bytes, expected at least 8'],
    ['cut in the prefix', one, new Uint8Array(7), 'file: got 7 bytes, expected at least 8'],
    ['cut in the header', one, truncated, 'header length: got 55, expected at most 12'],
    [
      'header of 2⁶⁴ − 1',
      one,
      longHeader,
      'file: got one that begins with "........", expected a safetensors file, which begins with the length of its header',
    ],
    [
      'header of 2⁵⁶ − 1',
      one,
      fileOf('', 0).map((_, i) => (i < 7 ? 255 : 0)),
      'header length: got 72057594037927935, expected at most 0',
    ],
    [
      'JSON',
      one,
      new TextEncoder().encode('{"epoch": 3, "loss": 0.25}'),
      'file: got one that begins with "{\\"epoch\\"", expected a safetensors file, which begins with the length of its header',
    ],
    ['not UTF-8', one, notUtf8, 'header: got bytes that are not UTF-8, expected UTF-8 text'],
    ['not JSON', one, fileOf('{"a":', 16), 'header: got "{\\"a\\":", expected a JSON object'],
    ['no object', one, fileOf('[1]', 0), 'header: got "[1]", expected a JSON object'],
    ['null', one, fileOf('null', 0), 'header: got "null", expected a JSON object'],
    [
      'duplicate tensor',
      one,
      fileOf(`{"a":${JSON.stringify(a)}, "\\u0061" :${JSON.stringify(a)}}`, 16),
      'header: got "a" twice, expected each name once',
    ],
    [
      'duplicate field',
      one,
      fileOf('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,16],"dtype":"F64"}}', 16),
      'header: got "dtype" twice, expected each name once',
    ],
    [
      'tensor no object',
      one,
      fileOf({ a: 3 }, 0),
      '"a": got 3, expected dtype, shape and data_offsets',
    ],
    [
      'fifty thousand deep',
      one,
      fileOf(deep, 0),
      '"a": got […], expected dtype, shape and data_offsets',
    ],
    [
      'other dtype',
      one,
      fileOf({ a: { ...a, dtype: 'BF16' } }, 16),
      '"a" dtype: got "BF16", expected "F64" or "F32"',
    ],
    ['no dtype', one, fileOf({ a: {} }, 0), '"a" dtype: got nothing, expected "F64" or "F32"'],
    [
      'shape no array',
      one,
      fileOf({ a: { ...a, shape: 2 } }, 16),
      '"a" shape: got 2, expected an array of sizes',
    ],
    [
      'shape negative',
      one,
      fileOf({ a: { ...a, shape: [-2] } }, 16),
      '"a" shape: got [-2], expected an array of sizes',
    ],
    [
      'shape a fraction',
      one,
      fileOf({ a: { ...a, shape: [1.5] } }, 16),
      '"a" shape: got [1.5], expected an array of sizes',
    ],
    [
      'shape beyond 2⁵³',
      one,
      fileOf('{"a":{"dtype":"F64","shape":[9007199254740993],"data_offsets":[0,16]}}', 16),
      '"a" shape: got [9007199254740992], expected an array of sizes',
    ],
    [
      'shape whose product overflows',
      one,
      fileOf({ a: { ...a, shape: [2 ** 50, 2 ** 50] } }, 16),
      '"a" data_offsets: got 16 bytes, expected 1.0141204801825835e+31 for F64 [1125899906842624,1125899906842624]',
    ],
    [
      'one offset',
      one,
      fileOf({ a: { ...a, data_offsets: [0] } }, 16),
      '"a" data_offsets: got [0], expected two offsets',
    ],
    [
      'negative offset',
      one,
      fileOf({ a: { ...a, data_offsets: [-16, 0] } }, 16),
      '"a" data_offsets: got [-16,0], expected two offsets',
    ],
    [
      'offsets reversed',
      one,
      fileOf({ a: { ...a, data_offsets: [16, 0] } }, 16),
      '"a" data_offsets: got [16,0], expected a range within 16 bytes',
    ],
    [
      'offset out of range',
      one,
      fileOf({ a }, 15),
      '"a" data_offsets: got [0,16], expected a range within 15 bytes',
    ],
    [
      'size against shape',
      one,
      fileOf({ a: { ...a, shape: [3] } }, 16),
      '"a" data_offsets: got 16 bytes, expected 24 for F64 [3]',
    ],
    [
      'overlap',
      two,
      fileOf({ a, b: b(8, 16) }, 16),
      '"b" data_offsets: got 8, which overlaps the tensor before, expected 16',
    ],
    [
      'hole',
      two,
      fileOf({ a, b: b(24, 32) }, 32),
      '"b" data_offsets: got 24, which leaves a hole before it, expected 16',
    ],
    [
      'hole at the start',
      one,
      fileOf({ a: { ...a, data_offsets: [8, 24] } }, 24),
      '"a" data_offsets: got 8, which leaves a hole before it, expected 0',
    ],
    [
      'bytes left over',
      one,
      fileOf({ a }, 24),
      'file: got 24 bytes of data, expected 16, where the last tensor ends',
    ],
    [
      'metadata no strings',
      one,
      fileOf({ __metadata__: { n: 1 }, a }, 16),
      '__metadata__: got an object, expected strings by name',
    ],
    ['missing tensor', two, fileOf({ a }, 16), 'file: got a, expected "b" too'],
    ['no tensor', one, fileOf({}, 0), 'file: got no tensor, expected "a" too'],
    [
      'extra tensor',
      one,
      fileOf({ a, b: b(16, 24) }, 24),
      'file: got extra tensor "b", expected a',
    ],
    [
      'extra, named like the prototype',
      one,
      fileOf(`{"__proto__":${JSON.stringify(a)}}`, 16),
      'file: got extra tensor "__proto__", expected a',
    ],
    [
      'another shape',
      one,
      fileOf({ a: { ...a, shape: [1, 2] } }, 16),
      '"a" shape: got [1,2], expected [2]',
    ],
  ])('%s: one error says where, got, expected', (_, layout, bytes, message) => {
    expect(why(readSafetensors(bytes, layout))).toBe(message);
  });

  test('a header longer than the format allows is refused before it is read', () => {
    const bytes = new Uint8Array(100_000_020);
    new DataView(bytes.buffer).setBigUint64(0, 100_000_001n, true);
    expect(why(readSafetensors(bytes, one))).toBe(
      'header length: got 100000001, expected at most 100000000',
    );
  });

  const original = writeSafetensors(
    { layout: mlp251, values: Float64Array.from({ length: mlp251.size }, random(0).normal) },
    { note: 'a "quoted" {note}' },
  );

  test.prop([fc.nat(original.length - 1)])('every truncation is malformed', (length) => {
    expect(readSafetensors(original.subarray(0, length), mlp251).kind).toBe('malformed');
  });

  test.prop(
    [fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })],
    { numRuns: 2000 },
  )('any bytes overwritten: malformed, or all of the params', (changes) => {
    const bytes = original.slice();
    for (const [at, value] of changes) bytes[at] = value;
    const read = readSafetensors(bytes, mlp251);
    if (read.kind === 'malformed') {
      expect(malformedText(read)).toMatch(/^.+: got .+, expected .+$/s);
      return;
    }
    // What was read is in the bytes: writing it with PyTorch's order gives the same data.
    expect(read.params.values.length).toBe(mlp251.size);
    const data = writeSafetensors(read.params).subarray(-mlp251.size * 8);
    expect(
      hasNaN(read.params) || Buffer.compare(data, bytes.subarray(-mlp251.size * 8)) === 0,
    ).toBe(true);
  });

  test.prop([fc.uint8Array({ maxLength: 200 })])('any bytes at all never throw', (bytes) => {
    expect(readSafetensors(bytes, one).kind).toBe('malformed');
  });

  test.prop([fc.json({ maxDepth: 4 })])('any JSON as a header never throws', (json) => {
    expect(readSafetensors(fileOf(json, 16), one).kind).toBe('malformed');
  });
});

/** NaN's other bits need not survive a read. */
const hasNaN = (p: Params): boolean => p.values.some(Number.isNaN);
