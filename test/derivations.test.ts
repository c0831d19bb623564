import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { dot } from './random-matrix.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8');

type Matrix = readonly (readonly number[])[];
/** The numbers of an example by name; a vector is a matrix of one row, a scalar of one entry. */
type Values = { readonly [name: string]: Matrix };

const map = (m: Matrix, f: (x: number) => number): Matrix => m.map((row) => row.map(f));
const linear = (x: Matrix, w: Matrix, b: Matrix): Matrix =>
  x.map((row) => w.map((weights, o) => b[0]![o]! + dot(weights, row)));
const inner = (a: Matrix, b: Matrix): number => dot(a.flat(), b.flat());
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

const bce = (p: Matrix, y: Matrix): number => {
  const surprise = p.flat().map((q, i) => {
    const target = y.flat()[i]!;
    return -target * Math.log(q) - (1 - target) * Math.log(1 - q);
  });
  return mean(surprise);
};
const sum = (terms: readonly number[]): number => terms.reduce((total, x) => total + x, 0);
const mean = (terms: readonly number[]): number => sum(terms) / terms.length;
const softmax = (z: Matrix): Matrix =>
  z.map((row) => {
    const powers = row.map(Math.exp);
    return powers.map((power) => power / sum(powers));
  });

/** What each page is about, forward only: nothing here knows a derivative. */
interface Forward {
  readonly inputs: readonly string[];
  /** The inputs, or intermediate results, that the example must differentiate. */
  readonly gradientsOf: readonly string[];
  /** An intermediate result among `v` is taken from there: so ∂/∂ of it can be differenced. */
  readonly outputs: (v: Values) => Values;
  /** The loss, or the pairing ⟨G, output⟩. */
  readonly objective: (v: Values) => number;
}

const elementwise = (f: (z: number, v: Values) => number, constants: string[] = []): Forward => {
  const outputs = (v: Values): Values => ({ A: map(v.Z!, (z) => f(z, v)) });
  return {
    inputs: ['Z', 'G', ...constants],
    gradientsOf: ['Z'],
    outputs,
    objective: (v) => inner(v.G!, outputs(v).A!),
  };
};

const lossOf = (
  inputs: readonly string[],
  gradientsOf: readonly string[],
  outputs: (v: Values) => Values,
): Forward => ({
  inputs,
  gradientsOf,
  outputs,
  objective: (v) => outputs(v).loss![0]![0]!,
});

const NETWORK = ['X', 'Y', 'W1', 'b1', 'W2', 'b2'];

const pages: { readonly [page: string]: Forward } = {
  linear: {
    inputs: ['X', 'W', 'b', 'G'],
    gradientsOf: ['W', 'b', 'X'],
    outputs: (v) => ({ Y: linear(v.X!, v.W!, v.b!) }),
    objective: (v) => inner(v.G!, linear(v.X!, v.W!, v.b!)),
  },
  sigmoid: elementwise(sigmoid),
  tanh: elementwise((z) => (Math.exp(2 * z) - 1) / (Math.exp(2 * z) + 1)),
  relu: elementwise((z) => (z > 0 ? z : 0)),
  'leaky-relu': elementwise((z, v) => (z > 0 ? z : v.slope![0]![0]! * z), ['slope']),
  elu: elementwise((z, v) => (z > 0 ? z : v.alpha![0]![0]! * (Math.exp(z) - 1)), ['alpha']),
  bce: lossOf(['P', 'Y'], ['P'], (v) => ({ loss: [[bce(v.P!, v.Y!)]] })),
  'sigmoid-bce': lossOf(['Z', 'Y'], ['Z'], (v) => {
    const P = map(v.Z!, sigmoid);
    return { P, loss: [[bce(P, v.Y!)]] };
  }),
  mse: lossOf(['P', 'Y'], ['P'], (v) => ({
    loss: [[mean(v.P!.flat().map((p, i) => (p - v.Y!.flat()[i]!) ** 2))]],
  })),
  'softmax-cross-entropy': lossOf(['Z', 't'], ['Z'], (v) => {
    const P = softmax(v.Z!);
    return { P, loss: [[mean(P.map((row, n) => -Math.log(row[v.t![0]![n]!]!)))]] };
  }),
  'two-layer-network': lossOf(NETWORK, ['Z2', 'W2', 'b2', 'A1', 'Z1', 'W1', 'b1'], (v) => {
    const Z1 = v.Z1 ?? linear(v.X!, v.W1!, v.b1!);
    const A1 = v.A1 ?? map(Z1, sigmoid);
    const Z2 = v.Z2 ?? linear(A1, v.W2!, v.b2!);
    const P = v.P ?? map(Z2, sigmoid);
    return { Z1, A1, Z2, P, loss: [[bce(P, v.Y!)]] };
  }),
};

