import { entryName } from '../../params/layout.ts';
import type { Scope } from './scope.ts';
import { listed } from './wording.ts';

/** More places than these are not listed. */
const LISTED = 3;

/** `, in rows 0 and 2 of fc1.weight`: where these entries of a scope lie, if a few words say it; else ''. */
export function placesOf({ entries, slots, evidence }: Scope, chosen: readonly number[]): string {
  const indices = [...new Set(chosen.map((e) => entries.index[e]!))];
  if (indices.length <= LISTED) {
    return `, at ${listed(indices.map((i) => entryName(evidence.layout, i)))}`;
  }
  const slot = slots.find(({ offset, size }) =>
    indices.every((i) => i >= offset && i < offset + size),
  );
  if (slot?.shape.length !== 2) return '';
  const width = slot.shape[1]!;
  const rows = [...new Set(indices.map((i) => Math.floor((i - slot.offset) / width)))];
  const columns = [...new Set(indices.map((i) => (i - slot.offset) % width))];
  if (rows.length <= LISTED && rows.length < slot.shape[0]!) {
    return `, in ${rows.length === 1 ? 'row' : 'rows'} ${listed(rows.map(String))} of ${slot.name}`;
  }
  if (columns.length <= LISTED && columns.length < width) {
    return `, in ${columns.length === 1 ? 'column' : 'columns'} ${listed(columns.map(String))} of ${slot.name}`;
  }
  return '';
}
