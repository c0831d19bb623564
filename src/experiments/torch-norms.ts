import type { Activation } from '../model/model.ts';
import { LAYERS, type PerLayer, type StartName } from './five-layer.ts';
import { expected, type Fields, fieldsOf } from './material/fields.ts';

/** Norms of the five-layer network's weight gradients in PyTorch, first epoch, by layer. */
export interface TorchNorms {
  /** Medians over all seeds. */
  readonly median: PerLayer;
  /** Between these lie 99 of 100 medians of `drawn` seeds. */
  readonly low: PerLayer;
  readonly high: PerLayer;
}

/** What bench/pytorch/material.py recorded: other draws from the same distributions as ours. */
export interface RecordedNorms {
  readonly seeds: number;
  readonly drawn: number;
  /** Throws where it was not recorded. */
  of(start: StartName, hidden: Activation): TorchNorms;
}

/** Of bench/pytorch/material.json; null where there is none. Throws where it is malformed. */
export function recordedNorms(material: unknown): RecordedNorms | null {
  if (material === null || material === undefined) return null;
  const { seeds, drawn, cases } = fieldsOf(fieldsOf(material, 'material.json').norms, WHERE);
  if (!Array.isArray(cases)) throw expected(`${WHERE} cases`, cases, 'an array');
  const all = cases.map((one, at) => fieldsOf(one, `${WHERE} cases[${at}]`));
  return {
    seeds: countOf('seeds', seeds),
    drawn: countOf('drawn', drawn),
    of(start, hidden) {
      const name = nameOf(hidden);
      const found = all.find((one) => one.start === start && one.hidden === name);
      if (found) return normsOf(found, `${WHERE} of ${start}, ${name}`);
      const there = all.map((one) => `${one.start}, ${one.hidden}`).join('; ') || 'none';
      throw new RangeError(`${WHERE}: no case "${start}, ${name}"; there are ${there}`);
    },
  };
}

const WHERE = 'material.json norms';

function normsOf(fields: Fields, where: string): TorchNorms {
  const perLayer = (key: keyof TorchNorms): PerLayer => {
    const got = fields[key];
    const isWhole = Array.isArray(got) && got.length === LAYERS.length;
    if (isWhole && got.every(Number.isFinite)) return got; // isFinite is false of all but numbers
    throw expected(`${where}: ${key}`, got, `${LAYERS.length} finite numbers`);
  };
  return { median: perLayer('median'), low: perLayer('low'), high: perLayer('high') };
}

function countOf(key: string, got: unknown): number {
  if (Number.isInteger(got)) return got as number; // isInteger is false of all else
  throw expected(`${WHERE} ${key}`, got, 'a whole number');
}

/** As material.py names activations: `elu`, `leaky_relu 0.01`. */
function nameOf(hidden: Activation): string {
  if (typeof hidden === 'string') return hidden;
  return hidden.kind === 'leaky_relu' ? `${hidden.kind} ${hidden.slope}` : hidden.kind;
}
