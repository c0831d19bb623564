/** What kind of mistake a wrong gradient shows. */
export type DiagnosisKind =
  /** A constant times the truth. */
  | 'factor'
  | 'sign'
  | 'transpose'
  | 'permutation'
  | 'sum-over-axis'
  | 'zero'
  | 'missing-term'
  /** The ratio to the truth is a known function of something entry by entry. */
  | 'elementwise-ratio'
  /** The ratio is one constant here and another there. */
  | 'piecewise-ratio'
  /** The difference is a multiple of the parameter: a decay term. */
  | 'proportional-to-parameter'
  | 'constant-offset'
  /** Some slots are right and others wrong. */
  | 'only-some-slots'
  | 'accumulates'
  /** A vjp that does not depend on its cotangent. */
  | 'upstream-ignored'
  | 'not-finite'
  /** What a typical mistake of the bank gives, entry by entry. */
  | 'known-mistake'
  | 'unrecognised';

/** A mistake named, in a teacher's words with the figures. A wrong name is worse than `unrecognised`. */
export interface Diagnosis {
  readonly kind: DiagnosisKind;
  /** `fc1.weight is 640 times too large, and N = 640: the mean over the batch is missing`. */
  readonly message: string;
  /** 0 to 1: how sure the name is, given that the gradient is wrong. */
  readonly confidence: number;
}
