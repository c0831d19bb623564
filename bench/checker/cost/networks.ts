import type { ModelCheck } from '../../../src/check/model/model-check.ts';
import { inWorker } from '../../../src/node/in-worker.ts';
import type { Summary } from '../../timing/statistics.ts';
import { firstRows } from '../detection/first-rows.ts';
import { timeRounds } from './rounds.ts';
import { checkWhole, NETWORKS, type NetworkLimit } from './whole-network.ts';

/** What checking every entry of a network takes. */
export interface NetworkCost extends NetworkLimit {
  readonly entries: number;
  readonly evaluations: number;
  readonly agrees: boolean;
  /** Seconds a check, warm. */
  readonly seconds: Summary;
  /** Seconds of the first in a fresh thread. */
  readonly first: number;
}

/** The compiler is done with them after as many; the first call is shown by itself. */
const WARM_UP = 10;

/** The networks in turn, warm, `rounds` times. */
export async function measureNetworks(rounds: number): Promise<NetworkCost[]> {
  const found = new Map<NetworkLimit, ModelCheck>();
  const first: number[] = [];
  for (const network of NETWORKS) {
    first.push(await inWorker<number>(new URL('./first-call.js', import.meta.url), network));
  }
  const problems = NETWORKS.map(firstRows);
  const times = await timeRounds(
    NETWORKS.map((network, i) => ({
      name: network.workload,
      run: async () => {
        const check = await checkWhole(problems[i]!);
        found.set(network, check);
        return check.evaluations;
      },
    })),
    { rounds: WARM_UP + rounds, warmUp: WARM_UP, seconds: Infinity },
  );
  return NETWORKS.map((network, i) => {
    const { verdict, evaluations } = found.get(network)!;
    return {
      ...network,
      entries: problems[i]!.model.layout.size,
      evaluations,
      agrees: verdict === 'agrees',
      seconds: times.get(network.workload)!,
      first: first[i]!,
    };
  });
}
