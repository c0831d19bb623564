import { describe, expect, test } from 'vitest';
import { isInside } from '../../src/experiments/stated-figure.ts';
import { twoLayer } from '../../src/experiments/two-layer.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { testContext } from './context.ts';

describe('two-layer', () => {
  test('the page of seed 0 lies within what it states, and says where the other seeds lie', async () => {
    const { stated, report, figures } = await twoLayer.run(testContext());
    expect(stated.filter((figure) => !isInside(figure))).toEqual([]);
    const page = renderMarkdown(report);
    expect(page).toContain('| training loss at the last epoch |');
    expect(stated[0]!.seeds).toHaveLength(2);
    // The page's own seed is one of them, and is the same training.
    expect(stated[0]!.seeds![0]).toBe(figures.loss.own);
  });
});
