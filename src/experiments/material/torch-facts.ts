import { expected, type Fields, fieldsOf } from './fields.ts';

/** What claims take from bench/pytorch/material.json. */
export interface TorchFacts {
  /** Shape of `nn.Linear(2, 5).weight`. */
  readonly weight: readonly [rows: number, cols: number];
  /** Shapes that it takes and gives, as PyTorch writes them. */
  readonly inputs: string;
  readonly outputs: string;
  /** What `bias_attr=False` raises, and whether `bias=False` leaves out the bias that is there without. */
  readonly biasAttr: string;
  readonly biasFalse: boolean;
  /** What `set_state_dict` raises. */
  readonly setStateDict: string;
  /** Of `fc1.weight` after a training from zeros: distinct rows, of so many, and distinct values. */
  readonly zeros: { readonly units: number; readonly rows: number; readonly values: number };
}

/** Throws where a finding or a figure is missing or of another type. */
export function torchFacts(recorded: unknown): TorchFacts {
  const { findings } = fieldsOf(recorded, 'material.json');
  if (!Array.isArray(findings)) throw expected('material.json findings', findings, 'an array');
  const of = (id: string): Fields => {
    const finding = findings.find((found) => fieldsOf(found, 'material.json finding').id === id);
    if (finding === undefined) throw new RangeError(`material.json: no finding "${id}"`);
    return fieldsOf(finding.evidence, `${id} evidence`);
  };
  const number = (id: string, key: string): number => {
    const got = of(id)[key];
    if (typeof got === 'number') return got;
    throw expected(`${id} evidence ${key}`, got, 'a number');
  };
  const text = (id: string, key: string): string => {
    const got = of(id)[key];
    if (typeof got === 'string') return got;
    throw expected(`${id} evidence ${key}`, got, 'a text');
  };
  return {
    weight: [number('linear-shape', 'rows'), number('linear-shape', 'cols')],
    inputs: text('linear-extra-dimensions', 'inputs'),
    outputs: text('linear-extra-dimensions', 'outputs'),
    biasAttr: text('linear-attr', 'biasAttr'),
    biasFalse: of('linear-attr').biasFalse === true,
    setStateDict: text('set-state-dict', 'error'),
    zeros: {
      units: number('updates-not-all-equal', 'units'),
      rows: number('updates-not-all-equal', 'rows'),
      values: number('updates-not-all-equal', 'values'),
    },
  };
}
