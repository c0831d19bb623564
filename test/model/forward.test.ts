import { describe, expect, test } from 'vitest';
import { batchRows } from '../../src/model/batch.ts';
import { evaluate } from '../../src/model/forward.ts';
import { mlp } from '../../src/model/model.ts';
import { double } from '../../src/numeric/double.ts';
import { matrixOf } from '../../src/numeric/matrix.ts';
import { type WorkloadId, workloads } from '../../src/training/workloads.ts';
import { recordedWorkloads, smallNets } from '../fixtures/recorded.ts';

const float64 = [...smallNets, ...recordedWorkloads].filter((r) => r.dtype === 'float64');

describe('the definitions, read with doubles, are PyTorch’s', () => {
  test.each(float64.map((r) => [r.name, r] as const))(
    '%s: loss to 1e-14, outputs to 1e-14 of the largest',
    (name, recorded) => {
      const { params, batch } = recorded.given ?? workloads[name as WorkloadId](); // a workload's file
      const { loss, outputs } = evaluate(double, recorded.model, Array.from(params.values), batch);
      expect(Math.abs(loss - recorded.loss)).toBeLessThanOrEqual(1e-14 * Math.abs(recorded.loss));
      const expected = Array.from(recorded.outputs.data);
      const errors = outputs.flat().map((v, i) => Math.abs(v - expected[i]!));
      expect(errors.length).toBe(expected.length);
      expect(Math.max(...errors)).toBeLessThanOrEqual(1e-14 * Math.max(...expected.map(Math.abs)));
    },
  );

  test('a wrong definition would be noticed: PyTorch’s losses are not those of the other reduction', () => {
    for (const recorded of smallNets.filter((r) => r.outputs.data.length > 1 && r.given)) {
      const { params, batch } = recorded.given!;
      const other = recorded.model.loss.reduction === 'mean' ? 'sum' : 'mean';
      const model = {
        ...recorded.model,
        loss: { ...recorded.model.loss, reduction: other } as const,
      };
      if (model.loss.kind === 'cross_entropy' && batch.inputs.rows === 1) continue; // one and the same
      const { loss } = evaluate(double, model, Array.from(params.values), batch);
      expect(Math.abs(loss - recorded.loss)).toBeGreaterThan(1e-14 * Math.abs(recorded.loss));
    }
  });
});

describe('evaluate', () => {
  test('a batch’s sum is the sum of its rows, its outputs their outputs', () => {
    const model = mlp([2, 5, 1], { loss: { kind: 'bce', reduction: 'sum' } });
    const { params, batch } = workloads.W1();
    const flat = Array.from(params.values);
    const rows = [0, 1, 2].map((i) => evaluate(double, model, flat, batchRows(batch, i, i + 1)));
    const whole = evaluate(double, model, flat, batchRows(batch, 0, 3));
    expect(whole.loss).toBe(rows[0]!.loss + rows[1]!.loss + rows[2]!.loss);
    expect(whole.outputs).toEqual(rows.flatMap((r) => r.outputs));
  });

  test('bce on a probability of exactly 0 or 1 is the clamped 100, not infinite', () => {
    const model = mlp([1, 1], { output: 'identity', bias: false });
    const at = (p: number, y: number): number =>
      evaluate(double, model, [1], { inputs: matrixOf([[p]]), targets: matrixOf([[y]]) }).loss;
    expect([at(0, 1), at(1, 0)]).toEqual([100, 100]);
    expect([at(0, 0), at(1, 1)]).toEqual([0, 0]);
  });

  test('logits of ±1000 give finite losses, exact in the limit', () => {
    const logits = mlp([1, 1], { output: 'identity', bias: false, loss: 'bce_with_logits' });
    const at = (z: number, y: number): number =>
      evaluate(double, logits, [1], { inputs: matrixOf([[z]]), targets: matrixOf([[y]]) }).loss;
    expect([at(1000, 1), at(1000, 0), at(-1000, 1), at(-1000, 0)]).toEqual([0, 1000, 1000, 0]);
    const classes = mlp([2, 2], { output: 'identity', bias: false, loss: 'cross_entropy' });
    const inputs = matrixOf([[1000, -1000]]);
    for (const [label, loss] of [
      [0, 0],
      [1, 2000],
    ] as const) {
      const targets = matrixOf([[label]]);
      expect(evaluate(double, classes, [1, 0, 0, 1], { inputs, targets }).loss).toBe(loss);
    }
  });
});