/**
 * A bound on the error of `difference` with h = 1e-5: truncation h²|f‴|/3 with |f‴| ≤ 32 (bce), and
 * rounding 8 u |f| / 2h with |f| ≤ 20, are each about 1e-9.
 */
const DIFFERENCE_ERROR = 1e-8;

/**
 * ∂objective/∂name by (3 f(x) − 4 f(x − h) + f(x − 2h)) / 2h: from the left, because the convention
 * at every kink is the derivative from the left.
 */
function difference(page: Forward, inputs: Values, name: string): Matrix {
  const h = 1e-5;
  const full: Values = { ...inputs, ...page.outputs(inputs) };
  const at = full[name]!;
  return at.map((row, i) =>
    row.map((_, j) => {
      const shifted = (by: number): number => {
        const moved = at.map((r, k) => r.map((x, l) => (k === i && l === j ? x - by : x)));
        return page.objective({ ...inputs, [name]: moved });
      };
      return (3 * shifted(0) - 4 * shifted(h) + shifted(2 * h)) / (2 * h);
    }),
  );
}

interface Example {
  readonly values: Values;
  /** How far each number may be from the true one. */
  readonly rounding: Values;
}

/** The page's fenced block: `name = 1`, `name = [1, 2]` or `name = [[1, 2], [3, 4]]`, one a line. */
function exampleOf(markdown: string): Example {
  const block = /^## Example$[\s\S]*?^```text\n([\s\S]*?)^```$/m.exec(markdown)?.[1] ?? '';
  const lines = [...block.matchAll(/^(\w+) += (.+)$/gm)];
  const parsed = (f: (text: string) => string): Values =>
    Object.fromEntries(
      lines.map(([, name, text]) => [name!, asMatrix(text!.replace(/-?\d+(\.\d+)?/g, f))]),
    );
  return { values: parsed((text) => text), rounding: parsed(roundingOf) };
}

const shape = (m: Matrix): string => `rows of ${m.map((row) => row.length).join(', ')}`;

const asMatrix = (json: string): Matrix => {
  const value = JSON.parse(json) as number | number[] | number[][]; // the three forms above
  if (!Array.isArray(value)) return [[value]];
  return value.every((row) => Array.isArray(row)) ? value : [value as number[]]; // mixed is no form
};

const DECIMALS = 6;
/** Six decimals are rounded, fewer are exact; either way the difference has its own error. */
const roundingOf = (text: string): string => {
  const rounded = text.split('.')[1]?.length === DECIMALS;
  return String((rounded ? 0.5 * 10 ** -DECIMALS : 0) + DIFFERENCE_ERROR);
};

/** `dW[2,1]: got −2, expected −3` for each number that is not what the page's forward implies. */
function wrongNumbers(page: Forward, { values, rounding }: Example): readonly string[] {
  const inputs = Object.fromEntries(page.inputs.map((name) => [name, values[name]!]));
  const outputs = page.outputs(inputs);
  return Object.entries(values).flatMap(([name, got]) => {
    if (page.inputs.includes(name)) return [];
    const of = name.slice(1);
    const known = outputs[name] ?? (values[of] && difference(page, inputs, of));
    if (!known) return [`${name}: expected ${Object.keys(outputs)} or a gradient`];
    if (shape(known) !== shape(got)) {
      return [`${name}: got ${shape(got)}, expected ${shape(known)}`];
    }
    return got.flatMap((row, i) =>
      row.flatMap((x, j) =>
        Math.abs(x - known[i]![j]!) <= rounding[name]![i]![j]!
          ? []
          : [`${name}[${i + 1},${j + 1}]: got ${x}, expected ${known[i]![j]!}`],
      ),
    );
  });
}

