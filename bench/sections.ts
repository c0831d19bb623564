import { accuracy } from './accuracy.ts';
import { agreement } from './agreement.ts';
import { speed } from './speed.ts';

/**
 * Every section, in the order in which they run. Speed comes first: float32 arrays and odd shapes in
 * the kernels teach V8 types that the timed steps would then pay for.
 */
export const sections: {
  readonly speed: typeof speed;
  readonly agreement: typeof agreement;
  readonly accuracy: typeof accuracy;
} = { speed, agreement, accuracy };
