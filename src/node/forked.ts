import { fork } from 'node:child_process';

/** A module that runs in a process of its own. */
export interface Forked {
  /** At once, whatever it does. */
  kill(): void;
  /** All that it sent and wrote has been told by then. */
  readonly ended: Promise<Ended>;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  /** The last that it wrote to standard error. */
  readonly lastWords: string;
}

export interface ForkOptions {
  /** What it is sent first, cloned: NaN and typed arrays arrive as they are. */
  readonly task: unknown;
  readonly onMessage: (message: unknown) => void;
  /** What it writes to either of its streams. */
  readonly onOutput: (text: string) => void;
}

/** Characters: room for Node's own report of a crash. */
const LAST_WORDS = 8192;
/** Milliseconds that a process of its own may keep the streams of a dead one open. */
const GRACE = 1000;

/** Starts the module in a new process, which ends with this one. */
export function forked(module: URL, { task, onMessage, onOutput }: ForkOptions): Forked {
  const child = fork(module, {
    // An ES module named .js need not have a package.json that says so.
    execArgv: [...process.execArgv, '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const kill = (): void => void child.kill('SIGKILL');
  const release = endingWithUs(kill);
  let lastWords = '';
  child.stdout?.setEncoding('utf8').on('data', onOutput);
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-LAST_WORDS);
    onOutput(text);
  });
  child.on('message', onMessage);
  child.send(task as object, () => {}); // one that died before it could read says so by ending
  const ended = new Promise<Ended>((resolve) => {
    const end = (code: number | null, signal: string | null): void => {
      release();
      resolve({ code, signal, lastWords });
    };
    child.on('close', end);
    child.on('error', () => end(child.exitCode, child.signalCode));
    child.on('exit', (code, signal) => setTimeout(() => end(code, signal), GRACE).unref());
  });
  return { kill, ended };
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What ends with this process. */
const running = new Set<() => void>();

/** Runs `kill` when this process ends, if it can still tell. Returns what ends the watch. */
function endingWithUs(kill: () => void): () => void {
  if (running.size === 0) {
    for (const signal of SIGNALS) process.on(signal, signalled);
    process.on('exit', killAll);
  }
  running.add(kill);
  return () => {
    running.delete(kill);
    if (running.size > 0) return;
    for (const signal of SIGNALS) process.off(signal, signalled);
    process.off('exit', killAll);
  };
}

function killAll(): void {
  for (const kill of running) kill();
}

/** The signal then ends this process as it would have, unless someone else listens to it. */
function signalled(signal: NodeJS.Signals): void {
  killAll();
  process.off(signal, signalled);
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}
