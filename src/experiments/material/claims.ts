import type { Claim } from './claim.ts';
import { deeperClaims } from './claims/deeper.ts';
import { depthClaims } from './claims/depth.ts';
import { dyingClaims } from './claims/dying.ts';
import { layersClaims } from './claims/layers.ts';
import { leakyClaims } from './claims/leaky.ts';
import { questionClaims } from './claims/question.ts';
import { trainingClaims } from './claims/training.ts';
import { vanishingClaims } from './claims/vanishing.ts';
import { zerosClaims } from './claims/zeros.ts';

/** Every sentence of the material that predicts a behaviour, in its order. */
export const claims: readonly Claim[] = [
  ...layersClaims,
  ...trainingClaims,
  ...deeperClaims,
  ...zerosClaims,
  ...depthClaims,
  ...vanishingClaims,
  ...dyingClaims,
  ...leakyClaims,
  ...questionClaims,
];
