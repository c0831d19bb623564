import { describe, expect, test } from 'vitest';
import type { GradientMethod, PreparedGradient } from '../../src/gradients/method.ts';
import { fingerprint } from '../../src/gradients/pytorch/fingerprint.ts';
import { parseRecorded, type Recorded } from '../../src/gradients/pytorch/recorded.ts';
import { direction, sampleGradient, sampleIndices } from '../../src/gradients/pytorch/samples.ts';
import { recordedMethod } from '../../src/gradients/pytorch.ts';
import { type Batch, batchShape } from '../../src/model/batch.ts';
import { evaluate } from '../../src/model/forward.ts';
import { layers } from '../../src/model/layers.ts';
import { losses } from '../../src/model/losses.ts';
import { type Model, mlp } from '../../src/model/model.ts';
import { complex, complexOf } from '../../src/numeric/complex.ts';
import { type FloatArray, UNIT_ROUNDOFF } from '../../src/numeric/dtype.ts';
import { zeros } from '../../src/numeric/matrix.ts';
import { random } from '../../src/numeric/random.ts';
import { copyParams, type Params, zeroParams } from '../../src/params/params.ts';
import { writeTensors } from '../../src/params/safetensors.ts';
import { type WorkloadId, workloads } from '../../src/training/workloads.ts';
import { recordedWorkloads, smallNets } from '../fixtures/recorded.ts';

const everything = [...smallNets, ...recordedWorkloads];

const named = (name: string): Recorded => {
  const found = everything.find((r) => r.name === name);
  if (!found) throw new Error(`no recorded ${name}`);
  return found;
};

const givenOf = (recorded: Recorded): { params: Params; batch: Batch } =>
  recorded.given ?? workloads[recorded.name as WorkloadId](); // a file without them is a workload's

async function prepared(
  method: GradientMethod,
  model: Model,
  batch: Batch,
  dtype: Recorded['dtype'],
): Promise<PreparedGradient> {
  const result = await method.prepare(model, batchShape(batch), { dtype, wrt: 'params+inputs' });
  if (result.kind === 'unsupported') throw new Error(result.why);
  return result.run;
}

/** How near a probability comes to 0 or 1. */
const distanceFromCertain = ({ outputs }: Recorded): number =>
  Math.min(...Array.from(outputs.data, (p) => Math.min(p, 1 - p)));

/** d · ∂loss/∂params by one complex step through the definitions: no rule, no tape. */
function alongDirection(
  { model }: Recorded,
  params: Params,
  batch: Batch,
  d: ArrayLike<number>,
): number {
  const step = 1e-100;
  const moved = Array.from(params.values, (v, i) => complexOf(v, step * d[i]!));
  return evaluate(complex, model, moved, batch).loss.im / step;
}

