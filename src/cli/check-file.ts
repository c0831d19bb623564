import type { CheckResult } from '../check/gradient/check-result.ts';
import { type Ended, forked } from '../node/forked.ts';
import { lostCase } from './check-lost.ts';
import { isCheckMessage } from './check-messages.ts';

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

export interface CheckFileOptions {
  /** Where it really is: absolute. */
  readonly path: string;
  readonly seed: number;
  readonly rtol: number | null;
  /** Seconds that loading and each case may take. */
  readonly timeout: number;
  /** The module of the process. */
  readonly worker: URL;
  /** What the file's code writes. */
  readonly onOutput: (text: string) => void;
  /** This case of so many begins. */
  readonly onCase: (name: string, index: number, count: number) => void;
}

/**
 * The cases of one file, in a process of its own. A case that hangs or ends the process has its
 * verdict, and another process goes on behind it. Never rejects.
 */
export async function checkFile(file: string, options: CheckFileOptions): Promise<CheckedFile> {
  const cases: CheckedCase[] = [];
  const errors: InputError[] = [];
  let names: readonly string[] = []; // none: not loaded yet
  let from = 0;
  for (;;) {
    const left = await attempt();
    if (left === null) return { file, cases, errors };
    const { loaded, verdict, error } = left;
    // Code that does not even load twice is not asked again for each case.
    const lost = names.length === 0 ? [LOADING] : names.slice(from, loaded ? from + 1 : undefined);
    for (const name of lost) cases.push({ file, ...lostCase(name, verdict, error) });
    from += lost.length;
    if (from >= names.length) return { file, cases, errors };
  }

  /** One process; null once all is told. */
  async function attempt(): Promise<Lost | null> {
    let loaded = false;
    let done = false;
    let late = false;
    const { path, seed, rtol, timeout, worker, onOutput } = options;
    const child = forked(worker, { task: { path, seed, rtol, from }, onMessage, onOutput });
    const expire = (): void => {
      late = true;
      child.kill();
    };
    let timer: NodeJS.Timeout | undefined;
    const ended = await child.ended;
    clearTimeout(timer);
    if (done) return null;
    if (late) return { loaded, verdict: 'timed-out', error: lateText(loaded, timeout) };
    return { loaded, verdict: 'threw', error: endText(ended, loaded) };

    function onMessage(message: unknown): void {
      if (!isCheckMessage(message) || late) return;
      clearTimeout(timer);
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
}

const lateText = (loaded: boolean, timeout: number): string =>
  `${loaded ? 'no result' : 'the file was not loaded'} after ${timeout} s (--timeout)`;

/** How a process ended, with what Node says of a crash. */
function endText({ code, signal, lastWords }: Ended, loaded: boolean): string {
  const when = loaded ? '' : ' while the file was loaded';
  const fatal = /FATAL ERROR: (.+)/.exec(lastWords)?.[1];
  if (fatal !== undefined) return `its process crashed${when}: ${fatal}`;
  if (signal !== null) return `its process was ended by ${signal}${when}`;
  if (code === null) return 'its process could not be started';
  return `its process ended with exit code ${code}${when}: does it call process.exit?`;
}
