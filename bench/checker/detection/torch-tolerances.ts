/** What torch.autograd.gradcheck lets pass: |Δ| ≤ atol + rtol |n|. */
export interface Tolerances {
  readonly atol: number;
  readonly rtol: number;
}

/** Of its signature: https://github.com/pytorch/pytorch/blob/v2.13.0/torch/autograd/gradcheck.py */
export const DEFAULTS: Tolerances = { atol: 1e-5, rtol: 1e-3 };

/** What an author of gradcheck would set here: its differences of this loss lie within 1e-9. */
export const TIGHT: Tolerances = { atol: 1e-8, rtol: 1e-6 };

/** The step of its central differences, by default. */
export const EPS = 1e-6;
