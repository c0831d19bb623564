import type { ModelCheck } from '../../../src/check/model/model-check.ts';
import { forked } from '../../../src/node/forked.ts';
import { type Summary, summarise } from '../../timing/statistics.ts';
import { firstRows } from '../detection/first-rows.ts';
import type { CallTime } from './first-call.ts';
import { timeRounds } from './rounds.ts';
import { checkWhole, NETWORKS, type NetworkLimit } from './whole-network.ts';

/** What checking every entry of a network takes. */
export interface NetworkCost extends NetworkLimit {
  readonly entries: number;
  readonly evaluations: number;
  readonly agrees: boolean;
  /** Seconds a check, warm. */
  readonly seconds: Summary;
  /** Seconds of the first in a process, and the CPU's for all of its threads. */
  readonly first: { readonly [K in keyof CallTime]: Summary };
}

/** The compiler is done with them after as many; the first call is shown by itself. */
const WARM_UP = 10;

/** The networks in turn, warm, `rounds` times; a fresh process for every second of them. */
export async function measureNetworks(rounds: number): Promise<NetworkCost[]> {
  const found = new Map<NetworkLimit, ModelCheck>();
  const first = NETWORKS.map((): CallTime[] => []);
  for (let round = 0; round < rounds; round += 2) {
    for (const [i, network] of NETWORKS.entries()) first[i]!.push(await firstCall(network));
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
      first: {
        wall: summarise(first[i]!.map(({ wall }) => wall)),
        cpu: summarise(first[i]!.map(({ cpu }) => cpu)),
      },
    };
  });
}

async function firstCall(network: NetworkLimit): Promise<CallTime> {
  let time: CallTime | null = null;
  const child = forked(new URL('./first-call.js', import.meta.url), {
    task: network,
    onMessage: (message) => {
      time = message as CallTime; // all that `first-call.ts` ever sends
    },
    onOutput: () => {},
  });
  const { lastWords } = await child.ended;
  if (!time)
    throw new Error(`a first check of ${network.workload} ended without a time: ${lastWords}`);
  return time;
}
