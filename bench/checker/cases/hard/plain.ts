import { random } from '../../../../src/numeric/random.ts';
import type { CaseSpec } from '../case-spec.ts';
import { listOf, normals } from '../draw.ts';
import { networks } from '../families/networks.ts';
import { drawRidge } from '../ridges.ts';
import { each, hard, wrong } from './build.ts';

const source = random(0);
const wide = {
  function: 'ridge',
  parameters: drawRidge(source, 8),
  at: normals(source, 8),
} as const;
const many = {
  function: 'ridge',
  parameters: drawRidge(source, 420, { units: 2, activations: ['tanh', 'sin'] }),
  at: normals(source, 420),
} as const;
const net = networks.draw(source);
const sines = { ...each(['sin', 'sin']), at: [1, 2] };

/** `by` at one entry, 0 at the others. */
const oneEntry = (size: number, entry: number, by: number): number[] =>
  listOf(size, (i) => (i === entry ? by : 0));

/** The mistakes that are made most, and what is not finite. */
export const plainCases: readonly CaseSpec[] = [
  wrong({ id: 'sign', ...wide, change: { times: -1 } }),
  wrong({ id: 'factor-2', ...wide, change: { times: 2 } }),
  wrong({ id: 'factor-1-plus-1e-5', ...wide, change: { times: 1.00001 } }),
  wrong({ id: 'zero', ...wide, change: { times: 0 } }),
  wrong({
    id: 'one-entry-1e-6-off',
    ...wide,
    change: { plus: oneEntry(8, 5, 1e-6) },
    note: 'gradients of size 0.1 to 1',
  }),
  wrong({ id: 'one-entry-missing', ...wide, change: { times: [1, 1, 1, 0, 1, 1, 1, 1] } }),
  hard({ id: 'many-entries', ...many }),
  wrong({
    id: 'one-of-many-entries-1e-3-off',
    ...many,
    change: { plus: oneEntry(420, 233, 1e-3) },
  }),
  wrong({ id: 'network-twice', ...net, change: { times: 2 } }),
  wrong({
    id: 'network-one-weight-1e-4-off',
    ...net,
    change: { plus: oneEntry(net.at.length, 1, 1e-4) },
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
  hard({ id: 'gradient-NaN', ...sines, change: { plus: [0, Number.NaN] }, expected: 'not-finite' }),
  hard({
    id: 'gradient-infinite',
    ...sines,
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
