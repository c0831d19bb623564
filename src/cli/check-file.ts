import { counted } from '../check/diagnosis/wording.ts';
import { FULL_ENTRIES } from '../check/gradient/check-options.ts';
import type { CheckResult } from '../check/gradient/check-result.ts';
import { type Ended, forked } from '../node/forked.ts';
import { lostCase } from './check-lost.ts';
import type { CheckMessage, CheckTask } from './check-messages.ts';

/** One case and what it came to; DESIGN §5. */
export interface CheckedCase extends CheckResult {
  /** As it was given. */
  readonly file: string;
}

/** Input that cannot be checked. */
export interface InputError {
  readonly file: string;
  /** Index of the case; null where it is the whole file. */
  readonly case: number | null;
  /** One line. */
  readonly message: string;
}

export interface CheckedFile {
  readonly file: string;
  readonly cases: readonly CheckedCase[];
  readonly errors: readonly InputError[];
}

export interface CheckFileOptions extends Omit<CheckTask, 'from'> {
  /** Seconds that loading and each case may take. */
  readonly timeout: number;
  /** The module of the process. */
  readonly worker: URL;
  /** What the file's code writes. */
  readonly onOutput: (text: string) => void;
  /** This case of so many begins. */
  readonly onCase: (name: string, index: number, count: number) => void;
}

/** A file whose cases are being checked: what is known so far. */
export interface FileBeingChecked extends CheckedFile {
  readonly cases: CheckedCase[];
  readonly errors: InputError[];
}

/**
 * Checks the cases of `into.file` in a process of its own, and adds what each came to as soon as it has
 * ended. A case that hangs or ends the process has its verdict, and another process goes on behind it.
 * Never rejects.
 */
export async function checkFileInto(
  { file, cases, errors }: FileBeingChecked,
  options: CheckFileOptions,
): Promise<void> {
  let names: readonly string[] = []; // none: not loaded yet
  let from = 0;
  for (;;) {
    const left = await attempt();
    if (left === null) return;
    const { loaded, verdict, error, calls } = left;
    // Code that does not even load twice is not asked again for each case.
    const lost = names.length === 0 ? [LOADING] : names.slice(from, loaded ? from + 1 : undefined);
    for (const name of lost) cases.push({ file, ...lostCase(name, verdict, error, calls) });
    from += lost.length;
    if (from >= names.length) return;
  }

  /** One process; null once all is told. */
  async function attempt(): Promise<Lost | null> {
    let loaded = false;
    let done = false;
    let late = false;
    let called: Called = NOT_CALLED;
    const { path, seed, rtol, mode, timeout, worker, onOutput } = options;
    const task: CheckTask = { path, seed, rtol, mode, from };
    const child = forked(worker, { task, onMessage, onOutput });
    const expire = (): void => {
      late = true;
      child.kill();
    };
    let timer: NodeJS.Timeout | undefined;
    const ended = await child.ended;
    clearTimeout(timer);
    if (done) return null;
    const { calls } = called;
    return late
      ? { loaded, verdict: 'timed-out', error: whyLate(loaded, called, options), calls }
      : { loaded, verdict: 'threw', error: whyEnded(ended, loaded), calls };

    function onMessage(given: unknown): void {
      if (late) return;
      const message = given as CheckMessage; // the file's own code has no way to send one
      if (message.kind === 'calls') {
        called = message;
        return;
      }
      clearTimeout(timer);
      called = NOT_CALLED;
      timer = setTimeout(expire, 1000 * timeout);
      switch (message.kind) {
        case 'ready':
          return;
        case 'unreadable':
          errors.push({ file, case: null, message: `${file}: ${message.why}` });
          done = true;
          return;
        case 'loaded':
          loaded = true;
          names = message.names;
          return;
        case 'began':
          options.onCase(names[message.index]!, message.index, names.length);
          return;
        case 'checked':
          cases.push({ file, ...message.result });
          from = message.index + 1;
          return;
        case 'malformed': {
          const where = names.length > 1 ? `, case ${message.index}` : '';
          const text = `${file}${where}: ${message.why}`;
          errors.push({ file, case: message.index, message: text });
          from = message.index + 1;
          return;
        }
        case 'done':
          done = true;
          child.kill(); // whatever the file left open
          return;
        default:
          message satisfies never;
      }
    }
  }
}

/** Stands for the cases of a file that never told them. */
const LOADING = '(loading the file)';

interface Lost {
  /** The file loaded in this process. */
  readonly loaded: boolean;
  readonly verdict: 'timed-out' | 'threw';
  readonly error: string;
  /** Of f in the case that ran, or some more. */
  readonly calls: number;
}

type Called = Pick<Extract<CheckMessage, { kind: 'calls' }>, 'calls' | 'entries'>;
const NOT_CALLED: Called = { calls: 0, entries: 0 };

function whyLate(
  loaded: boolean,
  { calls, entries }: Called,
  { timeout, mode }: CheckFileOptions,
): string {
  if (!loaded) return `the file was not loaded after ${timeout} s (--timeout)`;
  const sofar = `no result after ${timeout} s and at least ${counted(calls, 'call', 'calls')} of f`;
  const fast = mode === 'fast' || (mode === 'auto' && entries > FULL_ENTRIES);
  const less = fast ? '' : ', --mode fast takes fewer calls';
  return `${sofar}: --timeout gives it longer${less}`;
}

/** How a process ended, with what Node says of a crash. */
function whyEnded({ code, signal, lastWords }: Ended, loaded: boolean): string {
  const when = loaded ? '' : ' while the file was loaded';
  const fatal = /FATAL ERROR: (.+)/.exec(lastWords)?.[1];
  if (fatal !== undefined) return `its process crashed${when}: ${fatal}`;
  if (signal !== null) return `its process was ended by ${signal}${when}`;
  if (code === null) return 'its process could not be started';
  return `its process ended with exit code ${code}${when}: does it call process.exit?`;
}
