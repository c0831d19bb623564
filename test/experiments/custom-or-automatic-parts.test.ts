import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { agreed, measureAgreement } from '../../src/check/agreement.ts';
import { torchBce, unclampedBce } from '../../src/experiments/custom-or-automatic/bce-rules.ts';
import { byHandWith } from '../../src/experiments/custom-or-automatic/changes.ts';
import { differingNodes, graphOf } from '../../src/experiments/custom-or-automatic/graph.ts';
import { heldBy } from '../../src/experiments/custom-or-automatic/memory.ts';
import { reversed, shuffled } from '../../src/experiments/custom-or-automatic/rows.ts';
import { readSpeed, type WorkloadSpeed } from '../../src/experiments/custom-or-automatic/speed.ts';
import {
  matrixClassRatio,
  puzzleRatio,
  recordingCost,
} from '../../src/experiments/custom-or-automatic/speed-blocks.ts';
import { baseTraining, outcomeOf } from '../../src/experiments/custom-or-automatic/training.ts';
import { trainOnce } from '../../src/experiments/train.ts';
import { methods } from '../../src/gradients/methods.ts';
import { mlp } from '../../src/model/model.ts';
import { matrixOf } from '../../src/numeric/matrix.ts';
import { random } from '../../src/numeric/random.ts';
import { constant, initialise } from '../../src/params/initialise.ts';

const { model, split, params } = baseTraining(0);

test.for([
  ['unclamped', unclampedBce],
  ['PyTorch’s', torchBce],
] as const)(
  'bce, %s: agrees with the clamped one where no probability is near 0 or 1',
  async ([, rule]) => {
    const found = await measureAgreement(model, params, split.train, [
      byHandWith(rule),
      methods['manual-fused'],
    ]);
    expect(agreed(found)).toBe(true);
  },
);

test('bce, unclamped: NaN for a certain and right prediction', async () => {
  const sure = mlp([1, 1], { bias: false });
  const found = await byHandWith(unclampedBce).prepare(sure, { rows: 1 });
  if (found.kind === 'unsupported') throw new Error(found.why);
  const at = initialise(sure.layout, { weight: constant(40) });
  const batch = { inputs: matrixOf([[1]]), targets: matrixOf([[1]]) };
  expect(found.run.value!(at, batch)).toBeNaN();
});

test('reversed twice is the batch itself; shuffled keeps each row with its target', () => {
  const { train } = split;
  const back = reversed(reversed(train));
  expect([...back.inputs.data]).toEqual([...train.inputs.data]);
  expect(reversed(train).inputs.data.slice(0, 2)).toEqual(train.inputs.data.slice(-2));
  const rows = ({ inputs, targets }: typeof train): string[] =>
    Array.from(targets.data, (y, i) => `${inputs.data[2 * i]} ${inputs.data[2 * i + 1]} ${y}`);
  const mixed = shuffled(train, random(1));
  expect(rows(mixed)).not.toEqual(rows(train));
  expect(rows(mixed).sort()).toEqual(rows(train).sort());
});

test('a training’s losses are those of the Runner, and its last model’s dev score', async () => {
  const training = { ...baseTraining(3), epochs: 40 };
  const found = await outcomeOf(training);
  const { history, last } = await trainOnce(training);
  expect(found.losses).toEqual(history.trainLoss);
  expect(found.params.values).toEqual(last.values);
  expect(found.devScore).toBe(history.devScore.at(-1));
  expect(found.broke).toBeNull();
});

test('the loss of a sum is given a sample', async () => {
  const sum = mlp([2, 5, 1], { loss: { kind: 'bce', reduction: 'sum' } });
  const [mean, summed] = [
    await outcomeOf({ ...baseTraining(0), epochs: 1 }),
    await outcomeOf({ ...baseTraining(0), model: sum, epochs: 1 }),
  ];
  expect(summed.losses[0]).toBeCloseTo(mean.losses[0]!, 14);
});

test('graph: one kernel an operation while recording, and another network’s differs', () => {
  const graph = graphOf(model, split.train, params);
  expect(graph.callsRecording).toBe(graph.operations);
  expect(graph.callsBackward).toBeGreaterThan(0);
  expect(differingNodes(graph, graph)).toBe(0);
  const deeper = mlp([2, 5, 3, 1]);
  const other = graphOf(deeper, split.train, initialise(deeper.layout));
  expect(differingNodes(graph, other)).toBeGreaterThan(0);
  expect(differingNodes(other, graph)).toBe(differingNodes(graph, other));
});

test('graph: the loss on the tape is that of the parameters', async () => {
  const { losses } = await outcomeOf({ ...baseTraining(0), epochs: 1 });
  expect(graphOf(model, split.train, params).loss).toBeCloseTo(losses[0]!, 14);
});

test('memory: a forward pass holds data, parameters and at least every layer’s result', async () => {
  const held = await heldBy(baseTraining(0));
  const rows = split.train.inputs.rows;
  const least = model.layout.size + rows * (2 + 1 + 5 + 5 + 1 + 1);
  for (const { forward, step } of Object.values(held)) {
    expect(forward).toBeGreaterThanOrEqual(least);
    expect(step).toBeGreaterThan(forward);
  }
  expect(held['manual-textbook'].forward).toBeGreaterThan(held['manual-fused'].forward);
});

const recorded = (): { quick: boolean; blocks: { name?: string; rows?: unknown[] }[] } =>
  JSON.parse(readFileSync('reports/speed.json', 'utf8'));

test('speed: the committed report is read; without one, and of a quick one, there is none', () => {
  const speed = readSpeed(recorded());
  expect(speed?.workloads.map(({ workload }) => workload)).toEqual(['W1', 'W2', 'W3', 'W4', 'W5']);
  for (const { ratios } of speed!.workloads) expect(ratios['manual-fused']).toBe(1);
  expect(speed!.batches[0]!.rows).toBe(1);
  expect(readSpeed(null)).toBeNull();
  expect(readSpeed({ ...recorded(), quick: true })).toBeNull();
});

const planted = (changes: Partial<WorkloadSpeed['ratios']>): WorkloadSpeed => {
  const [first] = readSpeed(recorded())!.workloads;
  return { ...first!, ratios: { ...first!.ratios, ...changes } };
};

test('speed: what recording costs is a tape over its replay, the puzzle a hand over a tape', () => {
  const speed = planted({
    'tape-fused': 2,
    'replay-fused': 0.5,
    'manual-textbook': 6,
    'matrix-class': 10,
  });
  expect([recordingCost(speed), puzzleRatio(speed), matrixClassRatio(speed)]).toEqual([4, 3, 5]);
});

test('speed: what is no report of speed is refused, and the error says where', () => {
  expect(() => readSpeed('fast')).toThrow('speed report: got "fast", expected an object');
  expect(() => readSpeed({ blocks: [] })).toThrow('table "W1": got none, expected one');
  const broken = recorded();
  const table = broken.blocks.find(({ name }) => name === 'W3')!;
  table.rows = table.rows!.slice(1);
  expect(() => readSpeed(broken)).toThrow(
    'speed report, table "W3", row "manual-fused", step: got undefined, expected a number above 0',
  );
});
