import { parseArgs } from 'node:util';
import { writeFileAtomically } from '../../../src/node/atomic-file.ts';
import { committedCases, fileOf, generatedCases, SEED } from './case-set.ts';

// Writes the case set: `node dist/bench/checker/cases/write.js [--count N] [--seed S] OUT`.
// Without --count the committed one, derivatives in 40 digits included, in some minutes.

const USAGE = 'usage: write.js [--count N] [--seed S] OUT';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { count: { type: 'string' }, seed: { type: 'string', default: String(SEED) } },
});
const [out, ...more] = positionals;
const seed = Number(values.seed);
const count = values.count === undefined ? null : Number(values.count);
if (!out || more.length > 0 || !Number.isInteger(seed) || (count !== null && !(count > 0))) {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 2;
} else {
  const committed = count === null;
  const specs = committed ? committedCases() : generatedCases(count, seed);
  await writeFileAtomically(out, chunks(fileOf(specs, committed ? SEED : seed, committed)));
}

/** What writes a file takes pieces that may have to be waited for. */
async function* chunks(pieces: Iterable<string>): AsyncGenerator<string> {
  yield* pieces;
}
