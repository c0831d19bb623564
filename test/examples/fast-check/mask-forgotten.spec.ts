import 'backproof/vitest';
import { problem } from 'backproof/fast-check';
import { assert, asyncProperty } from 'fast-check';
import { expect, test } from 'vitest';
import { myNetwork } from './my-network.ts';

const problems = problem({
  activations: ['identity', 'relu'],
  losses: ['mse'],
  reductions: ['mean'],
  bias: true,
});

test('my network has the right gradients', async () => {
  const mine = myNetwork(() => true);
  await assert(
    asyncProperty(problems, async ({ model, params, batch }) => {
      await expect(mine).toHaveRightGradients(model, params, batch);
    }),
    { seed: 1 },
  );
});
