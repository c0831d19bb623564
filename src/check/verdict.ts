/** What a check says of a gradient. */
export type Verdict =
  | 'agrees'
  | 'disagrees'
  /** Error bars or rounding hide too much to judge: neither a pass nor a wrong gradient. */
  | 'unresolved'
  | 'not-finite'
  | 'not-deterministic'
  | 'wrong-shape'
  | 'wrong-type'
  | 'mutates-input'
  | 'timed-out'
  | 'threw'
  | 'unsupported';

/** What a reader of a verdict should know besides. */
export type Note =
  /** An activation's input is so near its kink that rounding decides the branch. */
  | 'kink'
  /** Call k returns k times the first: the gradient is added, not written. */
  | 'accumulates'
  /** The function's values come in steps far coarser than their precision. */
  | 'quantised'
  /** The same of values that are all float32 numbers, though float64 was said. */
  | 'float32'
  /** The gradient is no larger than what hides it: agreement here shows nothing. */
  | 'flat'
  /** Two calls with the same arguments differ, within the tolerance. */
  | 'varies'
  /** What a call returns changes with the next call: harmless here, but not to who keeps it. */
  | 'reuses-output';
