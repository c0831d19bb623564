import { spawn } from 'node:child_process';
import type { Problem } from '../../../src/check/judge.ts';
import { packageHome } from '../../../src/node/environment.ts';

/** The other tools themselves, asked through a script of ours. */
export type Tool = 'torch' | 'jax';

/** A multilayer perceptron at a point, and the errors to give one entry of its gradient. */
export interface Question extends Pick<Problem, 'model' | 'params' | 'batch'> {
  readonly entry: number;
  readonly errors: readonly number[];
  /** Keywords of the tool's function; its defaults for the rest. */
  readonly options: { readonly [keyword: string]: number | boolean };
}

export interface Answer {
  readonly loss: number;
  /** One for each error. */
  readonly passes: readonly boolean[];
}

/** PyTorch's, one item for each error. */
export interface TimedAnswer extends Answer {
  /** Calls of the forward pass; a fast check that fails goes on to difference every entry. */
  readonly calls: readonly number[];
  /** Of the core: what else the machine does is not counted. */
  readonly seconds: readonly number[];
}

export interface ToolVersion {
  readonly version: string;
  readonly python: string;
}

export interface Answers<A extends Answer> extends ToolVersion {
  /** One for each question. */
  readonly answers: readonly A[];
}

const SCRIPTS: { readonly [T in Tool]: string } = {
  torch: 'bench/checker/gradcheck.py',
  jax: 'bench/checker/check_grads.py',
};

/** Its interpreter: `JAX_PYTHON` names another than `python3`, of a venv say, so `TORCH_PYTHON`. */
const pythonOf = (tool: Tool): string => process.env[`${tool.toUpperCase()}_PYTHON`] ?? 'python3';

/** Rejects, with the script's last line, where python3 or the tool is not there. */
export async function ask(
  tool: 'torch',
  questions: readonly Question[],
): Promise<Answers<TimedAnswer>>;
export async function ask(tool: Tool, questions: readonly Question[]): Promise<Answers<Answer>>;
export async function ask(tool: Tool, questions: readonly Question[]): Promise<Answers<Answer>> {
  const printed = await python(tool, [SCRIPTS[tool]], JSON.stringify(questions.map(written)));
  return JSON.parse(printed) as Answers<Answer>; // what our own script prints
}

/** The version that its python has; null where there is none. */
export async function installed(tool: Tool): Promise<string | null> {
  // Of the package's metadata: importing torch takes 2 s.
  const version = `from importlib.metadata import version as v; print(v('${tool}'))`;
  const printed = await python(tool, ['-c', version], '').catch(() => null);
  return printed && printed.trim().split('+')[0]!;
}

function written({ model, params, batch, ...asked }: Question): object {
  const kinds = new Set(model.layers.map(({ kind }) => kind).filter((kind) => kind !== 'linear'));
  return {
    ...asked,
    activation: [...kinds][0],
    loss: model.loss.kind,
    slots: model.layout.slots,
    values: Array.from(params.values),
    inputs: { rows: batch.inputs.rows, data: Array.from(batch.inputs.data) },
    targets: Array.from(batch.targets.data),
  };
}

function python(tool: Tool, args: readonly string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(pythonOf(tool), ['-B', ...args], { cwd: packageHome() });
    const [out, err]: [string[], string[]] = [[], []];
    child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
    child.stdin.on('error', () => {}); // it ended before it read all: its exit code says so
    child.stdin.end(input);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(out.join(''));
      else reject(new Error(`python3 ${args[0]}: ${err.join('').trim().split('\n').at(-1)}`));
    });
  });
}
