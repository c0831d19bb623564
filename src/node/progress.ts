/** Where a bar is drawn: `process.stderr`, or what a test gives instead. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface Progress {
  /** Draws the bar at this share, 0 to 1, with what is being done now; never goes back. */
  at(share: number, doing: string): void;
  /** Wipes the bar. */
  done(): void;
}

const BAR_WIDTH = 24;
const DEFAULT_COLUMNS = 80;

/** A progress bar on standard error; silent when that is no terminal. */
export function progress(terminal: Terminal = process.stderr): Progress {
  if (!terminal.isTTY) return { at: () => {}, done: () => {} };
  let furthest = 0;
  let drawn = '';
  return {
    at: (share, doing) => {
      furthest = Math.max(furthest, Math.min(1, share));
      // Some terminals do not know their width, and say 0.
      const line = barLine(furthest, doing, (terminal.columns || DEFAULT_COLUMNS) - 1);
      if (line === drawn) return;
      drawn = line;
      terminal.write(`\r${line}${ERASE_REST}`);
    },
    done: () => {
      if (drawn !== '') terminal.write(`\r${ERASE_REST}`);
      drawn = '';
    },
  };
}

/** ECMA-48 EL: erase from the cursor to the end of the line. */
const ERASE_REST = '\u001b[K';

/** Cut to the terminal's width: a line that wraps cannot be drawn over. */
function barLine(share: number, doing: string, columns: number): string {
  const full = Math.round(share * BAR_WIDTH);
  const bar = '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
  const percent = `${Math.floor(share * 100)}`.padStart(3);
  return `${bar} ${percent}\u00a0% ${doing}`.slice(0, Math.max(0, columns));
}
