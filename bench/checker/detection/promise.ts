import { count } from '../../../src/report/format.ts';
import { type Block, number, text, verdict } from '../../../src/report/report.ts';
import { left, right } from '../columns.ts';
import { HIDDEN_ACTIVATIONS, type HiddenActivation } from './problem.ts';
import { PROMISED_SIZE, sizeText } from './sizes.ts';
import { type SightingTally, tallySightings } from './tally.ts';
import type { Sighting } from './trial.ts';

/** Calls of f within which the wrong entry is to be found and named. */
const MOST_CALLS = 2000;

/** What the promise came to on one kind of network. */
export interface Promised extends SightingTally {
  readonly activation: HiddenActivation;
  /** Right gradients that were called wrong. */
  readonly falseAlarms: number;
  readonly kept: boolean;
}

/** Whether one wrong entry of 1e-6 is found and named in every trial, in under 2,000 calls of f. */
export const promised = (sightings: readonly Sighting[]): Promised[] =>
  HIDDEN_ACTIVATIONS.map((activation) => {
    const found = tallySightings(sightings, activation, 'backproof', PROMISED_SIZE);
    const falseAlarms = tallySightings(sightings, activation, 'backproof', 0).caught;
    const { caught, named, trials, mostCalls } = found;
    const all = caught === trials && named === trials && falseAlarms === 0;
    return { ...found, activation, falseAlarms, kept: all && mostCalls < MOST_CALLS };
  });

/** `one wrong entry of 1e-6 among 5,829, tanh: found in 100 of 100 trials, …`. */
export const promiseSentence = (
  { activation, trials, caught, named, mostCalls, mostGradients, falseAlarms, kept }: Promised,
  entries: number,
): string =>
  `one wrong entry of ${sizeText(PROMISED_SIZE)} among ${count(entries)}, ${activation}: ` +
  `found in ${caught} of ${trials} trials, named in ${named}, in at most ` +
  `${count(mostCalls)} calls of f and ${count(mostGradients)} of the gradient (limit: all, in under ` +
  `${count(MOST_CALLS)} of f: ${kept ? 'kept' : 'missed'}); ` +
  `false alarms on right gradients: ${falseAlarms}`;

export const promiseTable = (promises: readonly Promised[]): Block => ({
  kind: 'table',
  name: 'detection-promise',
  columns: [
    left('network', 'hidden layers'),
    right('trials', 'trials'),
    right('found', 'found'),
    right('named', 'named'),
    right('median', 'calls of f, median'),
    right('most', 'most'),
    right('gradients', 'of the gradient, median'),
    right('mostGradients', 'most'),
    right('falseAlarms', 'false alarms'),
    left('verdict', ''),
  ],
  rows: promises.map((p) => [
    text(p.activation),
    number(p.trials, 'count'),
    number(p.caught, 'count'),
    number(p.named, 'count'),
    number(p.medianCalls, 'count'),
    number(p.mostCalls, 'count'),
    number(p.medianGradients, 'count'),
    number(p.mostGradients, 'count'),
    number(p.falseAlarms, 'count'),
    p.kept ? verdict('met', 'good') : verdict('falls short', 'bad'),
  ]),
});
