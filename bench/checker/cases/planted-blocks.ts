import { count } from '../../../src/report/format.ts';
import { type Block, heading, number, paragraph, text } from '../../../src/report/report.ts';
import { left, right } from '../columns.ts';
import { shortList } from '../short-list.ts';
import type { CaseTally } from './case-tally.ts';
import { families } from './families.ts';
import { type PlantedError, TIMES } from './planted-error.ts';

/** What became of the errors of one size. */
export interface PlantedShare {
  readonly times: PlantedError['times'];
  readonly all: number;
  readonly disagrees: number;
  readonly agrees: number;
  /** Neither: it is not clear to the checker. */
  readonly unresolved: number;
}

/** A size each. */
export const plantedShares = (tallies: readonly CaseTally[]): PlantedShare[] =>
  TIMES.map((times) => {
    const own = tallies.flatMap((t) => t.planted).filter((p) => p.times === times);
    const of = (got: PlantedError['got']): number => own.filter((p) => p.got === got).length;
    const [all, disagrees, agrees] = [own.length, of('disagrees'), of('agrees')];
    return { times, all, disagrees, agrees, unresolved: all - disagrees - agrees };
  });

export const plantedText = (tallies: readonly CaseTally[]): string =>
  plantedShares(tallies)
    .map(
      ({ times, all, disagrees, agrees, unresolved }) =>
        `Of ${count(all)} errors of ${times} times what a pass said would show, ` +
        `${count(disagrees)} are called wrong, ${unresolved} left unresolved, ${agrees} passed (limit 0).`,
    )
    .join(' ');

export function plantedBlocks(tallies: readonly CaseTally[]): Block[] {
  const passed = tallies.flatMap((t) =>
    t.planted
      .filter(({ got }) => got === 'agrees')
      .map(
        ({ id, times, entry, checkSeed }) =>
          `\`${id}\` of seed ${t.seed}, checked with seed ${checkSeed}: entry ${entry} off by ${times} times what would show`,
      ),
  );
  return [
    heading(3, 'Errors just above what a pass says would show'),
    paragraph(
      'Beside each `agrees` stands the smallest error in an entry that would have been called wrong. ' +
        'That is tried here: some of the gradients that agreed get an error of 2 and of 10 times that size in an entry at random. ' +
        'None may pass. Where f does not move at all, the smallest error is 0 and cannot be multiplied.',
    ),
    paragraph(plantedText(tallies)),
    ...shortList(passed),
    {
      kind: 'table',
      name: 'planted-errors',
      columns: [
        left('family', 'family'),
        right('gradients', 'gradients'),
        ...TIMES.flatMap((times) => [
          right(`disagrees-${times}`, `${times}×: disagrees`),
          right(`unresolved-${times}`, 'unresolved'),
          right(`agrees-${times}`, 'agrees'),
        ]),
      ],
      rows: families.flatMap(({ name }, k) => {
        const shares = plantedShares(tallies.filter((t) => t.family === k));
        const [{ all } = { all: 0 }] = shares;
        if (all === 0) return [];
        return [
          [
            text(name),
            number(all, 'count'),
            ...shares.flatMap(({ disagrees, unresolved, agrees }) =>
              [disagrees, unresolved, agrees].map((n) => number(n, 'count')),
            ),
          ],
        ];
      }),
    },
  ];
}
