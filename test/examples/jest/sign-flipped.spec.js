const bumps = (x) => x.reduce((sum, v) => sum + Math.exp(-(v * v)), 0);
const uphill = (x) => x.map((v) => 2 * v * Math.exp(-(v * v)));

test('the gradient of the bumps is right', () => {
  expect(uphill).toBeGradientOf(bumps, { at: [0.5, -1.2, 0.8, 0.1] });
});
