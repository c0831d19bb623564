import { heading } from '../../src/report/report.ts';
import { type Bars, holdBars } from './cost/error-bars.ts';
import { type Effort, type Growth, measureGrowth } from './cost/growth.ts';
import { growthBlocks, growthSentence } from './cost/growth-blocks.ts';
import { barSentence, isMet, networkBlocks, networkSentence } from './cost/network-blocks.ts';
import { measureNetworks } from './cost/networks.ts';
import { NETWORKS } from './cost/whole-network.ts';
import { installed } from './detection/ask.ts';
import { firstRows } from './detection/first-rows.ts';
import { askCosts } from './detection/gradcheck-cost.ts';
import { readRecorded } from './detection/recorded.ts';
import type { Part, PartContext } from './part.ts';

interface Extent extends Effort {
  /** Of the warm calls on whole networks. */
  readonly networkRounds: number;
  /** Rows of W5 whose gradient is computed in many digits: half a second each. */
  readonly exactRows: number;
}

const FULL: Extent = {
  sizes: [10, 100, 1e3, 1e4, 1e5, 1e6],
  rounds: 8,
  mostFull: 1e3,
  networkRounds: 25,
  exactRows: 8,
};
const QUICK: Extent = {
  sizes: [10, 100, 1e3, 1e4],
  rounds: 3,
  mostFull: 1e3,
  networkRounds: 5,
  exactRows: 1,
};

/** What a check costs: calls of f and time, against N and on whole networks; do its error bars hold? */
export async function cost({ quick, seed, progress }: PartContext): Promise<Part> {
  const extent = quick ? QUICK : FULL;
  // First of all, while little else has run in this process.
  progress(0, 'cost: whole networks');
  const networks = await measureNetworks(extent.networkRounds);
  progress(0.15, 'cost: error bars');
  const bars: Bars[] = [];
  for (const network of NETWORKS) bars.push(await holdBars(firstRows(network), 'tape', seed));
  const few = firstRows({ workload: 'W5', rows: extent.exactRows });
  bars.push(await holdBars(few, 'exact', seed));
  const growths: Growth[] = [];
  for (const [i, size] of extent.sizes.entries()) {
    progress(0.3 + (0.6 * i) / extent.sizes.length, `cost: ${size} entries`);
    growths.push(await measureGrowth(size, extent, seed));
  }
  progress(0.9, 'cost: gradcheck');
  const isThere = !quick && (await installed('torch')) !== null;
  const live = isThere ? await askCosts([{ workload: 'W5', rows: 32, runs: 3 }]) : [];
  progress(1, 'cost');
  return {
    blocks: [
      heading(2, 'What a check costs'),
      ...networkBlocks(networks, bars, await readRecorded(), live),
      ...growthBlocks(growths),
    ],
    // A busy machine misses a limit of time: the table says so, and nothing is wrong.
    ok:
      networks.every((n) => n.agrees) &&
      bars.every((b) => b.outside === 0) &&
      growths.every((g) => g.agrees && g.named),
    headline: [...networks.map(networkSentence), barSentence(bars), growthSentence(growths)],
    missed: networks.filter((n) => !isMet(n)).map((n) => `time of ${n.workload}`),
  };
}
