import type { ActivationSpec } from '../../model/layer.ts';
import type { LossKind } from '../../model/loss.ts';
import { losses } from '../../model/losses.ts';
import type { Draft, RowDraft } from './draft.ts';
import { simplerEntries, simplerNumbers } from './simpler.ts';

/** The same network with plainer numbers, one at a time. */
export function* simplerValues(draft: Draft): Generator<Draft> {
  const { linears, rows, loss } = draft;
  for (const [l, linear] of linears.entries()) {
    const units = simplerEntries(linear.units, function* (unit) {
      for (const weights of simplerEntries(unit.weights, (w) => simplerNumbers(w))) {
        yield { ...unit, weights };
      }
      if (unit.bias === null) return;
      for (const bias of simplerNumbers(unit.bias, true)) yield { ...unit, bias };
    });
    for (const simpler of units) {
      yield { ...draft, linears: linears.with(l, { ...linear, units: simpler }) };
    }
    for (const activation of simplerSettings(linear.activation)) {
      yield { ...draft, linears: linears.with(l, { ...linear, activation }) };
    }
  }
  for (const simpler of simplerRows(rows, loss.kind)) yield { ...draft, rows: simpler };
}

/** One number of a batch at a time; targets stay what the loss takes. */
export function simplerRows(
  rows: readonly RowDraft[],
  kind: LossKind,
): Generator<readonly RowDraft[]> {
  return simplerEntries(rows, function* (row) {
    for (const inputs of simplerEntries(row.inputs, (v) => simplerNumbers(v))) {
      yield { ...row, inputs };
    }
    for (const targets of simplerEntries(row.targets, (v) => simplerTargets(v, kind))) {
      yield { ...row, targets };
    }
  });
}

function simplerTargets(target: number, kind: LossKind): Iterable<number> {
  const { targets, range } = losses[kind];
  if (targets === 'classes') return Array(target).keys();
  if (range) return range.slice(0, range.includes(target) ? range.indexOf(target) : range.length);
  return simplerNumbers(target, true);
}

function* simplerSettings(activation: ActivationSpec): Generator<ActivationSpec> {
  switch (activation.kind) {
    case 'leaky_relu':
      for (const slope of simplerNumbers(activation.slope)) yield { ...activation, slope };
      return;
    case 'elu':
      for (const alpha of simplerNumbers(activation.alpha)) {
        if (alpha > 0) yield { ...activation, alpha };
      }
  }
}
