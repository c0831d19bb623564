import type { Layout, Slot } from '../../params/layout.ts';

/** Slots that share a prefix: `fc1` of `fc1.weight` and `fc1.bias`. */
export interface NamedLayer {
  readonly name: string;
  readonly slots: readonly Slot[];
}

/** The layers in the layout's order, the network's own from input to loss; [] where a slot has no prefix. */
export function layersOf({ slots }: Layout): readonly NamedLayer[] {
  const layers = new Map<string, Slot[]>();
  for (const slot of slots) {
    const dot = slot.name.lastIndexOf('.');
    if (dot < 1) return [];
    const name = slot.name.slice(0, dot);
    layers.set(name, [...(layers.get(name) ?? []), slot]);
  }
  return [...layers].map(([name, members]) => ({ name, slots: members }));
}
