/** Longer names push the figures off the screen. */
const LONGEST = 26;
/** Characters kept of the part where names differ, and of the end, which has the indices. */
const KEPT = { start: 10, end: LONGEST - 12 } as const;

/**
 * Names of entries, the long ones cut so that different names stay different: to their ends where those
 * tell them apart, else to the part that differs and the end, else not at all.
 */
export function shortNames(names: readonly string[]): readonly string[] {
  const long = new Set(names.filter((name) => name.length > LONGEST));
  const shared = sharedPath([...long]).length;
  const cuts: readonly ((name: string) => string)[] = [
    ended,
    (name) => {
      const rest = name.slice(shared);
      if (rest.length < LONGEST) return ended(name);
      return `…${rest.slice(0, KEPT.start)}…${rest.slice(-KEPT.end)}`;
    },
  ];
  const different = new Set(names).size;
  for (const cut of cuts) {
    const short = names.map((name) => (long.has(name) ? cut(name) : name));
    if (new Set(short).size === different) return short;
  }
  return names;
}

const ended = (name: string): string => `…${name.slice(1 - LONGEST)}`;

/** What all names begin with, up to a dot: layers.10 and layers.11 share `layers.`. */
function sharedPath([first = '', ...others]: readonly string[]): string {
  let length = 0;
  while (length < first.length && others.every((name) => name[length] === first[length])) length++;
  return first.slice(0, first.lastIndexOf('.', length - 1) + 1);
}
