import type { CaseSpec } from '../case-spec.ts';
import { each, hard, mixes, wrong } from './build.ts';

const abs = { ...each(['abs']), at: [0] };
const relu = { ...each(['relu', 'sin']), at: [0, 1] };
const leaky = { ...each(['leaky_relu', 'sin']), at: [0, 1] };
/** The first two entries are the largest. */
const maximum = {
  function: 'maximum',
  parameters: { curvature: 0.125 },
  at: [1, 1, -2],
} as const;
/** |x − y| − |x + y|: no kink along x or y at 0, and a corner all the same. */
const saddle = {
  ...mixes(
    'abs',
    [
      [1, -1],
      [1, 1],
    ],
    [1, -1],
  ),
  at: [0, 0],
};
/** Two ReLUs of both entries. */
const crossed = {
  ...mixes('relu', [
    [1, 2],
    [2, -1],
  ]),
  at: [0, 0],
};
/** The gradients around it are all of length 1. */
const tip = { function: 'norm', parameters: {}, at: [0, 0] } as const;
/** Smooth: their kinks cancel. */
const softplus = { ...each(['softplus', 'sin']), at: [0, 1] };
const squareByAbs = { ...each(['square_by_abs', 'sin']), at: [0, 1] };

/** Corners, where any mean of the gradients around is right, and what only looks like one. */
export const kinkCases: readonly CaseSpec[] = [
  hard({ id: 'abs-0', ...abs, note: 'between -1 and 1; central differences see 0' }),
  hard({ id: 'abs-right', ...abs, change: { plus: [1] } }),
  hard({ id: 'abs-left', ...abs, change: { plus: [-1] } }),
  wrong({ id: 'abs-outside', ...abs, change: { plus: [1.5] } }),
  hard({ id: 'relu-0', ...relu }),
  hard({ id: 'relu-1', ...relu, change: { plus: [1, 0] } }),
  hard({ id: 'relu-half', ...relu, change: { plus: [0.5, 0] } }),
  wrong({ id: 'relu-negative', ...relu, change: { plus: [-0.25, 0] } }),
  wrong({ id: 'relu-above-1', ...relu, change: { plus: [1.25, 0] } }),
  wrong({ id: 'relu-other-entry', ...relu, change: { plus: [0, 1e-4] } }),
  wrong({
    id: 'relu-wrong-side-1e-3',
    ...each(['relu']),
    at: [1e-3],
    change: { plus: [-1] },
    note: 'near the kink, on the other branch',
  }),
  wrong({ id: 'relu-wrong-side-1e-6', ...each(['relu']), at: [1e-6], change: { plus: [-1] } }),
  hard({ id: 'relu-side-1e-6', ...each(['relu']), at: [1e-6] }),
  hard({ id: 'leaky-relu-0', ...leaky }),
  wrong({ id: 'leaky-relu-as-relu', ...leaky, change: { plus: [-0.125, 0] } }),
  hard({ id: 'maximum-first', ...maximum }),
  hard({ id: 'maximum-second', ...maximum, change: { plus: [-1, 1, 0] } }),
  hard({ id: 'maximum-shared', ...maximum, change: { plus: [-0.5, 0.5, 0] } }),
  wrong({
    id: 'maximum-both',
    ...maximum,
    change: { plus: [0, 1, 0] },
    note: 'each entry lies between its slopes, but no mean of the pieces gives 1 to both',
  }),
  wrong({ id: 'maximum-neither', ...maximum, change: { plus: [-1, 0, 0] } }),
  hard({ id: 'saddle-0', ...saddle }),
  hard({ id: 'saddle-piece', ...saddle, change: { plus: [0, -2] } }),
  wrong({ id: 'saddle-outside', ...saddle, change: { plus: [1.5, 1.5] } }),
  hard({ id: 'crossed-0', ...crossed }),
  hard({ id: 'crossed-one', ...crossed, change: { plus: [1, 2] } }),
  hard({ id: 'crossed-mean', ...crossed, change: { plus: [1.5, 0.5] } }),
  wrong({ id: 'crossed-outside', ...crossed, change: { plus: [-0.5, 0] } }),
  wrong({
    id: 'crossed-outside-in-the-box',
    ...crossed,
    change: { plus: [0.2, 1.9] },
    note: 'each entry lies between its slopes',
  }),
  hard({ id: 'tip-0', ...tip }),
  hard({ id: 'tip-inside', ...tip, change: { plus: [0.6, 0.6] } }),
  wrong({
    id: 'tip-outside',
    ...tip,
    change: { plus: [2, 0] },
    note: 'the tip of a cone: the gradients around it are all of length 1, and more than any list of them',
  }),
  hard({ id: 'softplus-0', ...softplus, note: 'its kinks cancel: ½ only' }),
  wrong({ id: 'softplus-as-max-0', ...softplus, change: { plus: [-0.5, 0] } }),
  wrong({ id: 'softplus-as-max-1', ...softplus, change: { plus: [0.5, 0] } }),
  wrong({
    id: 'softplus-as-max-beside',
    ...each(['softplus']),
    at: [0.5],
    change: { plus: [0.3775406687981454] },
    note: 'slope 1, that of max(t, 0)',
  }),
  hard({ id: 'square-by-abs-0', ...squareByAbs }),
  wrong({ id: 'square-by-abs-0-off', ...squareByAbs, change: { plus: [1e-4, 0] } }),
];
