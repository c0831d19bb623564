/** What an object read from JSON may hold. */
export type Fields = { readonly [name: string]: unknown };

/** Throws unless it is an object. */
export function fieldsOf(value: unknown, where: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields; // just seen
  throw expected(where, value, 'an object');
}

export const expected = (where: string, got: unknown, what: string): TypeError =>
  new TypeError(`${where}: got ${JSON.stringify(got)}, expected ${what}`);
