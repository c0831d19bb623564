import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprint } from '../../src/gradients/pytorch/fingerprint.ts';
import type { About } from '../../src/gradients/pytorch/recorded.ts';
import { direction, PROJECTIONS, sampleIndices } from '../../src/gradients/pytorch/samples.ts';
import { writeSafetensors, writeTensors } from '../../src/params/safetensors.ts';
import { workloads } from '../../src/training/workloads.ts';

// Writes what PyTorch is to compute on: `node dist/bench/pytorch/export.js FOLDER`, then
// `python3 bench/pytorch/make.py FOLDER`. A workload is two files, its parameters (a state_dict) and
// its batch; W4's directions and entries, by which its gradient is sampled, are a third.

/** Entries sampled of W4's gradient. */
const ENTRIES = 2000;

const folder = process.argv[2];
if (!folder) throw new Error('usage: node dist/bench/pytorch/export.js FOLDER');
await mkdir(folder, { recursive: true });

for (const { id, model, params, batch, learningRate } of Object.values(workloads).map((w) => w())) {
  const { inputs, layers, loss } = model;
  const about: About = {
    name: id,
    model: { inputs, layers, loss },
    learningRate,
    fingerprint: fingerprint(params, batch),
  };
  const metadata = { about: JSON.stringify(about) };
  await writeFile(join(folder, `${id}.params.safetensors`), writeSafetensors(params, metadata));
  const matrices = Object.entries(batch).map(([name, m]) => [
    name,
    { shape: [m.rows, m.cols], values: m.data },
  ]);
  const tensors = Object.fromEntries(matrices);
  await writeFile(join(folder, `${id}.batch.safetensors`), writeTensors(tensors));
}

const { layout } = workloads.W4().model;
const directions = new Float64Array(PROJECTIONS * layout.size);
for (let k = 0; k < PROJECTIONS; k++) directions.set(direction(layout.size, k), k * layout.size);
const index = Float64Array.from(sampleIndices(layout, ENTRIES));
await writeFile(
  join(folder, 'W4.samples.safetensors'),
  writeTensors({
    directions: { shape: [PROJECTIONS, layout.size], values: directions },
    'entries.index': { shape: [index.length], values: index },
  }),
);
