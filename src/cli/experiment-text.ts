import type { Experiment } from '../experiments/experiment.ts';
import { isInside, rangeText, type StatedFigure, strays } from '../experiments/stated-figure.ts';
import type { Ran } from './experiment-json.ts';
import { textRows } from './text-rows.ts';

/** `backproof experiment list`, in lines of at most `width` characters. */
export const listText = (
  experiments: readonly Omit<Experiment, 'run'>[],
  width: number,
): string[] =>
  textRows(
    [
      ['NAME', 'SECTION', 'SHOWS'],
      ...experiments.map(({ name, section, shows }) => [name, section, shows]),
    ],
    width,
  );

/** What came out, then in full whatever lies outside its range. */
export function runText(ran: readonly Ran[], width: number): string[] {
  const stated = ran.flatMap(({ result }) => result.stated);
  const outside = ran.flatMap(({ about, result }) =>
    result.stated
      .filter((figure) => !isInside(figure))
      .map((figure) => [about.name, inFull(figure)]),
  );
  const headlines = ran.flatMap(({ about, result }) =>
    result.headline.map((line, i) => [i === 0 ? about.name : '', line]),
  );
  return [
    ...textRows(headlines, width),
    outside.length === 0
      ? `All ${stated.length} figures lie in their stated ranges.`
      : `${outside.length} of ${stated.length} figures lie outside their stated ranges:`,
    ...textRows(outside, width),
  ];
}

/** Every digit: rounded, a value just outside would look inside. */
const inFull = (figure: StatedFigure): string =>
  `${figure.what}: ${strays(figure)[0]}, stated ${rangeText(figure.stated, String)}`;
