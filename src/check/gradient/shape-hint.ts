import type { Layout } from '../../params/layout.ts';

/**
 * What would explain a gradient of `got` entries where the layout has another number: `: 640 = 128 × 5:
 * sum over axis 0`. Empty where nothing fits.
 */
export function shapeHint(
  got: number,
  layout: Layout,
  factors: Readonly<Record<string, number>>,
  outputs: number,
): string {
  const reasons = [
    wholeTimes(got, layout, factors),
    oneSlotTimes(got, layout, factors),
    withoutSlots(got, layout),
    wholeOver(got, layout, factors),
    got === layout.slots.length && got > 1 ? 'one for each slot: flatten and join the slots' : null,
    got === outputs && outputs > 1 ? `f has ${outputs} outputs: is this J·v, not ȳᵀJ?` : null,
  ].filter((reason) => reason !== null);
  return reasons.length > 0 ? `: ${reasons.slice(0, 2).join('; or ')}` : '';
}

const named = (size: number, factors: Readonly<Record<string, number>>): string => {
  const names = Object.keys(factors).filter((name) => factors[name] === size);
  return names.length > 0 ? `, and ${names.join(' = ')} = ${size}` : '';
};

/** One gradient for each sample, not yet summed. */
function wholeTimes(
  got: number,
  { size }: Layout,
  factors: Readonly<Record<string, number>>,
): string | null {
  if (size === 0 || got === 0 || got % size !== 0) return null;
  const times = got / size;
  return `${got} = ${times} × ${size}${named(times, factors)}: sum over axis 0`;
}

/** One slot, such as a bias, not summed over a known size. */
function oneSlotTimes(
  got: number,
  layout: Layout,
  factors: Readonly<Record<string, number>>,
): string | null {
  if (layout.slots.length < 2) return null;
  const surplus = got - layout.size;
  for (const [name, factor] of Object.entries(factors)) {
    const slot = layout.slots.find((s) => factor > 1 && surplus === (factor - 1) * s.size);
    if (slot) {
      const product = `${factor} × ${slot.size}`;
      return `${slot.name} has ${product} entries instead of ${slot.size} where ${name} = ${factor}: sum it over axis 0`;
    }
  }
  return null;
}

/** One or two slots left out. */
function withoutSlots(got: number, { slots, size }: Layout): string | null {
  const missing = size - got;
  if (missing <= 0 || slots.length < 2) return null;
  const one = slots.filter((s) => s.size === missing);
  if (one.length > 0) return `${one.map((s) => s.name).join(' or ')} is left out`;
  const biases = slots.filter((s) => s.shape.length === 1);
  if (biases.length > 1 && biases.reduce((sum, s) => sum + s.size, 0) === missing) {
    return `${biases.map((s) => s.name).join(', ')} are left out`;
  }
  return null;
}

/** Summed or averaged where nothing should be. */
function wholeOver(
  got: number,
  { size }: Layout,
  factors: Readonly<Record<string, number>>,
): string | null {
  if (got === 0) return 'nothing was returned';
  if (got >= size || size % got !== 0) return null;
  const over = size / got;
  return `${size} = ${over} × ${got}${named(over, factors)}: summed over an axis too many?`;
}
