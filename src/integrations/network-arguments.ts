import { describe } from './received.ts';

/** What `toHaveRightGradients` was given, not yet looked at. */
export interface NetworkArguments {
  readonly method: unknown;
  readonly model: unknown;
  readonly params: unknown;
  readonly batch: unknown;
  readonly options: unknown;
}

/** Throws a TypeError for the first argument that is of another kind than its type says. */
export function assertNetworkArguments(given: NetworkArguments): void {
  const { method, model, params, batch, options } = given;
  const demand = (name: string, got: unknown, has: Shape, expected: string): void => {
    if (fits(got, has)) return;
    const where = 'expect(method).toHaveRightGradients(model, params, batch)';
    throw new TypeError(`${where}: ${name}: got ${describe(got)}, expected ${expected}`);
  };
  demand('method', method, { name: 'string', prepare: 'function' }, 'a method { name, prepare }');
  demand(
    'model',
    model,
    { layers: 'object', loss: 'object', layout: 'object' },
    'a model, as of mlp(…)',
  );
  const two = '{ layout, values }, as of initialise(model.layout)';
  demand('params', params, { layout: 'object', values: 'object' }, two);
  demand('batch', batch, { inputs: 'object', targets: 'object' }, '{ inputs, targets }');
  const { inputs, targets } = batch as { inputs: unknown; targets: unknown }; // looked at above
  for (const [name, matrix] of Object.entries({ inputs, targets })) {
    const has = { rows: 'number', cols: 'number', data: 'object' } as const;
    demand(`batch.${name}`, matrix, has, '{ rows, cols, data }, as of matrixOf(…)');
  }
  demand('options', options, {}, 'an object');
}

/** Fields, and what `typeof` says of each. */
type Shape = Readonly<Record<string, 'string' | 'number' | 'object' | 'function'>>;

const fits = (given: unknown, shape: Shape): boolean =>
  typeof given === 'object' &&
  given !== null &&
  Object.entries(shape).every(([field, type]) => {
    const value: unknown = (given as Readonly<Record<string, unknown>>)[field]; // any object
    return value !== null && typeof value === type;
  });
