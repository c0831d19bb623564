import { formatNumber } from '../../report/format.ts';
import { sum } from '../statistics.ts';
import { effects, reaching } from './effects.ts';
import type { Outcome, SettingFigures } from './settings.ts';

type Score = Parameters<typeof reaching>[1];

/** What the figures say, whatever the page's seed: every number in it is computed. */
export function see(settings: readonly SettingFigures[]): string[] {
  const [shallowSlow, deepSlow, shallowFast, deepFast] = settings;
  const [layer, , layerAfter] = effects(settings);
  const { length } = deepFast!.seeds;
  const drop = Math.max(...deepFast!.seeds.map(({ devBest, devLast }) => devBest - devLast));
  return [
    `The rate alone does it: at rate 5 the 2-5-1 network has a best dev score of at least 99 % in ${reached(shallowFast!, 'devBest')} seeds, 2-5-3-1 in ${reached(deepFast!, 'devBest')}; ` +
      `at rate 0.2 it is ${reached(shallowSlow!, 'devBest')} and ${reached(deepSlow!, 'devBest')}.`,
    `The layer alone lowers the test loss in ${Math.round(layer!.lowers * length)} of ${length} seeds at rate 0.2: one more sigmoid shrinks the gradients on their way back (the page on vanishing gradients measures it), and 1,000 epochs bring the deeper network less far.`,
    `At rate 5 the layer lowers the loss in ${Math.round(layerAfter!.lowers * length)} of ${length} seeds, so something is left of the claim: a smaller loss where the training succeeds, which by the test score of the last model it does in ${reached(deepFast!, 'testLast')}, and without the layer in ${reached(shallowFast!, 'testLast')}.`,
    `Rate 5 has its price: the training loss fails to fall at some epoch in ${count(shallowFast!, ({ rises }) => rises > 0)} seeds with 2-5-1 and in ${count(deepFast!, ({ rises }) => rises > 0)} with 2-5-3-1, where at rate 0.2 it does in ${count(shallowSlow!, ({ rises }) => rises > 0)} and ${count(deepSlow!, ({ rises }) => rises > 0)}. ` +
      `The last model can be a bad one: the last dev score of 2-5-3-1 is up to ${(100 * drop).toFixed(1)} points below its best.`,
    zigzag(deepFast!),
    chosenByScore(deepSlow!),
    'To learn what a change does, change one thing, and repeat it for several seeds: a single run shows neither how often a setting succeeds nor which change made it succeed.',
  ];
}

/** Curvature is in units of loss over squared parameter; gradient descent overshoots beyond 2/η. */
function zigzag({ rate, own, seeds }: SettingFigures): string {
  const [all, back] = [sum(seeds.map((o) => o.rises)), sum(seeds.map((o) => o.rebounds))];
  const whole = (n: number): string => formatNumber(n, 'count');
  return (
    `The zigzag of 2-5-3-1 at rate ${rate} is the step, not noise, since nothing is drawn: across a direction in which the loss curves by more than 2 ÷ ${rate} = ${2 / rate}, a step lands farther up the other side than it began, and the next one comes back. ` +
    `A loss that rises and falls again at the next epoch is its mark: of the epochs at which the loss rises, so do ${whole(back)} of ${whole(all)} over the seeds, and ${whole(own.rebounds)} of ${whole(own.rises)} on this page.`
  );
}

/** Where a model is better by accuracy and has learned less. */
function chosenByScore({ network, rate, own, seeds }: SettingFigures): string {
  const worse = seeds.filter((o) => o.testLossBest > WORSE * o.testLossLast).length;
  const sig = (value: number): string => formatNumber(value, 'significant');
  return (
    `Best by accuracy need not be best: with ${network} at rate ${rate} the model that dev judged best is here that of epoch ${own.bestEpoch}, with a test score of ${sig(own.testBest)} and a test loss of ${sig(own.testLossBest)}; the last has ${sig(own.testLast)} and ${sig(own.testLossLast)}. ` +
    `In ${worse} of ${seeds.length} seeds the loss of the best is more than one and a half times that of the last: a network that has hardly begun can by chance put as many of 160 points on the right side.`
  );
}

const WORSE = 1.5;

/** `17 of 20`. */
const count = ({ seeds }: SettingFigures, has: (outcome: Outcome) => boolean): string =>
  `${seeds.filter(has).length} of ${seeds.length}`;

const reached = ({ seeds }: SettingFigures, score: Score): string =>
  `${Math.round(reaching(seeds, score) * seeds.length)} of ${seeds.length}`;

export function headline(settings: readonly SettingFigures[]): string[] {
  const [, , shallow, deep] = settings;
  return [
    `rate 5: best dev score ≥ 99 % in ${reached(shallow!, 'devBest')} seeds with 2-5-1, ${reached(deep!, 'devBest')} with 2-5-3-1; the rate does it, not the layer`,
  ];
}
