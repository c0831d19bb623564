import type { Model } from '../src/model/model.ts';

/** `2-5-1 sigmoid, bce`: widths, kinds of activation and loss. */
export function describeModel({ layers, inputs, loss }: Model): string {
  const widths = layers.flatMap((layer) => (layer.kind === 'linear' ? [layer.out] : []));
  const kinds = new Set(layers.map(({ kind }) => kind).filter((kind) => kind !== 'linear'));
  return `${[inputs, ...widths].join('-')} ${[...kinds].join(' and ')}, ${loss.kind}`;
}