describe('the recorded values', () => {
  test('they come from PyTorch 2.13.0', () => {
    expect(new Set(everything.map((r) => r.torch.split('+')[0]))).toEqual(new Set(['2.13.0']));
  });

  test('the small nets have every layer, with and without bias, and every loss, mean and sum', () => {
    const specs = smallNets.flatMap((r) => r.model.layers);
    expect(new Set(specs.map((s) => s.kind))).toEqual(new Set(Object.keys(layers)));
    const biases = specs.flatMap((s) => (s.kind === 'linear' ? [s.bias] : []));
    expect(new Set(biases)).toEqual(new Set([true, false]));
    const seen = new Set(smallNets.map((r) => `${r.model.loss.kind} ${r.model.loss.reduction}`));
    expect(seen).toEqual(new Set(Object.keys(losses).flatMap((k) => [`${k} mean`, `${k} sum`])));
  });

  test('they reach down to one row and one unit, and to float32', () => {
    const sizes = smallNets.map((r) => [r.outputs.rows, r.model.inputs, r.model.outputs].join());
    expect(sizes).toContain('1,1,1');
    expect(smallNets.filter((r) => r.dtype === 'float32').length).toBe(3);
  });

  test.each(recordedWorkloads.map((r) => [r.name, r] as const))(
    '%s: they were computed on today’s workload, bit for bit',
    (name, recorded) => {
      const { params, batch } = workloads[name as WorkloadId](); // the file is named after it
      expect(fingerprint(params, batch)).toBe(recorded.fingerprint);
      expect(recorded.lossAfterTen).toBeLessThan(recorded.loss);
    },
  );

  test.each(
    everything
      .filter((r) => r.gradient.kind === 'full' && r.name !== 'bce-floor')
      .map((r) => [r.name, r] as const),
  )('%s: the gradient is the definition’s, along a random direction', (_, recorded) => {
    const { params, batch } = givenOf(recorded);
    if (recorded.gradient.kind === 'sampled') throw new Error('filtered above');
    const g = recorded.gradient.params.values;
    const d = Float64Array.from(g, random(1).normal);
    const terms = Array.from(g, (gi, i) => gi * d[i]!);
    const size = terms.reduce((sum, t) => sum + Math.abs(t), 0);
    // Three hundred roundings for a sum of products; and bce divides by p(1 − p), where 1 − p has
    // lost all but (1 − p)/u of its digits.
    const u = UNIT_ROUNDOFF[recorded.dtype];
    const nearest = recorded.model.loss.kind === 'bce' ? distanceFromCertain(recorded) : 1;
    const relative = 300 * u + u / nearest;
    const got = terms.reduce((a, b) => a + b);
    expect(Math.abs(got - alongDirection(recorded, params, batch, d))).toBeLessThanOrEqual(
      relative * size,
    );
  });

  test('PyTorch’s backward of bce is not its forward’s derivative where p(1 − p) < 1e-12', () => {
    // z = −40, y = 1: ∂loss/∂z is p − y, which is −1 to 17 digits. PyTorch's two steps give
    // (p − y) / max(p(1 − p), 1e-12) · p(1 − p), its constant a float32.
    const recorded = named('bce-floor');
    const { params, batch } = givenOf(recorded);
    if (recorded.gradient.kind === 'sampled') throw new Error('one weight and one bias');
    expect(recorded.loss).toBe(40);
    const floored = -recorded.outputs.data[0]! / Math.fround(1e-12);
    expect(recorded.gradient.params.values[1]! / floored).toBeCloseTo(1, 14);
    expect(floored).toBeCloseTo(-4.248e-6, 9);
    expect(alongDirection(recorded, params, batch, [0, 1])).toBeCloseTo(-1, 14);
  });
});

describe('recordedMethod', () => {
  const method = recordedMethod(everything);

  test.each(everything.filter((r) => r.gradient.kind === 'full').map((r) => [r.name, r] as const))(
    '%s: what was recorded is answered, whatever stood there before',
    async (_, recorded) => {
      const { params, batch } = givenOf(recorded);
      const run = await prepared(method, recorded.model, batch, recorded.dtype);
      const into = zeroParams(recorded.model.layout, recorded.dtype);
      const outputs = zeros(recorded.outputs.rows, recorded.outputs.cols, recorded.dtype);
      const inputs = zeros(batch.inputs.rows, batch.inputs.cols, recorded.dtype);
      into.values.fill(Number.NaN);
      outputs.data.fill(Number.NaN);
      inputs.data.fill(Number.NaN);
      expect(run.valueAndGrad(params, batch, into, { outputs, inputs })).toBe(recorded.loss);
      if (recorded.gradient.kind === 'sampled') throw new Error('filtered above');
      expect(into.values).toEqual(recorded.gradient.params.values);
      expect(inputs).toEqual(recorded.gradient.inputs);
      expect(outputs).toEqual(recorded.outputs);
    },
  );

  test('the loss alone may be asked for, and a model of another name is the same network', async () => {
    const { params, batch } = workloads.W1();
    const model = mlp([2, 5, 1], { name: 'mine' });
    const run = await prepared(method, model, batch, 'float64');
    expect(run.valueAndGrad(params, batch, zeroParams(model.layout))).toBe(named('W1').loss);
  });

  const { model, params, batch } = workloads.W1();
  const times = (values: FloatArray, i: number, factor: number): void => {
    values[i]! *= factor;
  };
  const edits: [string, (p: Params, b: Batch) => void][] = [
    ['one weight a last bit away', (p) => times(p.values, 3, 1 + 2 ** -52)],
    [
      'two weights negated',
      (p) => {
        times(p.values, 0, -1);
        times(p.values, 1, -1);
      },
    ],
    ['two weights exchanged', (p) => p.values.subarray(0, 2).reverse()],
    ['one row of inputs overwritten by the next', (_, b) => b.inputs.data.copyWithin(0, 2, 4)],
    ['all targets 0', (_, b) => b.targets.data.fill(0)],
  ];
  test.each(edits)('%s: an error, and nothing is filled', async (_, edit) => {
    const run = await prepared(method, model, batch, 'float64');
    const changed = workloads.W1();
    edit(changed.params, changed.batch);
    const into = zeroParams(model.layout);
    expect(() => run.valueAndGrad(changed.params, changed.batch, into)).toThrow(
      /^pytorch: params and batch are not those recorded for W1, 640 rows, float64: got fingerprint [0-9a-f]{16}, expected W1 [0-9a-f]{16}$/,
    );
    expect(into.values.every((v) => v === 0)).toBe(true);
    expect(run.valueAndGrad(params, batch, into)).toBe(named('W1').loss);
  });

  test('what was not recorded is unsupported, and why', async () => {
    const other = mlp([2, 6, 1]);
    expect(await method.prepare(other, { rows: 640 })).toEqual({
      kind: 'unsupported',
      why: 'no PyTorch values are recorded for 2-6-1, 640 rows, float64',
    });
    const summed = mlp([2, 5, 1], { loss: { kind: 'bce', reduction: 'sum' } });
    for (const [m, rows, dtype] of [
      [model, 639, 'float64'],
      [model, 640, 'float32'],
      [summed, 640, 'float64'],
      [mlp([2, 5, 1], { hidden: 'tanh' }), 640, 'float64'],
      [mlp([2, 5, 1], { bias: false }), 640, 'float64'],
    ] as const) {
      expect((await method.prepare(m, { rows }, { dtype })).kind).toBe('unsupported');
    }
    const W4 = workloads.W4();
    expect(await method.prepare(W4.model, batchShape(W4.batch))).toEqual({
      kind: 'unsupported',
      why: 'PyTorch’s gradient for W4, 64 rows, float64 is recorded as samples only'.replace(
        '’',
        "'",
      ),
    });
  });
});

