import type { Problem } from '../problem.ts';
import { each, hard, mixes, wrong } from './build.ts';

/** |x − y| − |x + y|: no kink along x or y at 0, and a corner all the same. */
const saddle = mixes(
  'abs',
  [
    [1, -1],
    [1, 1],
  ],
  [1, -1],
);
/** Two ReLUs of both entries. */
const crossed = mixes('relu', [
  [1, 2],
  [2, -1],
]);

/** Corners, where any mean of the gradients around is right, and what only looks like one. */
export const kinkCases: readonly Problem[] = [
  hard({
    id: 'abs-0',
    ...each(['abs']),
    at: [0],
    note: 'between -1 and 1; central differences see 0',
  }),
  hard({ id: 'abs-right', ...each(['abs']), at: [0], change: { plus: [1] } }),
  hard({ id: 'abs-left', ...each(['abs']), at: [0], change: { plus: [-1] } }),
  wrong({ id: 'abs-outside', ...each(['abs']), at: [0], change: { plus: [1.5] } }),
  hard({ id: 'relu-0', ...each(['relu', 'sin']), at: [0, 1] }),
  hard({ id: 'relu-1', ...each(['relu', 'sin']), at: [0, 1], change: { plus: [1, 0] } }),
  hard({ id: 'relu-half', ...each(['relu', 'sin']), at: [0, 1], change: { plus: [0.5, 0] } }),
  wrong({
    id: 'relu-negative',
    ...each(['relu', 'sin']),
    at: [0, 1],
    change: { plus: [-0.25, 0] },
  }),
  wrong({ id: 'relu-above-1', ...each(['relu', 'sin']), at: [0, 1], change: { plus: [1.25, 0] } }),
  wrong({
    id: 'relu-other-entry',
    ...each(['relu', 'sin']),
    at: [0, 1],
    change: { plus: [0, 1e-4] },
  }),
  wrong({
    id: 'relu-wrong-side-1e-3',
    ...each(['relu']),
    at: [1e-3],
    change: { plus: [-1] },
    note: 'near the kink, on the other branch',
  }),
  wrong({ id: 'relu-wrong-side-1e-6', ...each(['relu']), at: [1e-6], change: { plus: [-1] } }),
  hard({ id: 'relu-side-1e-6', ...each(['relu']), at: [1e-6] }),
  hard({ id: 'leaky-relu-0', ...each(['leaky_relu', 'sin']), at: [0, 1] }),
  wrong({
    id: 'leaky-relu-as-relu',
    ...each(['leaky_relu', 'sin']),
    at: [0, 1],
    change: { plus: [-0.125, 0] },
  }),
  hard({
    id: 'maximum-first',
    function: 'maximum',
    parameters: { curvature: 0.125 },
    at: [1, 1, -2],
  }),
  hard({
    id: 'maximum-second',
    function: 'maximum',
    parameters: { curvature: 0.125 },
    at: [1, 1, -2],
    change: { plus: [-1, 1, 0] },
  }),
  hard({
    id: 'maximum-shared',
    function: 'maximum',
    parameters: { curvature: 0.125 },
    at: [1, 1, -2],
    change: { plus: [-0.5, 0.5, 0] },
  }),
  wrong({
    id: 'maximum-both',
    function: 'maximum',
    parameters: { curvature: 0.125 },
    at: [1, 1, -2],
    change: { plus: [0, 1, 0] },
    note: 'each entry lies between its slopes, but no mean of the pieces gives 1 to both',
  }),
  wrong({
    id: 'maximum-neither',
    function: 'maximum',
    parameters: { curvature: 0.125 },
    at: [1, 1, -2],
    change: { plus: [-1, 0, 0] },
  }),
  hard({ id: 'saddle-0', ...saddle, at: [0, 0] }),
  hard({ id: 'saddle-piece', ...saddle, at: [0, 0], change: { plus: [0, -2] } }),
  wrong({ id: 'saddle-outside', ...saddle, at: [0, 0], change: { plus: [1.5, 1.5] } }),
  hard({ id: 'crossed-0', ...crossed, at: [0, 0] }),
  hard({ id: 'crossed-one', ...crossed, at: [0, 0], change: { plus: [1, 2] } }),
  hard({ id: 'crossed-mean', ...crossed, at: [0, 0], change: { plus: [1.5, 0.5] } }),
  wrong({ id: 'crossed-outside', ...crossed, at: [0, 0], change: { plus: [-0.5, 0] } }),
  wrong({
    id: 'crossed-outside-in-the-box',
    ...crossed,
    at: [0, 0],
    change: { plus: [0.2, 1.9] },
    note: 'each entry lies between its slopes',
  }),
  hard({ id: 'tip-0', function: 'norm', parameters: {}, at: [0, 0] }),
  hard({
    id: 'tip-inside',
    function: 'norm',
    parameters: {},
    at: [0, 0],
    change: { plus: [0.6, 0.6] },
  }),
  wrong({
    id: 'tip-outside',
    function: 'norm',
    parameters: {},
    at: [0, 0],
    change: { plus: [2, 0] },
    note: 'the tip of a cone: the gradients around it are all of length 1, and more than any list of them',
  }),
  hard({
    id: 'softplus-0',
    ...each(['softplus', 'sin']),
    at: [0, 1],
    note: 'its kinks cancel: ½ only',
  }),
  wrong({
    id: 'softplus-as-max-0',
    ...each(['softplus', 'sin']),
    at: [0, 1],
    change: { plus: [-0.5, 0] },
  }),
  wrong({
    id: 'softplus-as-max-1',
    ...each(['softplus', 'sin']),
    at: [0, 1],
    change: { plus: [0.5, 0] },
  }),
  wrong({
    id: 'softplus-as-max-beside',
    ...each(['softplus']),
    at: [0.5],
    change: { plus: [0.3775406687981454] },
    note: 'slope 1, that of max(t, 0)',
  }),
  hard({ id: 'square-by-abs-0', ...each(['square_by_abs', 'sin']), at: [0, 1] }),
  wrong({
    id: 'square-by-abs-0-off',
    ...each(['square_by_abs', 'sin']),
    at: [0, 1],
    change: { plus: [1e-4, 0] },
  }),
];
