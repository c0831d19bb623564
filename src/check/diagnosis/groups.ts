import type { Slot } from '../../params/layout.ts';

/** The entries of a slot, parted into those that differ in one axis only, or all of them together. */
export interface Groups {
  readonly axis: number | 'all';
  readonly count: number;
  /** Entries in each. */
  readonly extent: number;
  /** The group of an index into the slot. */
  readonly of: (i: number) => number;
}

/** Along each axis longer than 1, and of the whole slot where there are several such axes. */
export function groupsOf({ shape, size }: Slot): readonly Groups[] {
  const along = shape.flatMap((extent, axis): Groups[] => {
    if (extent === 1) return [];
    const stride = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
    const of = (i: number): number => Math.floor(i / (stride * extent)) * stride + (i % stride);
    return [{ axis, count: size / extent, extent, of }];
  });
  return along.length > 1
    ? [...along, { axis: 'all', count: 1, extent: size, of: () => 0 }]
    : along;
}
