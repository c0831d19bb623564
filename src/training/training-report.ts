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

/** The course's log lines; a bar is wiped before each, so that they do not share a line. */
export function reporter({ epochs, logEvery, print, bar }: Reporting): Reporter {
  const say = (line: string): void => {
    if (!logEvery) return;
    bar?.done();
    print(line);
  };
  return {
    best: (old, found) =>
      say(`[Evaluate] best score (loss): ${bestText(old)} → ${bestText(found)}`),
    epoch: (epoch, loss) => {
      if (logEvery && epoch % logEvery === 0)
        say(`[Train] epoch: ${epoch}/${epochs}, loss: ${loss}`);
      bar?.at((epoch + 1) / epochs, `epoch ${epoch + 1} of ${epochs}`);
    },
    clear: () => bar?.done(),
  };
}

const bestText = (best: Best | null): string =>
  best ? `${best.score.toFixed(5)} (${best.loss.toFixed(5)})` : '−∞';
