/** One named tensor inside the flat values. */
export interface Slot {
  readonly name: string;
  /** PyTorch's shape: [out, in] for a weight, [out] for a bias. */
  readonly shape: readonly number[];
  /** Index of its first value. */
  readonly offset: number;
  readonly size: number;
}

/** Where each named tensor stands in one flat array. */
export interface Layout {
  readonly slots: readonly Slot[];
  /** Number of values in all. */
  readonly size: number;
}

/** Slots in the given order, one after the other. */
export function layoutOf(
  tensors: readonly { readonly name: string; readonly shape: readonly number[] }[],
): Layout {
  const slots: Slot[] = [];
  const seen = new Set<string>();
  let offset = 0;
  for (const { name, shape } of tensors) {
    if (seen.has(name)) throw new RangeError(`layout: duplicate parameter "${name}"`);
    seen.add(name);
    for (const extent of shape) {
      if (!Number.isInteger(extent) || extent < 1) {
        throw new RangeError(`layout: "${name}" has shape [${shape}], expected positive integers`);
      }
    }
    const size = shape.reduce((a, b) => a * b, 1);
    slots.push({ name, shape: [...shape], offset, size });
    offset += size;
  }
  return { slots, size: offset };
}

/** The slot of that name; the error lists the names there are. */
export function slotOf(layout: Layout, name: string): Slot {
  const slot = layout.slots.find((s) => s.name === name);
  if (!slot) {
    const names = layout.slots.map((s) => s.name).join(', ') || 'none';
    throw new RangeError(`unknown parameter "${name}"; this layout has ${names}`);
  }
  return slot;
}

/** `fc1.weight[2,3]`: the entry at a flat index, by name. */
export function entryName(layout: Layout, index: number): string {
  const slot = layout.slots.find((s) => index >= s.offset && index < s.offset + s.size);
  if (!slot) throw new RangeError(`entry ${index}: expected 0 to ${layout.size - 1}`);
  let rest = index - slot.offset;
  const at: number[] = [];
  for (const extent of [...slot.shape].reverse()) {
    at.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return `${slot.name}[${at.join(',')}]`;
}

/** Same names, shapes and order. */
export const sameLayout = (a: Layout, b: Layout): boolean =>
  a === b ||
  (a.slots.length === b.slots.length &&
    a.slots.every((slot, i) => {
      const other = b.slots[i]!;
      return slot.name === other.name && String(slot.shape) === String(other.shape);
    }));
