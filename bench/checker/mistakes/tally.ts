import { type Attempt, isCaught, type Naming } from './attempt.ts';

/** Counts over attempts in which the mistake shows; the others are counted apart. */
export interface AttemptTally {
  readonly planted: number;
  readonly caught: number;
  /** Of those caught. */
  readonly naming: Readonly<Record<Naming, number>>;
  /** Layers told, and of those the right ones. */
  readonly layers: number;
  readonly rightLayers: number;
  /** The most names for one gradient. */
  readonly names: number;
  /** Attempts that change nothing where they were made, and of those the ones held against the gradient. */
  readonly nothing: number;
  readonly falseAlarms: number;
}

export function tallyAttempts(attempts: readonly Attempt[]): AttemptTally {
  const there = attempts.filter(({ shows }) => shows);
  const nothing = attempts.filter(({ shows }) => !shows);
  const caught = there.filter(isCaught);
  const told = caught.filter(({ layer }) => layer !== null);
  const count = (naming: Naming): number => caught.filter((a) => a.naming === naming).length;
  return {
    planted: there.length,
    caught: caught.length,
    naming: {
      named: count('named'),
      'in part': count('in part'),
      alike: count('alike'),
      described: count('described'),
      'not judged': count('not judged'),
      silent: count('silent'),
      wrongly: count('wrongly'),
    },
    layers: told.length,
    rightLayers: told.filter(({ layer }) => layer).length,
    names: Math.max(0, ...caught.map(({ names }) => names.length)),
    nothing: nothing.length,
    falseAlarms: nothing.filter(isCaught).length,
  };
}

/** What went wrong, each in a line for whoever looks into it. */
export const faults = (attempts: readonly Attempt[]): readonly string[] =>
  attempts.flatMap((a) => {
    const what = faultOf(a);
    return what === null ? [] : [`\`${a.planted.join(' + ')}\` in ${a.network}: ${what}`];
  });

function faultOf(a: Attempt): string | null {
  if (!a.shows) return isCaught(a) ? `changes nothing, but ${a.verdict}` : null;
  if (!isCaught(a)) return `not caught: ${a.verdict}`;
  if (a.naming === 'not judged') return `described in words not known here: ${a.said}`;
  if (a.naming === 'wrongly') return `named wrongly: ${a.said}`;
  return a.layer === false ? `another layer told: ${a.said}` : null;
}
