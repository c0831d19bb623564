import { expect } from 'vitest';
import type { ExperimentResult } from '../../src/experiments/experiment.ts';

/**
 * Holds figures to those of `test/fixtures/experiments/NAME.json`, digit by digit: a wrong rate,
 * split, seed, column or model changes some. After a change that is meant to change figures,
 * `npx vitest run test/experiments -u` writes them anew; read the difference before it is committed.
 */
export const expectRecorded = (name: string, figures: unknown): Promise<void> =>
  expect(`${JSON.stringify(figures, withInfinities, 2)}\n`).toMatchFileSnapshot(
    `../fixtures/experiments/${name}.json`,
  );

/** What JSON would call null. */
const withInfinities = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

/** The figures of a page, and the cells of its tables but that of the figures stated. */
export const figuresOf = ({ figures, stated, report, headline }: ExperimentResult): unknown => ({
  figures,
  stated: stated.map(({ what, value, over, seeds }) => ({ what, value, over, seeds })),
  tables: report.blocks.flatMap((block) =>
    block.kind === 'table' && block.name !== 'stated'
      ? [
          block.rows.map((row) =>
            row
              .map((cell) =>
                cell.kind === 'number'
                  ? cell.value
                  : cell.kind === 'none'
                    ? '–'
                    : cell.kind === 'text'
                      ? cell.text
                      : cell.verdict,
              )
              .join(' | '),
          ),
        ]
      : [],
  ),
  headline,
});
