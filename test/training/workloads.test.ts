import { describe, expect, test } from 'vitest';
import { assertBatch } from '../../src/model/batch.ts';
import { type WorkloadId, workloads } from '../../src/training/workloads.ts';

const ids = Object.keys(workloads) as WorkloadId[]; // the table's own keys

type Values = Float64Array | Float32Array;

/** Of one type, and the same bit for bit: `toEqual` takes a second for W4's 235,146 numbers. */
const isSame = (a: Values, b: Values): boolean =>
  a.constructor === b.constructor && Buffer.from(a.buffer).equals(Buffer.from(b.buffer));

describe('workloads', () => {
  test('they are the five of the design: layers, loss, rows, rate', () => {
    const described = ids.map((id) => {
      const { model, batch, learningRate } = workloads[id]();
      const layers = model.layers.map((l) => (l.kind === 'linear' ? `${l.in}→${l.out}` : l.kind));
      const { kind, reduction } = model.loss;
      return `${id}: ${layers.join(' ')} | ${kind} ${reduction} | ${batch.inputs.rows} | ${learningRate}`;
    });
    expect(described).toEqual([
      'W1: 2→5 sigmoid 5→1 sigmoid | bce mean | 640 | 0.2',
      'W2: 2→5 sigmoid 5→3 sigmoid 3→1 sigmoid | bce mean | 640 | 0.2',
      'W3: 2→3 relu 3→3 relu 3→3 relu 3→3 relu 3→1 sigmoid | bce mean | 640 | 0.2',
      'W4: 784→256 relu 256→128 relu 128→10 | cross_entropy mean | 64 | 0.05',
      'W5: 64→64 tanh 64→64 tanh 64→64 tanh 64→1 | mse mean | 32 | 0.02',
    ]);
  });

  test.each(ids)('%s: id, names and sizes fit together, and every bias is there', (id) => {
    const { model, params, batch, ...rest } = workloads[id]();
    expect([rest.id, model.name]).toEqual([id, id]);
    expect(() => assertBatch(model, batch)).not.toThrow();
    expect(params.layout).toBe(model.layout);
    expect(params.values.every((v) => v !== 0 && Math.abs(v) <= 1 / Math.sqrt(2))).toBe(true);
    expect(model.layout.slots.filter((s) => s.name.endsWith('.bias')).length).toBe(
      model.layers.filter((l) => l.kind === 'linear').length,
    );
  });

  test.each(ids)('%s: float32 is the float64 workload rounded; its data lose nothing', (id) => {
    const wide = workloads[id]();
    const narrow = workloads[id]('float32');
    const { params, batch } = wide;
    expect(isSame(narrow.params.values, Float32Array.from(params.values))).toBe(true);
    expect(isSame(narrow.batch.inputs.data, Float32Array.from(batch.inputs.data))).toBe(true);
    // W4's pixels are byte / 255, which no binary format holds exactly.
    const widened = Float64Array.from(narrow.batch.inputs.data);
    expect(isSame(widened, batch.inputs.data)).toBe(id !== 'W4');
  });

  test('each call makes new memory', () => {
    const [a, b] = [workloads.W1(), workloads.W1()];
    a.params.values[0] = 9;
    a.batch.inputs.data[0] = 9;
    expect([b.params.values[0], b.batch.inputs.data[0]]).not.toContain(9);
  });
});
