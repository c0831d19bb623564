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