describe.each(Object.entries(pages))('derivations/%s.md', (name, page) => {
  const markdown = read(`derivations/${name}.md`);

  test('has every section, in order', async () => {
    const headings = [...(await markdown).matchAll(/^## (.*)$/gm)].map((match) => match[1]);
    const sections = ['Result', 'Example', 'Steps', 'Common mistakes', 'Code', 'Sources'];
    expect(headings).toEqual(sections);
  });

  test('numbers its equations from 1, each with its anchor and a displayed formula', async () => {
    const labels = [...(await markdown).matchAll(/\*\*\((.*?)\)\*\*/g)].map((match) => match[1]!);
    expect(labels.length).toBeGreaterThanOrEqual(2);
    expect(labels).toEqual(labels.map((_, i) => `${name}.${i + 1}`));
    for (const label of labels) {
      const [, after = ''] = (await markdown).split(`\n<a id="${label}"></a>**(${label})** `);
      expect(after.split('<a id')[0], label).toMatch(/\n\n\$\$\n[^$]+\n\$\$\n\n/);
    }
  });

  test('gives an example with every input, output and gradient', async () => {
    const { values } = exampleOf(await markdown);
    const outputs = Object.keys(page.outputs(values));
    const gradients = page.gradientsOf.map((of) => `d${of}`);
    expect(new Set(Object.keys(values))).toEqual(
      new Set([...page.inputs, ...outputs, ...gradients]),
    );
  });

  test('states numbers that its forward implies', async () => {
    expect(wrongNumbers(page, exampleOf(await markdown))).toEqual([]);
  });

  test('would not pass with any one number changed in its last decimal', async () => {
    const example = exampleOf(await markdown);
    const stated = Object.keys(example.values).filter((value) => !page.inputs.includes(value));
    for (const value of stated) {
      const rows = example.values[value]!;
      rows.forEach((row, i) => {
        row.forEach((_, j) => {
          const unit = 2 * example.rounding[value]![i]![j]!;
          const changed = rows.map((r, k) => r.map((x, l) => (k === i && l === j ? x + unit : x)));
          const planted = { ...example, values: { ...example.values, [value]: changed } };
          expect(wrongNumbers(page, planted)).toHaveLength(1);
        });
      });
    }
  });

  test('links to files that exist', async () => {
    const links = [...(await markdown).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((m) => m[1]!);
    for (const link of links) await access(join(root, 'derivations', link));
    expect(links.some((link) => link.startsWith('../src/gradients/manual/'))).toBe(true);
  });
});

/** Pages and equation labels that code cites: `derivations/linear.md`, `(linear.2)`. */
function citations(code: string): { readonly pages: string[]; readonly labels: string[] } {
  const all = (pattern: RegExp): string[] => [...code.matchAll(pattern)].map((match) => match[1]!);
  return {
    pages: all(/derivations\/([\w-]+)\.md/g),
    labels: all(/\(([a-z][a-z-]*\.\d+)\)/g),
  };
}

/** Cited labels without a page of theirs, cited in the same file and holding the equation. */
function unfounded(code: string, markdown: { readonly [page: string]: string }): readonly string[] {
  const cited = citations(code);
  return [
    ...cited.pages.filter((page) => !(page in markdown)),
    ...cited.labels.filter((label) => {
      const page = label.split('.')[0]!;
      return !cited.pages.includes(page) || !markdown[page]?.includes(`**(${label})**`);
    }),
  ];
}

describe('the manual rules', () => {
  const folder = 'src/gradients/manual';
  const code = async (): Promise<Map<string, string>> => {
    const files = (await readdir(join(root, folder), { recursive: true })).filter((file) =>
      file.endsWith('.ts'),
    );
    return new Map(
      await Promise.all(files.map(async (file) => [file, await read(join(folder, file))] as const)),
    );
  };
  const markdown = async (): Promise<Record<string, string>> =>
    Object.fromEntries(
      await Promise.all(
        Object.keys(pages).map(async (page) => [page, await read(`derivations/${page}.md`)]),
      ),
    );

  test('every folder page is described here', async () => {
    const files = await readdir(join(root, 'derivations'));
    expect(files.sort()).toEqual(
      Object.keys(pages)
        .map((page) => `${page}.md`)
        .sort(),
    );
  });

  test('cite pages that exist and equations that stand there', async () => {
    const written = await markdown();
    for (const [file, text] of await code()) {
      expect(unfounded(text, written), file).toEqual([]);
    }
  });

  test('cite the page of every layer and loss, with the forward and a gradient', async () => {
    const texts = [...(await code()).values()];
    const labels = texts.flatMap((text) => citations(text).labels);
    for (const page of Object.keys(pages).filter((name) => name !== 'two-layer-network')) {
      const numbers = labels.filter((label) => label.startsWith(`${page}.`));
      expect(numbers, page).toContain(`${page}.1`);
      expect(new Set(numbers).size, page).toBeGreaterThanOrEqual(2);
    }
  });

  test('a citation of nothing is found', async () => {
    const written = await markdown();
    expect(unfounded('/** derivations/linear.md */ // (linear.2)', written)).toEqual([]);
    expect(unfounded('/** derivations/linear.md */ // (linear.9)', written)).toEqual(['linear.9']);
    expect(unfounded('/** derivations/cubic.md */', written)).toEqual(['cubic']);
    expect(unfounded('// dW = GᵀX (linear.2)', written)).toEqual(['linear.2']);
  });
});
