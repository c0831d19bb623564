import { random } from '../../../../src/numeric/random.ts';
import { drawRidge, listOf, normals } from '../draw.ts';
import { networks } from '../families/networks.ts';
import type { Problem } from '../problem.ts';
import { each, hard, wrong } from './build.ts';

const random0 = random(0);
const wide = { function: 'ridge', parameters: drawRidge(random0, 8) } as const;
const wideAt = normals(random0, 8);
const many = {
  function: 'ridge',
  parameters: drawRidge(random0, 420, { units: 2, activations: ['tanh', 'sin'] }),
} as const;
const manyAt = normals(random0, 420);
const net = networks.draw(random0);

/** `by` at one entry, 0 at the others. */
const at = (size: number, entry: number, by: number): number[] =>
  listOf(size, (i) => (i === entry ? by : 0));

/** The mistakes that are made most, and what is not finite. */
export const plainCases: readonly Problem[] = [
  wrong({ id: 'sign', ...wide, at: wideAt, change: { times: -1 } }),
  wrong({ id: 'factor-2', ...wide, at: wideAt, change: { times: 2 } }),
  wrong({ id: 'factor-1-plus-1e-5', ...wide, at: wideAt, change: { times: 1.00001 } }),
  wrong({ id: 'zero', ...wide, at: wideAt, change: { times: 0 } }),
  wrong({
    id: 'one-entry-1e-6-off',
    ...wide,
    at: wideAt,
    change: { plus: at(8, 5, 1e-6) },
    note: 'gradients of size 0.1 to 1',
  }),
  wrong({
    id: 'one-entry-missing',
    ...wide,
    at: wideAt,
    change: { times: [1, 1, 1, 0, 1, 1, 1, 1] },
  }),
  hard({ id: 'many-entries', ...many, at: manyAt }),
  wrong({
    id: 'one-of-many-entries-1e-3-off',
    ...many,
    at: manyAt,
    change: { plus: at(420, 233, 1e-3) },
  }),
  wrong({ id: 'network-twice', ...net, change: { times: 2 } }),
  wrong({
    id: 'network-one-weight-1e-4-off',
    ...net,
    change: { plus: at(net.at.length, 1, 1e-4) },
  }),
  wrong({
    id: 'cross-entropy-without-target',
    function: 'cross_entropy',
    parameters: { target: 1 },
    at: [0.5, -1.25, 2],
    change: { plus: [0, 1, 0] },
  }),
  wrong({
    id: 'softmax-twice',
    function: 'softmax',
    parameters: {},
    at: [0.5, -1, 2],
    change: { times: 2 },
  }),
  wrong({
    id: 'valley-1e-4-off',
    function: 'rosenbrock',
    parameters: {},
    at: [-1.2, 1, 0.5],
    change: { plus: [0, 1e-4, 0] },
  }),
  hard({
    id: 'gradient-NaN',
    ...each(['sin', 'sin']),
    at: [1, 2],
    change: { plus: [0, Number.NaN] },
    expected: 'not-finite',
  }),
  hard({
    id: 'gradient-infinite',
    ...each(['sin', 'sin']),
    at: [1, 2],
    change: { plus: [Infinity, 0] },
    expected: 'not-finite',
  }),
  hard({
    id: 'f-NaN',
    ...each(['log']),
    at: [-1],
    expected: 'not-finite',
    note: 'the logarithm of -1: there is no gradient to check',
  }),
];
