import { spawn } from 'node:child_process';
import type { Batch } from '../../../src/model/batch.ts';
import type { Model } from '../../../src/model/model.ts';
import { packageHome } from '../../../src/node/environment.ts';
import type { Params } from '../../../src/params/params.ts';

/** PyTorch's own gradcheck, asked through bench/checker/gradcheck.py. */
export type Mode = 'slow' | 'fast';

/** A multilayer perceptron at a point, and the errors to give one entry of its gradient. */
export interface Question {
  readonly model: Model;
  readonly params: Params;
  readonly batch: Batch;
  readonly entry: number;
  readonly errors: readonly number[];
  readonly modes: readonly Mode[];
}

/** One item for each error. */
export interface ModeAnswer {
  readonly passes: readonly boolean[];
  /** Calls of the forward pass; a fast check that fails goes on to difference every entry. */
  readonly calls: readonly number[];
  /** Of the core: what else the machine does is not counted. */
  readonly seconds: readonly number[];
}

export interface Answer {
  readonly loss: number;
  readonly modes: { readonly [M in Mode]?: ModeAnswer };
}

export interface Answers {
  readonly torch: string;
  readonly python: string;
  /** One for each question. */
  readonly answers: readonly Answer[];
}

const SCRIPT = 'bench/checker/gradcheck.py';

/** Rejects, with the script's last line, where python3 or its torch is not there. */
export async function askGradcheck(questions: readonly Question[]): Promise<Answers> {
  // What our own script prints.
  return JSON.parse(await python([SCRIPT], JSON.stringify(questions.map(written)))) as Answers;
}

/** The version of the torch that python3 has; null where there is none. */
export async function torchVersion(): Promise<string | null> {
  // Of the package's metadata: importing torch takes 2 s.
  const ask = "from importlib.metadata import version as v; print(v('torch'))";
  const printed = await python(['-c', ask], '').catch(() => null);
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

function python(args: readonly string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('python3', ['-B', ...args], { cwd: packageHome() });
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
