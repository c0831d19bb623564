/** What one field of a spec must be, for specs that came past the types: from a file, from JavaScript. */
export interface Field {
  /** In an error's words: "expected …". */
  readonly expected: string;
  fits(value: unknown): boolean;
}

export const finite: Field = {
  expected: 'a finite number',
  fits: (value) => Number.isFinite(value),
};

export const positiveInteger: Field = {
  expected: 'a positive integer',
  fits: (value) => Number.isInteger(value) && (value as number) > 0, // isInteger is false of all else
};

export const flag: Field = {
  expected: 'true or false',
  fits: (value) => typeof value === 'boolean',
};

export const layerNameField: Field = {
  expected: 'a name such as "fc1"',
  fits: (value) => typeof value === 'string' && value !== '',
};
