import type { Field } from '../model/field.ts';
import type { Params } from '../params/params.ts';
import { assertKnown } from './known-options.ts';
import type { Bar } from './training-report.ts';

/** One epoch as the hook sees it. */
export interface Epoch {
  /** Counted from 0. */
  readonly epoch: number;
  /** Of the training set, before this epoch's update. */
  readonly loss: number;
  readonly score: number;
  /** Weights before the update; the runner's own memory: copy what is to be kept, change nothing. */
  readonly params: Params;
  /** This epoch's gradients; likewise. */
  readonly grads: Params;
}

export interface TrainOptions {
  /** 0 unless said. */
  readonly epochs?: number;
  /** Prints a line at epochs 0, n, 2n, …; 100 unless said, 0 or null prints none and no best either. */
  readonly logEvery?: number | null;
  /** Where the best model is saved; `best_model.safetensors` unless said, null touches no file. */
  readonly savePath?: string | null;
  /** Called between gradients and update. */
  readonly hook?: ((epoch: Epoch) => void | Promise<void>) | null;
  /** Gets the log, line by line; the console unless said. */
  readonly print?: (line: string) => void;
  /** Shows how far training is; on a terminal, where files may be touched, unless said. */
  readonly bar?: Bar | null;
}

export type Settings = {
  readonly [O in keyof TrainOptions]-?: Exclude<TrainOptions[O], undefined>;
};

/**
 * All options filled in. Throws for one that does not exist or has no sense, and for a path where
 * nothing can be saved, if there are epochs to save anything.
 */
export async function trainOptions(given: TrainOptions): Promise<Settings> {
  assertKnown('train', given, Object.keys(DEFAULTS));
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  const settings: Settings = { ...DEFAULTS, ...Object.fromEntries(named) };
  for (const [name, { fits, expected }] of Object.entries<Field>(SENSE)) {
    const got: unknown = settings[name as keyof Settings]; // the two tables have the same names
    if (fits(got)) continue;
    const text = typeof got === 'string' ? JSON.stringify(got) : String(got);
    throw new RangeError(`train ${name}: got ${text}, expected ${expected}`);
  }
  if (settings.savePath === null) return settings;
  if (settings.epochs > 0) await assertWritable(settings.savePath);
  return given.bar === undefined ? { ...settings, bar: await terminalBar() } : settings;
}

const DEFAULTS: Settings = {
  epochs: 0,
  logEvery: 100,
  savePath: 'best_model.safetensors',
  hook: null,
  // biome-ignore lint/suspicious/noConsole: the log is for the person who trains
  print: (line) => console.log(line),
  bar: null,
};

const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0;
const isFunction = (value: unknown): boolean => typeof value === 'function';
const isBar = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'at' in value && 'done' in value;

/** What each must be, for callers without types. */
const SENSE: { readonly [O in keyof Settings]: Field } = {
  epochs: { expected: 'a whole number from 0 on', fits: isCount },
  logEvery: {
    expected: 'a whole number from 0 on, or null',
    fits: (value) => value === null || isCount(value),
  },
  savePath: {
    expected: 'a path or null',
    fits: (value) => value === null || (typeof value === 'string' && value !== ''),
  },
  hook: {
    expected: 'a function or null',
    fits: (value) => value === null || isFunction(value),
  },
  print: { expected: 'a function', fits: isFunction },
  bar: { expected: 'a bar with at and done, or null', fits: (v) => v === null || isBar(v) },
};

async function assertWritable(path: string): Promise<void> {
  const node = await import('../node/writable.ts');
  const why = await node.whyNotWritable(path);
  if (why !== null) throw new RangeError(`train savePath: ${why}`);
}

/** Only a program that saves to files is known to have a terminal. */
async function terminalBar(): Promise<Bar> {
  const node = await import('../node/progress.ts');
  return node.progress();
}
