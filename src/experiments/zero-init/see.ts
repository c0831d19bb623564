import { formatNumber } from '../../report/format.ts';
import { spread, sum } from '../statistics.ts';
import { largerShare } from './balance.ts';
import type { BalancedFigures } from './balanced-runs.ts';
import { after, isEven, looksLikeGuessing, reaches, type StartOutcome } from './outcome.ts';
import { RANDOM_STARTS } from './starts.ts';
import { startOf } from './stated.ts';
import type { StartFigures } from './train-starts.ts';
import type { Twins } from './twins.ts';

/** What the figures of a zero start say; every number in it is computed. */
export function see(
  starts: readonly StartFigures[],
  tape: readonly Twins[],
  { gradient, runs }: BalancedFigures,
): string[] {
  const [slow, fast] = [startOf(starts, 'zeros', 0.2), startOf(starts, 'zeros', 5)];
  const random = (rate: number): StartOutcome[] =>
    RANDOM_STARTS.flatMap((start) => startOf(starts, start, rate).seeds);
  const guessing = random(0.2).filter((outcome) => looksLikeGuessing(outcome, 5)).length;
  const states = slow.own.twins.states + fast.own.twins.states;
  const differing = slow.own.twins.differing + fast.own.twins.differing;
  const byTape = sum(tape.map((twins) => twins.differing));
  const [even02, even5] = runs;
  return [
    `The symmetry is real: by hand, the hidden units differ in even one bit in ${differing} of ${count(states)} states of parameters and gradients; trained by the tape alone, in ${byTape}.`,
    'Where the classes are uneven, the first update moves the last layer alone, since no gradient passes weights of 0: fc1 is still 0 after one epoch. From the second on everything moves, at rate 0.2 very little.',
    `After 5 epochs nothing can be concluded. The zero start gives all points one class and has that class’s share as its score; but of ${random(0.2).length} random starts at the same rate, ${guessing} have a dev score of 40–60 % as well. What the material shows is a training that has hardly begun.`,
    `The zero start stays near ln 2 for a few hundred epochs and then learns: after 1,000 epochs at rate 0.2 its dev score is ${scores(unevenOf(slow))} over the seeds with unequal classes, that of the random starts ${scores(random(0.2))}.`,
    `Where it stops is what the symmetry costs. At rate 5 ${random(5).filter(reaches).length} of ${random(5).length} random starts reach 99 % within 1,000 epochs, and the zero start does in ${fast.seeds.filter(reaches).length} of ${fast.seeds.length} seeds (${scores(fast.seeds)}): five identical units are one. A network that has only one ends alike (${scores(startOf(starts, 'one hidden unit', 5).seeds)}): one straight line cannot part two moons.`,
    'Rate 0.2 hides this: within 1,000 epochs the random starts get no further than a straight line either.',
    `The about 50 % depend on the classes: the training set of this seed has ${slow.own.balance.zeros} and ${slow.own.balance.ones} points, and one class for all scores ${(100 * largerShare(slow.own.balance)).toFixed(1)} %. On the whole, the more unequal they are, the sooner the network leaves; with as many of each, every gradient cancels and the start is stationary${seedsThatStay(slow)}.`,
    `With as many of each class the largest gradient entry is ${formatNumber(gradient.even, 'scientific')}${gradient.even === 0 ? '' : ', left by rounding'}. At the last epoch the loss is ${lossText(even02!.atLast)} at rate 0.2, and ${lossText(even5!.atLast)} at rate 5. ${hasLeft(even5!.atLast) ? 'The start is a saddle: steps large enough make something even of rounding errors.' : 'What rounding leaves is too little for either rate to leave the start.'}`,
  ];
}

const count = (n: number): string => formatNumber(n, 'count');

/** `84–90 %`. */
function scores(seeds: readonly StartOutcome[]): string {
  const { low, high } = spread(seeds.map((outcome) => 100 * after(outcome, 1000).score));
  return `${low.toFixed(0)}–${high.toFixed(0)} %`;
}

const unevenOf = ({ seeds }: StartFigures): StartOutcome[] =>
  seeds.filter((outcome) => !isEven(outcome));

function seedsThatStay({ seeds }: StartFigures): string {
  const even = seeds.filter(isEven);
  if (even.length === 0) return '';
  const stay = even.filter(({ decides }) => !Number.isFinite(decides));
  return ` (${even.length} of the ${seeds.length} seeds drew such a set, and at rate 0.2 ${stay.length} of them ${stay.length === 1 ? 'stays' : 'stay'} to the end)`;
}

/** Half a percent of ln 2 is far more than rounding. */
const hasLeft = (aboveLn2: number): boolean => Math.abs(aboveLn2) > 0.005 * Math.LN2;

const lossText = (aboveLn2: number): string =>
  hasLeft(aboveLn2)
    ? formatNumber(aboveLn2 + Math.LN2, 'significant')
    : `still ln 2 to within ${formatNumber(Math.abs(aboveLn2), 'scientific')}`;

export function headline(starts: readonly StartFigures[]): string[] {
  const [slow, fast] = [startOf(starts, 'zeros', 0.2), startOf(starts, 'zeros', 5)];
  const score = (figures: StartFigures, epochs: number): string =>
    `${(100 * after(figures.own, epochs).score).toFixed(1)} %`;
  return [
    `zeros: dev ${score(slow, 5)} after 5 epochs, ${score(slow, 1000)} after 1,000; at rate 5 ${score(fast, 1000)}, where PyTorch’s default has ${score(startOf(starts, 'PyTorch’s default', 5), 1000)}`,
    `hidden units identical bit for bit in ${count(slow.own.twins.states + fast.own.twins.states - slow.own.twins.differing - fast.own.twins.differing)} of ${count(slow.own.twins.states + fast.own.twins.states)} states`,
  ];
}
