import { describe, expect, it } from 'vitest';
import { progress, type Terminal } from '../../src/node/progress.ts';
import { zeroParams } from '../../src/params/params.ts';
import type { Best } from '../../src/training/best.ts';
import { type Reporter, reporter } from '../../src/training/training-report.ts';

const best = (epoch: number, score: number, loss: number): Best => ({
  epoch,
  score,
  loss,
  params: zeroParams({ slots: [], size: 0 }),
});

/** What four epochs say, of which the first and the third are the best so far. */
function fourEpochs(report: Reporter): void {
  report.best(null, best(0, 0, 0.7));
  report.epoch(0, 0.75);
  report.epoch(1, 0.5);
  report.best(best(0, 0, 0.7), best(2, 0.9, 0.123456));
  report.epoch(2, 0.25);
  report.epoch(3, 0.125);
  report.clear();
}

/** ECMA-48 EL: erase from the cursor to the end of the line. */
const ERASE_REST = '\u001b[K';

/** The lines on a screen after all was written: \r goes back to a line's start. */
function screen(written: string): string[] {
  return written.split('\n').map((text) => {
    let line = '';
    let column = 0;
    for (let i = 0; i < text.length; i++) {
      if (text[i] === '\r') column = 0;
      else if (text.startsWith(ERASE_REST, i)) {
        line = line.slice(0, column);
        i += ERASE_REST.length - 1;
      } else {
        line = line.slice(0, column) + text[i] + line.slice(column + 1);
        column++;
      }
    }
    return line;
  });
}

const LOG = [
  '[Evaluate] best score (loss): −∞ → 0.00000 (0.70000)',
  '[Train] epoch: 0/4, loss: 0.75',
  '[Evaluate] best score (loss): 0.00000 (0.70000) → 0.90000 (0.12346)',
  '[Train] epoch: 2/4, loss: 0.25',
];

describe('the reporter', () => {
  it('logs epoch 0, every n-th after it, and each best with the one before', () => {
    const lines: string[] = [];
    fourEpochs(reporter({ epochs: 4, logEvery: 2, print: (l) => lines.push(l), bar: null }));
    expect(lines).toEqual(LOG);
  });

  it.each([
    [
      best(0, 0.85, 0.361234999),
      best(1, 0.85, 0.361234),
      '0.85000 (0.361235) → 0.85000 (0.361234)',
    ],
    [best(0, 0.85, 0.36124), best(1, 0.85, 0.36123), '0.85000 (0.36124) → 0.85000 (0.36123)'],
    [best(0, 0.1, 0.5), best(1, 0.1 + 2e-9, 0.5), '0.100000000 (0.50000) → 0.100000002 (0.50000)'],
    [
      best(0, 1, 0.3),
      best(1, 1, 0.3 - 2 ** -54),
      '(0.3000000000000000) → 1.00000 (0.2999999999999999)',
    ],
    [best(0, 1, 2e-30), best(1, 1, 1e-30), '1.00000 (2e-30) → 1.00000 (1e-30)'],
    [best(0, -1 / 3, 0.5), best(1, -1 / 4, 0.7), '-0.33333 (0.50000) → -0.25000 (0.70000)'],
  ])('what became better shows: %#', (old, found, expected) => {
    const lines: string[] = [];
    reporter({ epochs: 4, logEvery: 2, print: (l) => lines.push(l), bar: null }).best(old, found);
    expect(lines[0]).toContain(expected);
    const [left, right] = lines[0]!.split(': ')[1]!.split(' → ');
    expect(left).not.toBe(right);
  });

  it.each([0, null])('logEvery %j prints nothing', (logEvery) => {
    const lines: string[] = [];
    fourEpochs(reporter({ epochs: 4, logEvery, print: (l) => lines.push(l), bar: null }));
    expect(lines).toEqual([]);
  });

  it('on a terminal no line of the log shares a line with the bar, and the bar is wiped', () => {
    const { terminal, print, written } = shared();
    fourEpochs(reporter({ epochs: 4, logEvery: 2, print, bar: progress(terminal) }));
    expect(written()).toContain('100\u00a0% epoch 4 of 4'); // it was there
    expect(screen(written())).toEqual([...LOG, '']);
  });

  it('a bar that is not wiped would be seen', () => {
    const { terminal, print, written } = shared();
    const bar = { ...progress(terminal), done: () => {} };
    fourEpochs(reporter({ epochs: 4, logEvery: 2, print, bar }));
    expect(screen(written())).not.toEqual([...LOG, '']);
  });
});

/** A terminal that both the bar and the log are written to. */
function shared(): {
  terminal: Terminal;
  print: (line: string) => void;
  written: () => string;
} {
  const pieces: string[] = [];
  return {
    terminal: { isTTY: true, columns: 60, write: (text) => pieces.push(text) },
    print: (line) => pieces.push(`${line}\n`),
    written: () => pieces.join(''),
  };
}
