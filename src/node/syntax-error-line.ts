import { execFile } from 'node:child_process';

/**
 * The line at which Node cannot parse the module at this path, which the error of a failed `import` does
 * not tell; null where it can. None of its code runs.
 */
export const syntaxErrorLine = (path: string): Promise<number | null> =>
  new Promise((resolve) =>
    execFile(process.execPath, ['--check', path], (failed, _out, written) => {
      // It begins with `PATH:LINE`, then shows that line.
      const [, line] = /:(\d+)\r?$/m.exec(written) ?? [];
      resolve(failed && line !== undefined ? Number(line) : null);
    }),
  );
