import type { Batch } from '../model/batch.ts';
import type { Model } from '../model/model.ts';
import type { Params } from '../params/params.ts';
import { assertCall, assertPreparation } from './assert-call.ts';
import type { Extras, GradientMethod, Preparation } from './method.ts';
import { fingerprint } from './pytorch/fingerprint.ts';
import type { Recorded } from './pytorch/recorded.ts';

/**
 * PyTorch as a method: it answers with values PyTorch computed once, and only for the params and
 * batch it computed them for, bit by bit. Everything else is `unsupported`, or throws when called.
 */
export const recordedMethod = (recorded: readonly Recorded[]): GradientMethod => ({
  name: 'pytorch',
  prepare: async (model, shape, options = {}): Promise<Preparation> => {
    assertPreparation(shape, options);
    const { dtype = 'float64' } = options;
    const what = `${model.name}, ${shape.rows} rows, ${dtype}`;
    const fitting = recorded.filter(
      (r) => sameNetwork(r.model, model) && r.outputs.rows === shape.rows && r.dtype === dtype,
    );
    const full = fitting.filter(isFull);
    if (full.length > 0) {
      return {
        kind: 'prepared',
        run: {
          valueAndGrad: (params, batch, into, extra = {}) => {
            assertCall({ model, shape, options }, params, batch, into, extra);
            return replay(find(full, params, batch, what), into, extra);
          },
        },
      };
    }
    const why =
      fitting.length > 0
        ? `PyTorch's gradient for ${what} is recorded as samples only`
        : `no PyTorch values are recorded for ${what}`;
    return { kind: 'unsupported', why };
  },
});

type Full = Recorded & { readonly gradient: { readonly kind: 'full' } };

const isFull = (recorded: Recorded): recorded is Full => recorded.gradient.kind === 'full';

function find(recorded: readonly Full[], params: Params, batch: Batch, what: string): Full {
  const got = fingerprint(params, batch);
  const found = recorded.find((r) => r.fingerprint === got);
  if (found) return found;
  const known = recorded.map((r) => `${r.name} ${r.fingerprint}`).join(', ');
  throw new RangeError(
    `pytorch: params and batch are not those recorded for ${what}: got fingerprint ${got}, expected ${known}`,
  );
}

function replay({ gradient, ...recorded }: Full, into: Params, extra: Extras): number {
  into.values.set(gradient.params.values);
  extra.outputs?.data.set(recorded.outputs.data);
  extra.inputs?.data.set(gradient.inputs.data);
  return recorded.loss;
}

/** Same layers and loss; names of models do not count. */
const sameNetwork = (a: Model, b: Model): boolean =>
  a.inputs === b.inputs && canonical(a.loss) === canonical(b.loss) && layersOf(a) === layersOf(b);

const layersOf = (model: Model): string => model.layers.map(canonical).join();

const canonical = (spec: object): string => JSON.stringify(Object.entries(spec).sort());
