import type { Slot } from '../../params/layout.ts';
import type { Diagnosis } from './diagnosis.ts';
import { entriesOf } from './entries.ts';
import { layersOf } from './layers.ts';
import type { Scope, SlotStates } from './scope.ts';
import { confidenceOf } from './support.ts';
import { slotNames } from './wording.ts';

/**
 * Some slots are right: where to look, from the loss backwards, though not what is wrong there; with
 * what is known besides.
 */
export function onlySomeSlots(
  scope: Scope,
  { wrong, right }: SlotStates,
  known: string,
): Diagnosis | null {
  if (wrong.length === 0 || right.length === 0) return null;
  // A slot that is wrong is taken to be so in half of its entries, so each right one halves the doubt.
  const doubt = right.reduce((sum, slot) => sum + 2 ** -tellingEntries(scope, slot), 0);
  return {
    kind: 'only-some-slots',
    message: `${whichSlots(scope, wrong, right)}. ${known}`,
    confidence: confidenceOf({ telling: 0, lnChance: Number.NEGATIVE_INFINITY }, doubt),
  };
}

function tellingEntries({ evidence }: Scope, slot: Slot): number {
  const { count, truth, bar } = entriesOf(evidence, [slot]);
  let telling = 0;
  for (let e = 0; e < count; e++) if (Math.abs(truth[e]!) > bar[e]!) telling++;
  return telling;
}

function whichSlots(
  { evidence: { layout } }: Scope,
  wrong: readonly Slot[],
  right: readonly Slot[],
): string {
  const layers = layersOf(layout);
  const has = (some: readonly Slot[], { slots }: (typeof layers)[number]): boolean =>
    slots.some((slot) => some.includes(slot));
  const plain = `${slotNames(wrong)} ${wrong.length > 1 ? 'are' : 'is'} wrong, ${slotNames(right)} ${right.length > 1 ? 'are' : 'is'} right`;
  if (layers.length === 0) return plain;

  for (const part of ['bias', 'weight']) {
    const named = (slot: Slot): boolean => slot.name.endsWith(`.${part}`);
    if (wrong.length > 1 && wrong.every(named) && !right.some(named)) {
      return `Only the ${part} gradients are wrong: look at their own formula, not at what reaches the layers`;
    }
  }
  const highest = layers.findLastIndex((layer) => has(wrong, layer));
  const layer = layers[highest]!;
  const above = layers.slice(highest + 1);
  const below = layers.slice(0, highest);
  if (has(right, layer)) {
    return `${plain}: ${layer.name} is reached by the right gradient, so look at the formula of ${slotNames(layer.slots.filter((s) => wrong.includes(s)))}`;
  }
  const belowIsRight = below.some((l) => has(right, l)) && !below.some((l) => has(wrong, l));
  if (belowIsRight) {
    return `Only ${layer.name} is wrong, what lies below it is right: look at ${layer.name}'s own gradients, not at what it passes on`;
  }
  if (above.length > 0 && !below.some((l) => has(right, l))) {
    const upper =
      above.length > 1 ? `${above[0]!.name} and what lies above it are` : `${above[0]!.name} is`;
    const lower =
      below.length > 0 ? `${layer.name} and what lies below it are` : `${layer.name} is`;
    return `${upper} right, ${lower} wrong: look at what reaches ${layer.name}`;
  }
  return plain;
}
