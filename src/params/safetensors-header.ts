/** One tensor of a safetensors file, found good; `data` is a view into the file's bytes. */
export interface StoredTensor {
  readonly dtype: StoredDtype;
  readonly shape: readonly number[];
  readonly data: DataView;
}

/** The element types read here. */
export type StoredDtype = 'F64' | 'F32';

export const BYTES: { readonly [D in StoredDtype]: number } = { F64: 8, F32: 4 };

/** A file that is not what it should be: where, what was found, what belongs there. */
export interface Malformed {
  readonly kind: 'malformed';
  readonly where: string;
  readonly got: string;
  readonly expected: string;
}

export interface Tensors {
  readonly kind: 'tensors';
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: { readonly [key: string]: string };
}

/** Bytes before the header: its length, an unsigned 64-bit little-endian integer. */
export const PREFIX = 8;

/** The format's own limit on a header (safetensors 0.4: MAX_HEADER_SIZE). */
const MAX_HEADER = 100_000_000;

/** From here on, an eighth byte is not 0: no length of anything, but the start of JSON, a picture, a zip. */
const NO_LENGTH = 2n ** 56n;

export const malformed = (where: string, got: string, expected: string): Malformed => ({
  kind: 'malformed',
  where,
  got,
  expected,
});

/**
 * Every tensor of a safetensors file, as views: prefix, header, then data without gap or overlap
 * (https://github.com/huggingface/safetensors#format). Reads nothing outside `bytes`, never throws.
 */
export function readTensors(bytes: Uint8Array | ArrayBuffer): Tensors | Malformed {
  const file = ArrayBuffer.isView(bytes)
    ? new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new DataView(bytes);
  const header = readHeader(file);
  if (header.kind === 'malformed') return header;

  const tensors = new Map<string, StoredTensor>();
  const extents: Extent[] = [];
  let metadata: Tensors['metadata'] = {};
  for (const [name, entry] of Object.entries(header.json)) {
    if (name === '__metadata__') {
      if (!isStringMap(entry)) return malformed('__metadata__', brief(entry), 'strings by name');
      metadata = entry;
      continue;
    }
    const found = readEntry(name, entry, header.data);
    if (found.kind === 'malformed') return found;
    tensors.set(name, found.tensor);
    extents.push(found);
  }
  return uncovered(extents, header.data.byteLength) ?? { kind: 'tensors', tensors, metadata };
}

interface Header {
  readonly kind: 'header';
  readonly json: object;
  readonly data: DataView;
}

function readHeader(file: DataView): Header | Malformed {
  if (file.byteLength < PREFIX) {
    return malformed('file', `${file.byteLength} bytes`, `at least ${PREFIX}`);
  }
  const length = file.getBigUint64(0, true);
  if (length >= NO_LENGTH) {
    const start = new Uint8Array(file.buffer, file.byteOffset, PREFIX);
    const got = `one that begins with ${brief(printable(start))}`;
    return malformed('file', got, 'a safetensors file, which begins with the length of its header');
  }
  const most = Math.min(MAX_HEADER, file.byteLength - PREFIX);
  if (length > most) return malformed('header length', `${length}`, `at most ${most}`);
  const end = PREFIX + Number(length);
  const text = decode(new Uint8Array(file.buffer, file.byteOffset + PREFIX, Number(length)));
  if (text === undefined) return malformed('header', 'bytes that are not UTF-8', 'UTF-8 text');
  const json = parse(text);
  if (!isObject(json)) return malformed('header', brief(text.slice(0, 40)), 'a JSON object');
  const twice = repeatedKey(text);
  if (twice !== undefined) return malformed('header', `${twice} twice`, 'each name once');
  return {
    kind: 'header',
    json,
    data: new DataView(file.buffer, file.byteOffset + end, file.byteLength - end),
  };
}

interface Extent {
  readonly kind: 'extent';
  readonly name: string;
  readonly begin: number;
  readonly end: number;
  readonly tensor: StoredTensor;
}

function readEntry(name: string, entry: unknown, data: DataView): Extent | Malformed {
  const where = brief(name);
  if (!isObject(entry)) return malformed(where, brief(entry), 'dtype, shape and data_offsets');
  const { dtype, shape, data_offsets: offsets } = entry as { [key: string]: unknown }; // JSON
  if (dtype !== 'F64' && dtype !== 'F32') {
    return malformed(`${where} dtype`, brief(dtype), '"F64" or "F32"');
  }
  if (!isSizes(shape)) return malformed(`${where} shape`, brief(shape), 'an array of sizes');
  if (!isSizes(offsets) || offsets.length !== 2) {
    return malformed(`${where} data_offsets`, brief(offsets), 'two offsets');
  }
  const [begin, end] = offsets as [number, number]; // its length was checked
  if (begin > end || end > data.byteLength) {
    return malformed(
      `${where} data_offsets`,
      brief(offsets),
      `a range within ${data.byteLength} bytes`,
    );
  }
  const needed = shape.reduce((a, b) => a * b, BYTES[dtype]);
  if (end - begin !== needed) {
    return malformed(
      `${where} data_offsets`,
      `${end - begin} bytes`,
      `${needed} for ${dtype} [${shape}]`,
    );
  }
  const view = new DataView(data.buffer, data.byteOffset + begin, end - begin);
  return { kind: 'extent', name, begin, end, tensor: { dtype, shape, data: view } };
}

/** The first place where the tensors leave a hole, overlap, or end before the file does. */
function uncovered(extents: readonly Extent[], length: number): Malformed | undefined {
  let reached = 0;
  for (const { name, begin, end } of extents.toSorted(
    (a, b) => a.begin - b.begin || a.end - b.end,
  )) {
    if (begin !== reached) {
      const what = begin < reached ? 'overlaps the tensor before' : 'leaves a hole before it';
      return malformed(`${brief(name)} data_offsets`, `${begin}, which ${what}`, `${reached}`);
    }
    reached = end;
  }
  if (reached === length) return undefined;
  return malformed('file', `${length} bytes of data`, `${reached}, where the last tensor ends`);
}

/** As hexdump shows bytes: what is no printable ASCII is a dot. */
const printable = (bytes: Uint8Array): string =>
  String.fromCharCode(...bytes).replace(/[^ -~]/g, '.');

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A key that stands twice in one object of valid JSON: JSON.parse keeps the last without a word. */
function repeatedKey(json: string): string | undefined {
  const open: Set<string>[] = [];
  for (let i = 0; i < json.length; i++) {
    if (json[i] === '{') open.push(new Set());
    else if (json[i] === '}') open.pop();
    else if (json[i] === '"') {
      const start = i++;
      while (json[i] !== '"') i += json[i] === '\\' ? 2 : 1;
      let next = i + 1;
      while (' \t\n\r'.includes(json[next]!)) next++; // the object's brace is still to come
      if (json[next] !== ':') continue;
      const key: string = JSON.parse(json.slice(start, i + 1));
      const keys = open.at(-1);
      if (keys?.has(key)) return brief(key);
      keys?.add(key);
    }
  }
  return undefined;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Extents of a shape, or offsets: whole numbers, 0 included. */
export const isSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);

const isStringMap = (value: unknown): value is { [key: string]: string } =>
  isObject(value) && Object.values(value).every((v) => typeof v === 'string');

/** A parsed value in a few words, however long or deep it is. */
function brief(value: unknown): string {
  if (Array.isArray(value)) {
    const items = value.slice(0, 6).map((v) => (typeof v === 'object' ? '…' : String(v)));
    return `[${items}${value.length > 6 ? ',…' : ''}]`;
  }
  if (isObject(value)) return 'an object';
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}
