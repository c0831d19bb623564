import { type Initialiser, normal, torchLinear, uniform, zeros } from '../../params/initialise.ts';
import { type MoonsSetupOptions, moonsSetup } from '../moons-setup.ts';
import type { Setup } from '../setup.ts';

/** N(0, 1), which the material proposes instead of zeros. */
export const GAUSSIAN: Initialiser = normal(0, 1);
/** U(−1, 1), its other proposal. */
export const UNIFORM: Initialiser = uniform(-1, 1);

/** How all parameters begin; the last is a network with one hidden unit instead of five. */
export type StartName = 'zeros' | 'N(0, 1)' | 'U(−1, 1)' | 'PyTorch’s default' | 'one hidden unit';

const FIVE_UNITS = [2, 5, 1];

const STARTS: {
  readonly [S in StartName]: {
    readonly sizes: readonly number[];
    /** For weights and biases alike. */
    readonly initialiser: Initialiser;
  };
} = {
  zeros: { sizes: FIVE_UNITS, initialiser: zeros },
  'N(0, 1)': { sizes: FIVE_UNITS, initialiser: GAUSSIAN },
  'U(−1, 1)': { sizes: FIVE_UNITS, initialiser: UNIFORM },
  'PyTorch’s default': { sizes: FIVE_UNITS, initialiser: torchLinear },
  'one hidden unit': { sizes: [2, 1, 1], initialiser: torchLinear },
};

/** The random starts of five units. */
export const RANDOM_STARTS: readonly StartName[] = ['N(0, 1)', 'U(−1, 1)', 'PyTorch’s default'];

/** The material's learning rate, and the one that its larger network needed. */
export const RATES: readonly number[] = [0.2, 5];

export interface Training {
  readonly start: StartName;
  readonly rate: number;
}

/** Every start at both rates, and one unit at the rate that leaves it time enough. */
export const TRAININGS: readonly Training[] = [
  ...RATES.flatMap((rate) =>
    (['zeros', ...RANDOM_STARTS] as const).map((start) => ({ start, rate })),
  ),
  { start: 'one hidden unit', rate: 5 },
];

/** A training of this start; `split` where it is not the seed's own data. */
export function startSetup(
  { start, rate }: Training,
  of: Pick<MoonsSetupOptions, 'seed' | 'epochs' | 'split'>,
): Setup {
  const { sizes, initialiser } = STARTS[start];
  const options = { weight: initialiser, bias: initialiser };
  return moonsSetup({ ...of, sizes, learningRate: rate, start: options });
}
