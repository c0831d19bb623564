import type { Activation } from '../../model/model.ts';
import type { StartName } from '../five-layer.ts';

export type DyingCaseName =
  | 'relu'
  | 'leaky-0.01'
  | 'leaky-0.1'
  | 'leaky-0.3'
  | 'slope-1'
  | 'elu'
  | 'leaky-0.01-float32'
  | 'default-relu'
  | 'default-leaky-0.01'
  | 'default-elu';

export interface DyingCase {
  readonly name: DyingCaseName;
  readonly title: string;
  readonly hidden: Activation;
  readonly start: Extract<StartName, 'negative' | 'default'>;
  readonly dtype: 'float64' | 'float32';
  /** Which seeds train to the end; the others see the first epoch alone. */
  readonly trains: 'every seed' | 'own seed' | 'none';
}

export const EPOCHS = 1000;

export const UNITS_A_LAYER = 3;
/** Weights and biases of the hidden layers: 2 · 3 + 3, then 3 · 3 + 3 three times. */
export const HIDDEN_PARAMETERS = 45;

const leaky = (slope: number): Activation => ({ kind: 'leaky_relu', slope });

const dyingCase = (
  name: DyingCaseName,
  title: string,
  hidden: Activation,
  rest: Partial<DyingCase> = {},
): DyingCase => ({
  name,
  title,
  hidden,
  start: 'negative',
  dtype: 'float64',
  trains: 'own seed',
  ...rest,
});

/** Biases −8 first, then the start that the material's code really had. */
export const CASES: readonly DyingCase[] = [
  dyingCase('relu', 'ReLU', 'relu', { trains: 'every seed' }),
  dyingCase('leaky-0.01', 'Leaky ReLU, slope 0.01', leaky(0.01), { trains: 'every seed' }),
  dyingCase('leaky-0.1', 'Leaky ReLU, slope 0.1', leaky(0.1)),
  dyingCase('leaky-0.3', 'Leaky ReLU, slope 0.3', leaky(0.3)),
  dyingCase('slope-1', 'slope 1: no activation', leaky(1), { trains: 'none' }),
  dyingCase('elu', 'ELU', 'elu'),
  dyingCase('leaky-0.01-float32', 'Leaky ReLU, slope 0.01, float32', leaky(0.01), {
    dtype: 'float32',
  }),
  dyingCase('default-relu', 'ReLU', 'relu', { start: 'default' }),
  dyingCase('default-leaky-0.01', 'Leaky ReLU, slope 0.01', leaky(0.01), { start: 'default' }),
  dyingCase('default-elu', 'ELU', 'elu', { start: 'default' }),
];