describe('the samples of W4', () => {
  const W4 = workloads.W4();
  const { gradient } = named('W4');
  if (gradient.kind === 'full') throw new Error('W4 is recorded as samples');

  test('2,000 entries, in order, none twice, from every slot', () => {
    const { indices } = gradient.samples;
    expect(indices).toEqual(sampleIndices(W4.model.layout, 2000));
    expect(new Set(indices).size).toBe(2000);
    const counts = W4.model.layout.slots.map(
      (s) => indices.filter((i) => i >= s.offset && i < s.offset + s.size).length,
    );
    expect(counts).toEqual([536, 256, 535, 128, 535, 10]);
  });

  test('the first projection is the definition’s derivative along that direction', () => {
    const d = direction(W4.model.layout.size, 0);
    const rate = alongDirection(named('W4'), W4.params, W4.batch, d);
    expect(Math.abs(rate - gradient.samples.projections[0]!)).toBeLessThan(1e-13);
  });

  test('one wrong entry moves every projection by it; its own sample shows it', () => {
    const grads = zeroParams(W4.model.layout);
    const indices = [3, 77_777];
    grads.values[77_777] = 2;
    const { projections, entries } = sampleGradient(grads, indices);
    expect(Array.from(entries)).toEqual([0, 2]);
    expect(projections.length).toBe(64);
    expect(projections[5]).toBe(2 * direction(grads.values.length, 5)[77_777]!);
    expect(projections.every((p) => p !== 0)).toBe(true);
  });
});

describe('parseRecorded', () => {
  test('a malformed file, or one that says nothing of itself or lacks a tensor, is an error', () => {
    expect(() => parseRecorded(new Uint8Array(3))).toThrow(
      'pytorch values: file: got 3 bytes, expected at least 8',
    );
    expect(() => parseRecorded(writeTensors({}))).toThrow(
      'pytorch values: no "about" in the metadata',
    );
    const about = JSON.stringify({ name: 'x', model: mlp([1, 1]) });
    const values = Float64Array.of(1);
    expect(() => parseRecorded(writeTensors({ loss: { shape: [], values } }, { about }))).toThrow(
      'pytorch values x: no tensor "outputs"; there are loss',
    );
  });
});

test('a fingerprint tells params from batch and one slot’s values from another’s', () => {
  const { params, batch } = workloads.W5();
  const moved = copyParams(params);
  moved.values.copyWithin(0, 1);
  expect(fingerprint(moved, batch)).not.toBe(fingerprint(params, batch));
  const turned = { inputs: batch.targets, targets: batch.inputs };
  expect(fingerprint(params, turned)).not.toBe(fingerprint(params, batch));
});
