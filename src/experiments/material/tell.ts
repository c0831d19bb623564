import { formatNumber, type NumberFormat } from '../../report/format.ts';
import { expected, type Fields } from './fields.ts';
import type { Language } from './said.ts';

/** Inline markdown. */
export interface Words {
  readonly textSays: string;
  readonly codeDoes: string;
  readonly weDo: string;
}

export interface Sentences {
  readonly textSays: string;
  readonly codeDoes: (evidence: Evidence) => string;
  readonly weDo: string;
}

/** By id, in the material's order. */
export type Told = { readonly [id: string]: { readonly [L in Language]: Sentences } };

/** One finding's evidence, key by key. */
export interface Evidence {
  /** To three digits. */
  number(key: string): string;
  /** To the six digits recorded. */
  exact(key: string): string;
  count(key: string): string;
  /** A text in backticks: an error, a file name. */
  code(key: string): string;
  /** Throws unless these numbers ascend, which the sentence takes for granted. */
  ascending(...keys: string[]): void;
  /** Throws unless the evidence is this, which the sentence takes for granted. */
  given(key: string, value: number | boolean | string): void;
}

/** Throws where a figure is missing or of the wrong type, where one is against the sentence, and where one is left over. */
export function tell(id: string, { textSays, codeDoes, weDo }: Sentences, facts: Fields): Words {
  const untold = new Set(Object.keys(facts));
  const read = (key: string): unknown => {
    untold.delete(key);
    return facts[key];
  };
  const numbers =
    (format: NumberFormat) =>
    (key: string): string => {
      const got = read(key);
      if (Number.isFinite(got)) return formatNumber(got as number, format); // isFinite is false of all else
      throw expected(`${id} evidence ${key}`, got, 'a finite number');
    };
  const words: Words = {
    textSays,
    codeDoes: codeDoes({
      number: numbers('significant'),
      exact: numbers('exact'),
      count: numbers('count'),
      code: (key) => {
        const got = read(key);
        if (typeof got === 'string' && got !== '') return `\`${got}\``;
        throw expected(`${id} evidence ${key}`, got, 'a text');
      },
      ascending: (...keys) => {
        const values = keys.map((key) => facts[key] as number); // shown elsewhere in the sentence, as numbers
        if (values.every((value, i) => i === 0 || value > values[i - 1]!)) return;
        throw expected(
          `${id} evidence ${keys.join(', ')}`,
          values,
          'ascending, as its sentence says',
        );
      },
      given: (key, value) => {
        const got = read(key);
        if (got !== value)
          throw expected(`${id} evidence ${key}`, got, `${value}, as its sentence says`);
      },
    }),
    weDo,
  };
  if (untold.size > 0) {
    throw new RangeError(`${id} evidence: ${[...untold].join(', ')} is told by no sentence`);
  }
  return words;
}
