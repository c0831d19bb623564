import { describe, expect, it } from 'vitest';
import { progress, type Terminal } from '../../src/node/progress.ts';

function fake(isTTY: boolean, columns = 60): { terminal: Terminal; written: string[] } {
  const written: string[] = [];
  return { terminal: { isTTY, columns, write: (text) => written.push(text) }, written };
}

describe('the progress bar', () => {
  it('is silent where standard error is no terminal', () => {
    const { terminal, written } = fake(false);
    const bar = progress(terminal);
    bar.at(0.5, 'W1');
    bar.done();
    expect(written).toEqual([]);
  });

  it('shows share and doing on one line, and wipes it', () => {
    const { terminal, written } = fake(true);
    const bar = progress(terminal);
    bar.at(0.5, 'W1 speed');
    bar.done();
    expect(written).toEqual([
      `\r${'█'.repeat(12)}${'░'.repeat(12)}  50\u00a0% W1 speed\u001b[K`,
      '\r\u001b[K',
    ]);
  });

  it('never goes back, nor beyond its ends', () => {
    const { terminal, written } = fake(true);
    const bar = progress(terminal);
    for (const share of [0.5, 0.25, 7, Number.NEGATIVE_INFINITY]) bar.at(share, '');
    const percents = written.map((text) => Number(/(\d+)\u00a0%/.exec(text)![1]));
    expect(percents).toEqual([50, 100]); // an unchanged line is not drawn again
  });

  it('is whole in a terminal that says it has 0 columns', () => {
    const { terminal, written } = fake(true, 0);
    progress(terminal).at(1, 'W1');
    expect(written[0]).toContain('100\u00a0% W1');
  });

  it('never wraps in a narrow terminal', () => {
    const { terminal, written } = fake(true, 20);
    progress(terminal).at(1, 'a long account of what is being done');
    expect(written[0]!.replace('\r', '').replace('\u001b[K', '').length).toBeLessThan(20);
  });
});
