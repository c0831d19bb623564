import { ACTS_AS } from './chosen.ts';
import {
  isMost,
  isNormal,
  type MistakeFigures,
  type RateFigures,
  type SilentFigures,
} from './figures.ts';
import { CHECK_ROWS } from './gradient-check.ts';
import { looksAs } from './tables.ts';

/** What a reader should take from the page; every number and every name is computed. */
export function seeItems(figures: SilentFigures): string[] {
  const { mistakes, rates, seeds, normalAtSome, normalAtEvery, caught } = figures;
  const { length } = mistakes;
  const byRate = (of: (rate: RateFigures) => number): string =>
    rates.map((r) => `${of(r)} at rate ${r.rate}`).join(' and ');
  const better = mistakes.filter(({ atRates }) => atRates.some((m) => isMost(m.better, seeds)));
  const once = mistakes.filter(({ atRates }) => atRates.some(isNormal) && !atRates.every(isNormal));
  const harmless = mistakes.filter(
    (m) => !better.includes(m) && m.atRates.every(({ normal }) => normal >= seeds - 1),
  );
  const refused = mistakes.filter(({ leastError }) => leastError === null);
  return [
    `**“The loss goes down” proves nothing.** Of ${length} wrong gradients, the loss falls with ${byRate(({ falls }) => falls)}. A small step in any direction less than 90° from downhill lowers the loss: a gradient can be very wrong and still point there.`,
    `**Nor does a loss that ends where it should.** ${byRate(({ normal }) => normal)} look normal; ${normalAtSome} do at one rate at least, ${normalAtEvery} at every rate. ` +
      'Whoever sees one curve, and no right one beside it, would take them for right.',
    `**A better loss is no proof either.** Lower than every right training in most seeds, at one rate at least: ${names(better)}.${actingAs(better)}`,
    `**Some do next to no harm here.** In all seeds but one at most, at every rate, these look normal, and no better: ${names(harmless)}. That is how such a mistake stays; that it is harmless on one problem promises nothing for another.`,
    ...(once.length === 0
      ? []
      : [
          `**The rate hides a mistake, or shows it.** ${once.map((m) => otherwise(m, rates)).join('; ')}. A test by training would have to be repeated for every setting; the gradient is wrong at each.`,
        ]),
    ...control(rates),
    `**A gradient check catches ${caught === length ? `all ${length}` : `${caught} of ${length}`}**, at each start, on ${CHECK_ROWS} samples and without one step of training. ` +
      `The least error that it found is ${percent(figures.leastError)} % of a slot’s gradient; the right gradient differs by ${figures.rightError.toExponential(0)} of it at most. ` +
      moreThanNumbers(refused),
  ];
}

const names = (mistakes: readonly MistakeFigures[]): string =>
  mistakes.map(({ name }) => `\`${name}\``).join(', ') || 'none';

/** What each of them is in truth, where that can be said in a few words. */
function actingAs(mistakes: readonly MistakeFigures[]): string {
  const said = mistakes.flatMap(({ name }) =>
    ACTS_AS[name] === undefined ? [] : `\`${name}\` ${ACTS_AS[name]}`,
  );
  return said.length === 0
    ? ''
    : ` In truth ${said.join('; ')}: another method, which nobody has chosen.`;
}

/** `db-averaged` looks normal at rate 0.2, slower at 5. */
const otherwise = ({ name, atRates }: MistakeFigures, rates: readonly RateFigures[]): string =>
  `\`${name}\`: ${atRates.map((m, r) => `${looksAs[m.look]} at ${rates[r]!.rate}`).join(', ')}`;

/** Right trainings that look wrong; nothing where none did, or no seed was left to try. */
function control(rates: readonly RateFigures[]): string[] {
  if (rates.every(({ control: { trained, normal } }) => normal === trained)) return [];
  const outside = rates.map(
    ({ rate, control: { trained, normal } }) => `${trained - normal} of ${trained} at rate ${rate}`,
  );
  return [
    `**A right gradient may look wrong, too.** Trained from seeds that are not among those of the range, it lies outside in ${outside.join(' and ')}. A loss curve can neither clear a gradient nor convict it.`,
  ];
}

/** What found those whose first answer tells nothing. */
const moreThanNumbers = (refused: readonly MistakeFigures[]): string =>
  refused.length === 0
    ? ''
    : `It must do more than compare one answer: it calls twice with the same arguments, expects the same again and the parameters as they were, and so finds ${names(refused)}.`;

const percent = (share: number): string => (100 * share).toPrecision(2);
