import type { CaseSpec } from '../case-spec.ts';
import { each, hard, mixes, wrong } from './build.ts';

const TWENTY_PI = 62.83185307179586;

/** Differences at steps of 0.1, 0.05, 0.025 see 0. */
const alias = { ...each(['sin'], { factor: TWENTY_PI }), at: [0] };
const fastSine = { ...each(['sin'], { factor: 1e4 }), at: [0.3] };
const steepTanh = { ...each(['tanh'], { factor: 1e4 }), at: [0] };
const pole = { ...each(['reciprocal']), at: [0.01] };
const logs = { ...each(['log', 'log']), at: [1e-4, 3], lower: [0, 0] };
const edges = { ...each(['exp', 'sin']), at: [0, 1], lower: [0, 0], upper: [1, 1] };
const quartic = { ...each(['quartic', 'sin']), at: [0, 0.4] };
const inflection = { ...each(['cube', 'sin']), at: [0, 0.4] };
const lowest = { ...each(['square', 'square']), at: [0, 0] };
const flat = { ...each(['tanh']), at: [8] };
const scales = {
  ...mixes('sin', [
    [1e4, 0, 0],
    [0, 1, 0],
    [0, 0, 1e-4],
  ]),
  at: [3e-5, 0.7, 9e3],
};
const huge = { ...mixes('sin', [[1e-100]], [1e100]), at: [7e99] };

/** Smooth functions that look otherwise at some steps, or whose derivative is hidden. */
export const smoothCases: readonly CaseSpec[] = [
  hard({
    id: 'sine-alias',
    ...alias,
    note: 'sin(20 pi x): differences at steps of 0.1, 0.05, 0.025 see 0',
  }),
  wrong({ id: 'sine-alias-zero', ...alias, change: { times: 0 }, note: 'what those steps see' }),
  hard({ id: 'fast-sine', ...fastSine }),
  wrong({ id: 'fast-sine-1e-4-off', ...fastSine, change: { times: 1.0001 } }),
  hard({ id: 'steep-tanh', ...steepTanh, note: 'a jump at most steps' }),
  hard({ id: 'steep-tanh-beside', ...each(['tanh'], { factor: 1e4 }), at: [1e-5] }),
  wrong({ id: 'steep-tanh-as-step', ...steepTanh, change: { times: 0 } }),
  hard({ id: 'near-pole', ...pole, note: 'a first step of 0.1 crosses the pole' }),
  wrong({ id: 'near-pole-1-percent-off', ...pole, change: { times: 1.01 } }),
  hard({ id: 'log-near-0', ...logs }),
  wrong({ id: 'log-near-0-1e-5-off', ...logs, change: { times: [1.00001, 1] } }),
  hard({ id: 'at-both-edges', ...edges }),
  wrong({ id: 'at-an-edge-1e-3-off', ...edges, change: { times: [1.001, 1] } }),
  hard({
    id: 'root-at-0',
    ...each(['sqrt']),
    at: [0],
    lower: [0],
    undifferentiable: true,
    expected: 'unresolved',
    note: 'the slope at 0 is infinite: differences have no limit to show',
  }),
  hard({ id: 'quartic-at-0', ...quartic }),
  wrong({ id: 'quartic-at-0-1e-4-off', ...quartic, change: { plus: [1e-4, 0] } }),
  hard({ id: 'quartic-alone-at-0', ...each(['quartic']), at: [0] }),
  hard({ id: 'inflection', ...inflection }),
  wrong({ id: 'inflection-1e-5-off', ...inflection, change: { plus: [1e-5, 0] } }),
  hard({
    id: 'curvature-jumps',
    ...each(['signed_square', 'sin']),
    at: [0, 0.4],
    note: 't |t| has a slope at 0',
  }),
  hard({ id: 'lowest-point', ...lowest, note: 'the gradient is 0' }),
  wrong({ id: 'lowest-point-1e-3-off', ...lowest, change: { plus: [1e-3, 0] } }),
  hard({ id: 'flat-tanh', ...flat }),
  wrong({
    id: 'flat-tanh-as-0',
    ...flat,
    change: { times: 0 },
    note: 'true is 4.5e-7, a thousand million roundings of f',
  }),
  hard({ id: 'wide-scales', ...scales }),
  wrong({
    id: 'wide-scales-small-entry-off',
    ...scales,
    change: { times: [1, 1, 1.01] },
    note: 'the wrong entry is 1e-8 of the largest one',
  }),
  hard({ id: 'huge', ...huge }),
  wrong({ id: 'huge-1e-4-off', ...huge, change: { times: 1.0001 } }),
  hard({ id: 'constant-10000', ...each(['sin'], { offset: 1e4 }), at: [0.3] }),
];
