import { count } from '../../src/report/format.ts';
import type { Block } from '../../src/report/report.ts';

/** Items told in full; a single fault may raise thousands. */
const TOLD = 30;

/** The first of these as a list, and how many more there are; nothing where there are none. */
export function shortList(items: readonly string[]): Block[] {
  if (items.length === 0) return [];
  const rest = items.length - TOLD;
  const more = rest > 0 ? [`and ${count(rest)} more`] : [];
  return [{ kind: 'list', items: [...items.slice(0, TOLD), ...more] }];
}
