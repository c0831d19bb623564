import type { LayerKind } from '../../../src/model/layer.ts';

/** A typical mistake of hand-derived backpropagation, and where it is planted. */
export interface TypicalMistake {
  /** In the words of the research page. */
  readonly says: string;
  /** Names in the bank of mistakes. */
  readonly bank: readonly string[];
  /** Only in networks of this activation. */
  readonly of?: LayerKind;
  /** Names among `elsewhereCases`: what none of our layers has a place for. */
  readonly elsewhere?: readonly string[];
}

/** The list of `research/gradient-checking.md`, in its order. */
export const TYPICAL: readonly TypicalMistake[] = [
  { says: 'missing 1/N', bank: ['mean-missing'] },
  { says: '1/N twice', bank: ['mean-twice'] },
  { says: 'mean over N·C, or over N only', bank: ['mean-over-entries', 'mean-over-rows'] },
  { says: 'sum for mean, mean for sum', bank: ['mean-missing', 'mean-for-sum'] },
  { says: 'factor 2 of MSE', bank: ['factor-two-missing', 'factor-two-extra'] },
  { says: 'sign', bank: ['sign-flipped'] },
  { says: 'dW transposed', bank: ['dw-transposed'] },
  { says: 'dX uses W for Wᵀ', bank: ['dx-weight-transposed', 'dx-weight-forgotten'] },
  { says: 'db not summed (shape)', bank: [], elsewhere: ['db-not-summed'] },
  { says: 'db averaged', bank: ['db-averaged'] },
  { says: 'db summed over the wrong axis', bank: ['db-wrong-axis'] },
  { says: 'db one scalar everywhere', bank: ['db-one-scalar'] },
  { says: 'db last row only', bank: ['db-last-row'] },
  { says: '`=` for `+=`', bank: ['last-sample-only'] },
  { says: 'a sample left out', bank: ['sample-left-out'] },
  {
    says: 'accumulation over calls',
    bank: ['accumulates'],
    elsewhere: ['accumulated-over-calls'],
  },
  { says: 'W updated before dX', bank: ['w-updated-before-dx'] },
  {
    says: 'upstream ignored',
    bank: ['dx-upstream-ignored', 'slope-upstream-ignored'],
    elsewhere: ['upstream-ignored'],
  },
  { says: 'Y for dY', bank: ['y-for-dy'] },
  { says: 'zero', bank: ['db-zero', 'dx-zero'] },
  { says: 'input mutated', bank: ['params-updated-inside'], elsewhere: ['input-mutated'] },
  { says: 'a parameter gradient used as delta', bank: ['dx-from-db', 'dx-through-dw'] },
  { says: 'a(1+a)', bank: ['slope-plus'] },
  { says: 'only a or 1−a', bank: ['slope-is-activation', 'slope-rest-only'] },
  { says: 'z for a and a for z', bank: ['slope-of-z', 'dw-preactivation'] },
  {
    says: 'derivative of the activation taken at the activation',
    bank: ['slope-at-activation'],
  },
  {
    says: 'the rule of another activation',
    bank: ['slope-of-sigmoid', 'slope-of-tanh', 'slope-of-relu'],
  },
  {
    says: "σ′ of another layer's activation",
    bank: ['slope-of-layer-before', 'slope-of-layer-after'],
  },
  { says: 'pass-through', bank: ['slope-missing', 'output-slope-missing'] },
  { says: 'ReLU mask from the upstream', bank: ['mask-upstream'], of: 'relu' },
  { says: 'ReLU mask inverted', bank: ['mask-inverted'], of: 'relu' },
  { says: 'ReLU mask absent', bank: ['slope-missing'], of: 'relu' },
  { says: 'ReLU mask guided', bank: ['mask-guided'], of: 'relu' },
  { says: 'leaky slope forgotten', bank: ['slope-of-relu'], of: 'leaky_relu' },
  { says: 'leaky slope 1', bank: ['slope-missing'], of: 'leaky_relu' },
  { says: 'leaky slope squared', bank: ['slope-squared'], of: 'leaky_relu' },
  { says: 'leaky slope on the wrong side', bank: ['mask-inverted'], of: 'leaky_relu' },
  { says: 'leaky slope negated', bank: ['leaky-slope-negated'], of: 'leaky_relu' },
  { says: 'BCE gradient already fused with sigmoid', bank: ['output-slope-twice'] },
  { says: 'BCE without its (1−y) term or its sign', bank: ['one-term-only', 'term-sign'] },
  { says: 'CE without the log', bank: ['log-missing'] },
  { says: 'softmax Jacobian diagonal only', bank: ['softmax-diagonal-only'] },
  { says: 'softmax mean for sum', bank: ['softmax-mean-for-sum'] },
  { says: 'softmax wrong axis', bank: ['softmax-wrong-axis'] },
  { says: 'softmax plus for minus', bank: ['softmax-plus'] },
  { says: 'softmax twice', bank: ['softmax-twice'] },
  { says: 'integer label subtracted', bank: ['label-subtracted'] },
  { says: 'one-hot missing or off by one', bank: ['one-hot-missing', 'one-hot-off-by-one'] },
  {
    says: 'L2 missing, doubled, on the bias',
    bank: ['l2-extra', 'l2-on-bias'],
    elsewhere: ['l2-missing', 'l2-doubled'],
  },
  {
    says: 'batchnorm without the mean path',
    bank: [],
    elsewhere: ['batchnorm-without-mean-path'],
  },
  {
    says: 'batchnorm without the variance path',
    bank: [],
    elsewhere: ['batchnorm-without-variance-path'],
  },
  { says: 'batchnorm without γ', bank: [], elsewhere: ['batchnorm-without-gamma'] },
  { says: 'batchnorm with ddof', bank: [], elsewhere: ['batchnorm-ddof'] },
  { says: 'stale cache', bank: ['stale-cache'] },
  { says: 'activation derivative missing in one layer', bank: ['slope-missing-once'] },
  { says: 'outputs swapped', bank: ['outputs-swapped'] },
  { says: 'float32 inside', bank: ['float32-inside'] },
];

/** In the bank besides: of elu, and the derivative of any activation taken twice. */
export const BESIDES: readonly TypicalMistake[] = [
  { says: 'elu without its α, or with 1 for it', bank: ['elu-alpha-missing', 'elu-alpha-one'] },
  { says: "an activation's derivative multiplied in twice", bank: ['slope-squared'] },
];
