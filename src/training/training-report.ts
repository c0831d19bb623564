import type { Best } from './best.ts';

/** A progress bar: `node/progress.ts` has one for terminals. */
export interface Bar {
  /** Draws it at this share, 0 to 1. */
  at(share: number, doing: string): void;
  /** Wipes it; `at` may draw it again. */
  done(): void;
}

/** What is said during training, and where. */
export interface Reporting {
  readonly epochs: number;
  /** 0 or null: nothing. */
  readonly logEvery: number | null;
  readonly print: (line: string) => void;
  readonly bar: Bar | null;
}

export interface Reporter {
  best(old: Best | null, found: Best): void;
  epoch(epoch: number, loss: number): void;
  /** Leaves the line to others. */
  clear(): void;
}

/** The course's log lines, with digits enough to see what became better; a bar is wiped before each, so that they do not share a line. */
export function reporter({ epochs, logEvery, print, bar }: Reporting): Reporter {
  const say = (line: string): void => {
    if (!logEvery) return;
    bar?.done();
    print(line);
  };
  return {
    best: (old, found) => say(`[Evaluate] best score (loss): ${bestsText(old, found)}`),
    epoch: (epoch, loss) => {
      if (logEvery && epoch % logEvery === 0)
        say(`[Train] epoch: ${epoch}/${epochs}, loss: ${loss}`);
      bar?.at((epoch + 1) / epochs, `epoch ${epoch + 1} of ${epochs}`);
    },
    clear: () => bar?.done(),
  };
}

function bestsText(old: Best | null, found: Best): string {
  const [oldScore, score] = apart(old?.score ?? null, found.score);
  const [oldLoss, loss] = apart(old?.loss ?? null, found.loss);
  return `${oldScore ? `${oldScore} (${oldLoss})` : '−∞'} → ${score} (${loss})`;
}

/** Five digits after the point, or as many more as tell the two apart. */
function apart(old: number | null, found: number): readonly [old: string, found: string] {
  if (old === null) return ['', found.toFixed(LEAST_DIGITS)];
  for (let digits = LEAST_DIGITS; digits <= MOST_DIGITS; digits++) {
    const [a, b] = [old.toFixed(digits), found.toFixed(digits)];
    if (a !== b || old === found) return [a, b];
  }
  return [String(old), String(found)];
}

const LEAST_DIGITS = 5;
/** Two numbers about 1 differ by then; those that do not are so small that they are best in full. */
const MOST_DIGITS = 17;
