import type { Part, PartContext } from './part.ts';

export type PartName = 'detection' | 'mistakes' | 'right-cases' | 'cost';

/** A part's run, loaded only where it is asked for. */
export type Parts = {
  readonly [N in PartName]: () => Promise<(context: PartContext) => Promise<Part>>;
};

/**
 * In the order in which they run. Cost comes first: it times, and what else runs in this process
 * teaches V8 types that the timed calls would then pay for.
 */
export const parts: Parts = {
  cost: async () => (await import('./cost.ts')).cost,
  detection: async () => (await import('./detection.ts')).detection,
  mistakes: async () => (await import('./mistakes.ts')).mistakes,
  'right-cases': async () => (await import('./right-cases.ts')).rightCases,
};

/** In the order of the page, with what is asked of each. */
export const ASKED: { readonly [N in PartName]: string } = {
  detection:
    'One wrong entry of absolute size 1e-6 among 5,000 is found and named, in under 2,000 calls of f, in 100 of 100 trials.',
  mistakes:
    'Typical mistakes on our layers: all caught, at least 95 % named, none wrongly. Pairs of mistakes: all caught.',
  'right-cases': 'No false alarm in 100,000 right cases, and at least 95 % of them resolved.',
  cost: 'Every entry of W5 (12,545) in under 150 ms and of W4 at batch 4 (235,146) in under 50 ms, on one core; every error bar holds.',
};
