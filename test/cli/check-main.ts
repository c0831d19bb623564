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
  /** Called whenever something was written to standard error, with all of it. */
  readonly onError?: (written: string, child: ChildProcess) => void;
}

/** The compiled command line in a process of its own; nothing of GitHub's is in its environment. */
export function runMain(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { cwd, env, main = 'dist/src/cli/main.js', onError } = options;
  const { GITHUB_WORKSPACE: _w, GITHUB_STEP_SUMMARY: _s, NODE_OPTIONS: _n, ...rest } = process.env;
  const child = spawn(process.execPath, [main, ...args], {
    ...(cwd !== undefined && { cwd }),
    env: { ...rest, ...env },
  });
  const written = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.err += text;
    onError?.(written.err, child);
  });
  return new Promise((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal, ...written })),
  );
}
