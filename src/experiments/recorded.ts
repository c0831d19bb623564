/** Reports of other commands, read from their JSON; null where there is none. */
export interface Recorded {
  /** `reports/speed.json`, as committed: experiments never time anything. */
  readonly speed: unknown;
  /** What the material's code does in PyTorch: `bench/pytorch/material.json`. */
  readonly material: unknown;
}
