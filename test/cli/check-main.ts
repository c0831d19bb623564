import { type ChildProcess, spawn } from 'node:child_process';

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Of another installation than the checkout's. */
  readonly main?: string;
  /** In place of a pipe that is read: a file, or a pipe that nobody reads. */
  readonly stdout?: number | 'closed';
  /** Called whenever something was written, with all of it. */
  readonly onWritten?: (written: { out: string; err: string }, child: ChildProcess) => void;
}

/** The compiled command line in a process of its own; nothing of GitHub's is in its environment. */
export function runMain(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { cwd, env, main = 'dist/src/cli/main.js', stdout, onWritten } = options;
  const {
    GITHUB_WORKSPACE: _w,
    GITHUB_STEP_SUMMARY: _s,
    NODE_OPTIONS: _n,
    FORCE_COLOR: _f,
    ...rest
  } = process.env;
  const child = spawn(process.execPath, [main, ...args], {
    ...(cwd !== undefined && { cwd }),
    stdio: ['ignore', typeof stdout === 'number' ? stdout : 'pipe', 'pipe'],
    env: { ...rest, ...env },
  });
  if (stdout === 'closed') child.stdout?.destroy();
  const written = { out: '', err: '' };
  for (const [key, stream] of [['out', child.stdout] as const, ['err', child.stderr] as const]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      written[key] += text;
      onWritten?.(written, child);
    });
  }
  return new Promise((resolve, reject) =>
    child.on('error', reject).on('close', (code, signal) => resolve({ code, signal, ...written })),
  );
}
