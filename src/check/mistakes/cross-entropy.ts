import { type LossRule, one } from '../../gradients/manual/rule.ts';
import type { Mistake } from './mistake.ts';
import { choosesClasses } from './place.ts';
import { type Plan, planted } from './plant.ts';
import { afterSoftmax, entrywise, withCrossEntropy } from './softmax.ts';

/**
 * Mistakes of dZ = (softmax(Z) − Y)/N (derivations/softmax-cross-entropy.md). Those of softmax's own
 * backward pass start from dpⱼ = −yⱼ/pⱼ, so that Σⱼ dpⱼpⱼ = −1. The formulas leave out the 1/N.
 */
export const crossEntropyMistakes: readonly Mistake[] = [
  softmaxMistake(
    {
      name: 'label-subtracted',
      says: 'The class number is subtracted from every probability, not a 1 from the one of that class.',
      formula: 'dzₖ = pₖ − [k = c] → pₖ − c',
    },
    entrywise((p, _y, { label }) => p - label),
  ),
  softmaxMistake(
    {
      name: 'one-hot-missing',
      says: 'Nothing is subtracted from the probabilities: the target does not enter.',
      formula: 'dzₖ = pₖ − [k = c] → pₖ',
    },
    entrywise((p) => p),
  ),
  softmaxMistake(
    {
      name: 'one-hot-off-by-one',
      says: 'The classes are counted from 1: the 1 is subtracted one column too early.',
      formula: 'dzₖ = pₖ − [k = c] → pₖ − [k = c − 1], column −1 being the last',
    },
    entrywise((p, _y, { column, label, classes }) =>
      (column + 1) % classes === label ? p - 1 : p,
    ),
  ),
  softmaxMistake(
    {
      name: 'softmax-diagonal-only',
      says: "Only the diagonal of softmax's Jacobian is used: outputs other than the target's get no gradient.",
      formula: 'dzₖ = Σⱼ dpⱼ pⱼ([j = k] − pₖ) → dpₖ pₖ(1 − pₖ)',
    },
    entrywise((p, y) => -y * (1 - p)),
  ),
  softmaxMistake(
    {
      name: 'softmax-mean-for-sum',
      says: "The sum in softmax's backward pass is a mean over the classes.",
      formula: 'dzₖ = pₖ(dpₖ − Σⱼ dpⱼpⱼ) → pₖ(dpₖ − (1/C) Σⱼ dpⱼpⱼ)',
    },
    entrywise((p, y, { classes }) => p / classes - y),
  ),
  softmaxMistake(
    {
      name: 'softmax-plus',
      says: "Softmax's backward pass has a plus where the minus belongs.",
      formula: 'dzₖ = pₖ(dpₖ − Σⱼ dpⱼpⱼ) → pₖ(dpₖ + Σⱼ dpⱼpⱼ)',
    },
    entrywise((p, y) => -y - p),
  ),
  softmaxMistake(
    {
      name: 'softmax-wrong-axis',
      says: "The sum in softmax's backward pass runs over the samples, not over the classes.",
      formula: 'dzᵢₖ = pᵢₖ(dpᵢₖ − Σⱼ dpᵢⱼpᵢⱼ) → pᵢₖ(dpᵢₖ − Σₘ dpₘₖpₘₖ)',
    },
    afterSoftmax(({ kernels: k, workspace, dx: dz, targets, divisor }, p) => {
      const y = workspace(p.rows, p.cols);
      const counts = workspace(1, p.cols); // −Σₘ dpₘₖpₘₖ: how many samples have class k
      const product = workspace(p.rows, p.cols);
      const difference = workspace(p.rows, p.cols);
      return () => {
        k.oneHot(y, targets);
        k.sumTo(counts, y);
        k.hadamard(product, p, counts);
        k.subtract(difference, product, y);
        k.scale(dz, difference, 1 / divisor);
      };
    }),
  ),
  softmaxMistake(
    {
      name: 'softmax-twice',
      says: 'Softmax is applied to what are probabilities already.',
      formula: 'dz = softmax(z) − y → softmax(softmax(z)) − y',
    },
    afterSoftmax((site, p) => {
      const { kernels: k, workspace, dx: dz, targets, divisor } = site;
      const upstream = one(site);
      const twice = workspace(p.rows, p.cols);
      const unused = workspace(1, 1);
      return () => {
        k.crossEntropy(unused, twice, p, targets, divisor);
        k.crossEntropyPullback(dz, upstream, twice, targets, divisor);
      };
    }),
  ),
];

function softmaxMistake(about: Omit<Plan, 'rules' | 'part' | 'applies'>, rule: LossRule): Mistake {
  const rules: Plan['rules'] = () => withCrossEntropy(rule);
  return planted({ ...about, part: 'loss', applies: choosesClasses, rules });
}
