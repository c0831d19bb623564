import type { Arithmetic } from '../numeric/arithmetic.ts';
import type { Field } from './field.ts';

/** What a layer is, as data. Widths that follow from the layer before are not repeated. */
export type LayerSpec =
  | {
      readonly kind: 'linear';
      readonly name: string;
      readonly in: number;
      readonly out: number;
      readonly bias: boolean;
    }
  | { readonly kind: 'sigmoid' }
  | { readonly kind: 'tanh' }
  | { readonly kind: 'relu' }
  | { readonly kind: 'leaky_relu'; readonly slope: number }
  | { readonly kind: 'elu'; readonly alpha: number }
  | { readonly kind: 'identity' };

export type LayerKind = LayerSpec['kind'];
export type SpecOf<K extends LayerKind> = Extract<LayerSpec, { kind: K }>;

/** A layer without parameters. */
export type ActivationSpec = Exclude<LayerSpec, { kind: 'linear' }>;

/** Reads one parameter of the layer being evaluated: its slot's values, row-major. */
export type ReadParameter<T> = (name: 'weight' | 'bias') => readonly T[];

/** What each field of a spec must be; a field left out does not compile. */
export type FieldsOf<K extends LayerKind> = {
  readonly [F in Exclude<keyof SpecOf<K>, 'kind'>]: Field;
};

/** The one definition of a layer: its parameters, its width, and one sample through it. */
export interface LayerDefinition<K extends LayerKind> {
  readonly fields: FieldsOf<K>;
  /** Name and PyTorch shape of each parameter, in state_dict order. */
  parameters(spec: SpecOf<K>): readonly { name: 'weight' | 'bias'; shape: readonly number[] }[];
  /** Output features for `features` inputs; throws where they do not fit. */
  width(spec: SpecOf<K>, features: number): number;
  /** One sample: features in, features out. */
  define<T>(
    a: Arithmetic<T>,
    spec: SpecOf<K>,
    parameter: ReadParameter<T>,
    x: readonly T[],
  ): readonly T[];
}

/** A layer that maps each feature by itself, without parameters. */
export const elementwise = <K extends LayerKind>(
  fields: FieldsOf<K>,
  apply: <T>(a: Arithmetic<T>, spec: SpecOf<K>, z: T) => T,
): LayerDefinition<K> => ({
  fields,
  parameters: () => [],
  width: (_spec, features) => features,
  define: (a, spec, _parameter, x) => x.map((z) => apply(a, spec, z)),
});
