import { fused } from '../../gradients/manual/fused.ts';
import type { LossRule, LossSite, RuleSet } from '../../gradients/manual/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Mistake } from './mistake.ts';
import { choosesClasses, endsInSigmoidBce, linears } from './place.ts';
import { planted, spoilt } from './plant.ts';
import { afterSoftmax, entrywise, withCrossEntropy } from './softmax.ts';

/**
 * Mistakes of the cross-entropies, and of the binary one, dp = ((1 − y)/(1 − p) − y/p)/N and
 * dz = dp ⊙ p(1 − p) = (p − y)/N (derivations/bce.md, sigmoid-bce.md). The formulas leave out the 1/N.
 */
export const entropyMistakes: readonly Mistake[] = [
  planted({
    name: 'one-term-only',
    part: 'loss',
    says: 'The term of the samples that are not 1 is missing: nothing pushes their outputs down.',
    formula: 'dp = (1 − y)/(1 − p) − y/p → −y/p',
    applies: isBinary,
    rules: () =>
      binary({
        dp: (y, overP) => -y * overP,
        dz: (y, p) => -y * (1 - p),
      }),
  }),
  planted({
    name: 'term-sign',
    part: 'loss',
    says: 'The term of the samples that are not 1 has the wrong sign: their outputs are pushed up as well.',
    formula: 'dp = (1 − y)/(1 − p) − y/p → −(1 − y)/(1 − p) − y/p',
    applies: isBinary,
    rules: () =>
      binary({
        dp: (y, overP, overQ) => -(1 - y) * overQ - y * overP,
        dz: (y, p) => -(1 - y) * p - y * (1 - p),
      }),
  }),
  planted({
    name: 'log-missing',
    part: 'loss',
    says: 'The logarithm is forgotten: the gradient is that of minus the probability of the target.',
    formula: 'dp = (1 − y)/(1 − p) − y/p → (1 − y) − y; dzₖ = pₖ − yₖ → p_c(pₖ − yₖ)',
    applies: (model) => isBinary(model) || choosesClasses(model),
    rules: () =>
      withCrossEntropy(
        entrywise((p, y, { chosen }) => chosen * (p - y)),
        binary({
          dp: (y) => 1 - y - y,
          dz: (y, p) => (1 - y - y) * (p * (1 - p)),
        }),
      ),
  }),
  planted({
    name: 'output-slope-twice',
    part: 'loss',
    says: "The gradient already includes the output's derivative, sigmoid's or softmax's, which is multiplied in again.",
    formula: 'dz = p − y → (p − y) ⊙ p(1 − p); dz = p − y → p ⊙ (p − y − Σⱼ pⱼ(pⱼ − yⱼ))',
    applies: (model) =>
      endsInSigmoidBce(model)
        ? linears(model).length > 0
        : model.loss.kind !== 'bce' && (isBinary(model) || choosesClasses(model)),
    rules: () =>
      withCrossEntropy(softmaxTwice, {
        ...fused,
        losses: {
          ...fused.losses,
          bce_with_logits: fromLogits((y, p) => (p - y) * (p * (1 - p))),
        },
        sigmoidBce:
          fused.sigmoidBce &&
          spoilt(fused.sigmoidBce, ({ outputs: { data: p }, dx: { data: dz } }) => () => {
            for (let i = 0; i < dz.length; i++) dz[i]! *= p[i]! * (1 - p[i]!);
          }),
      }),
  }),
];

function isBinary(model: Model): boolean {
  const { kind } = model.loss;
  return linears(model).length > 0 && (kind === 'bce' || kind === 'bce_with_logits');
}

/** A wrong formula for probabilities, and what follows for logits; both times N. */
interface Binary {
  /** From y, 1/p and 1/(1 − p), which are 0 beyond the clamp of the logarithms. */
  readonly dp: (y: number, overP: number, overQ: number) => number;
  /** From y and p = σ(z). */
  readonly dz: (y: number, p: number) => number;
}

/** bce apart from the sigmoid before it, and bce of logits. */
const binary = ({ dp, dz }: Binary): RuleSet => ({
  ...fused,
  losses: { ...fused.losses, bce: fromProbabilities(dp), bce_with_logits: fromLogits(dz) },
  sigmoidBce: null,
});

const fromProbabilities =
  (dp: Binary['dp']): LossRule =>
  (site) => {
    const { kernels: k, workspace, x: p, dx, targets, divisor } = site;
    const q = workspace(p.rows, p.cols);
    const overP = workspace(p.rows, p.cols);
    const overQ = workspace(p.rows, p.cols);
    return {
      forward: fused.losses.bce(site).forward,
      backward() {
        k.complement(q, p);
        k.clampedLogSlope(overP, p);
        k.clampedLogSlope(overQ, q);
        for (let i = 0; i < dx.data.length; i++) {
          dx.data[i] = dp(targets.data[i]!, overP.data[i]!, overQ.data[i]!) / divisor;
        }
      },
    };
  };

const fromLogits =
  (dz: Binary['dz']): LossRule =>
  (site: LossSite) => {
    const { kernels: k, workspace, x: z, dx, targets, loss, divisor } = site;
    const p = workspace(z.rows, z.cols);
    return {
      forward() {
        k.bceWithLogits(loss, p, z, targets, divisor);
      },
      backward() {
        for (let i = 0; i < dx.data.length; i++) {
          dx.data[i] = dz(targets.data[i]!, p.data[i]!) / divisor;
        }
      },
    };
  };

/** Softmax's Jacobian times (p − y), where p − y is what it has been multiplied to already. */
const softmaxTwice: LossRule = afterSoftmax(
  ({ kernels: k, workspace, dx: dz, targets, divisor }, p) => {
    const y = workspace(p.rows, p.cols);
    const delta = workspace(p.rows, p.cols);
    const product = workspace(p.rows, p.cols);
    const sums = workspace(p.rows, 1);
    const centred = workspace(p.rows, p.cols);
    return () => {
      k.oneHot(y, targets);
      k.subtract(delta, p, y);
      k.hadamard(product, p, delta);
      k.sumTo(sums, product); // Σⱼ pⱼ(pⱼ − yⱼ)
      k.subtract(centred, delta, sums);
      k.hadamard(product, p, centred);
      k.scale(dz, product, 1 / divisor);
    };
  },
);
