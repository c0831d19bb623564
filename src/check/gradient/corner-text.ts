import { entryName, type Layout } from '../../params/layout.ts';
import { counted, listed, PERHAPS } from '../diagnosis/wording.ts';
import type { Judged } from './judged.ts';

/** More entries than these are counted. */
const NAMED = 3;

/** What is wrong at a corner: an entry outside of its slopes, or several that do not go together. */
export function cornerText(layout: Layout, worst: Judged, judged: readonly Judged[]): string {
  const name = entryName(layout, worst.index);
  if (!isBetween(worst)) {
    return `${name} lies outside of its slopes on both sides of a corner of f`;
  }
  const joint = judged.filter(
    (j) => j.claim === worst.claim && j.verdict === 'disagrees' && isBetween(j),
  );
  if (joint.length === 1) {
    return `f has a corner here: ${name} lies within its own slopes, but is not right beside the other entries`;
  }
  const names =
    joint.length <= NAMED
      ? listed(joint.map((j) => entryName(layout, j.index)))
      : counted(joint.length, 'entry', 'entries');
  const shared = isShared(joint)
    ? `${PERHAPS}each gets all of what they must share: give it to one, or a part to each`
    : '';
  return `f has a corner here: ${names} each lie within their own slopes, but are not right together${shared}`;
}

/**
 * Why nothing is said of so many entries of a slot at a corner: `doubtful` of them were too many to be
 * judged by themselves; null where they bend f together.
 */
export const untoldText = (slot: string, corners: number, doubtful: number | null): string =>
  doubtful === null
    ? `f has a corner at ${corners} entries of ${slot}, too many that bend it together to tell which gradients are right; take a point beside the corner`
    : `f has a corner at ${corners} entries of ${slot}, and at ${doubtful} of them ${ALONE}`;

const ALONE =
  'what is claimed must be looked at by itself: mode full does so, at about 250 calls of f an entry';

/** Why the search for corners in a slot ended. */
export const unsearchedText = (slot: string, corners: number): string =>
  `f has a corner at more than ${corners} entries of ${slot}, and to find more takes too many calls for fast mode; mode full takes about 250 calls of f an entry`;

/** Why nothing is said of a slot that looks wrong, but no entry of it. */
export const unfoundText = (slot: string): string =>
  `f has a corner in ${slot} that no single entry shows, so that directions look wrong whatever is claimed; take a point beside the corner`;

const isBetween = ({ got, sides, uncertainty, tolerance }: Judged): boolean =>
  sides !== null &&
  got >= Math.min(sides.left, sides.right) - uncertainty - tolerance &&
  got <= Math.max(sides.left, sides.right) + uncertainty + tolerance;

/** As at a tie of max, where each of n got what is right for one alone: n times its part. */
const isShared = (joint: readonly Judged[]): boolean =>
  joint.every(
    ({ got, expected, uncertainty, tolerance }) =>
      Math.abs(got / joint.length - expected) <= uncertainty + tolerance,
  );
