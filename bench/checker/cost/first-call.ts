import { firstRows } from '../detection/first-rows.ts';
import { checkWhole, type NetworkLimit } from './whole-network.ts';

// A process in which nothing ran before: what its first check takes.

/** Seconds of one call. */
export interface CallTime {
  readonly wall: number;
  /** Of the whole process, so the compiler's and the collector's threads too: what one core would take. */
  readonly cpu: number;
}

process.once('message', async (network) => {
  const problem = firstRows(network as NetworkLimit); // all that `networks.ts` ever sends
  const [start, used] = [performance.now(), process.cpuUsage()];
  await checkWhole(problem);
  const wall = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(used);
  const time: CallTime = { wall, cpu: (user + system) / 1e6 };
  process.send!(time, () => process.disconnect());
});
