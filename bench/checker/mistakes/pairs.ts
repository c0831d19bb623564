import type { Problem } from '../../../src/check/judge.ts';
import { lossMistakes } from '../../../src/check/mistakes/loss.ts';
import type { Mistake } from '../../../src/check/mistakes/mistake.ts';
import type { Random } from '../../../src/numeric/random.ts';
import { type Attempt, attempt } from './attempt.ts';
import { added, halves, scaled, within } from './compose.ts';
import { beside, shows } from './gradients.ts';
import { randomNetwork } from './networks.ts';
import { applying } from './planted.ts';

/** Any two that can be made in one network, once: a factor scales the other, two others are added. */
export async function runAllPairs(
  networks: readonly Problem[],
  every: number,
  seed: number,
  done: (share: number) => void,
): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = [];
  const pairs = new Map<string, { readonly a: Mistake; readonly b: Mistake; problem: Problem }>();
  for (const problem of networks) {
    const here = applying(problem);
    for (const [i, a] of here.entries()) {
      for (const b of here.slice(i + 1)) {
        const name = `${a.name} + ${b.name}`;
        if (!pairs.has(name)) pairs.set(name, { a, b, problem });
      }
    }
  }
  const taken = [...pairs.values()].filter((_, i) => i % every === 0);
  for (const [i, { a, b, problem }] of taken.entries()) {
    done(i / taken.length);
    const planted = { names: [a.name, b.name], method: () => both(a, b) };
    attempts.push(await attempt(problem, planted, seed));
  }
  return attempts;
}

const both = (a: Mistake, b: Mistake): ReturnType<Mistake['method']> => {
  if (lossMistakes.includes(a)) return scaled(b, a);
  return lossMistakes.includes(b) ? scaled(a, b) : added(a, b);
};

/** Two mistakes of random networks, one in the layers below a random cut, the other above it; both show. */
export async function runRandomPairs(count: number, source: Random): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = [];
  for (let k = 0; attempts.length < count; k++) {
    const problem = randomNetwork(source.fork(k));
    const { slots } = problem.model.layout;
    const cuts = slots.filter(({ name }) => name.endsWith('.weight')).slice(1);
    if (cuts.length === 0) continue;
    const [a, b] = source.shuffleInPlace(applying(problem));
    const cut = cuts[source.integer(cuts.length)]!.offset;
    const [below, above] = [within(a!, 0, cut), within(b!, cut, problem.model.layout.size)];
    if (!shows(await beside(problem, below)) || !shows(await beside(problem, above))) continue;
    const planted = { names: [a!.name, b!.name], method: () => halves(a!, b!, cut) };
    attempts.push(await attempt(problem, planted, k));
  }
  return attempts;
}
