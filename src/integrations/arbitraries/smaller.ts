import type { ActivationSpec } from '../../model/layer.ts';
import type { LossKind } from '../../model/loss.ts';
import { losses } from '../../model/losses.ts';
import type { Constraints } from './constraints.ts';
import type { Draft, LinearDraft, RowDraft, UnitDraft } from './draft.ts';
import { fewerEntries } from './simpler.ts';

/**
 * Fewer layers, then narrower ones, then fewer samples. What is left keeps its numbers, so that it is
 * likely to fail as before.
 */
export function* smallerSizes(draft: Draft): Generator<Draft> {
  const { linears, rows } = draft;
  if (linears.length > 1) yield* shallower(draft);
  for (let l = 0; l <= linears.length; l++) yield* narrower(draft, l);
  for (const fewer of fewerEntries(rows)) yield { ...draft, rows: fewer };
}

/** No bias, simpler activations, a simpler loss, another reduction. */
export function* simplerKinds(draft: Draft, constraints: Constraints): Generator<Draft> {
  const { linears, loss } = draft;
  if (constraints.biases.includes(false) && linears[0]!.units[0]!.bias !== null) {
    const unbiased = linears.map((linear) => ({
      ...linear,
      units: linear.units.map((unit) => ({ ...unit, bias: null })),
    }));
    yield { ...draft, linears: unbiased };
  }
  for (const [l, linear] of linears.entries()) {
    for (const activation of simplerActivations(linear.activation, constraints)) {
      const simpler = { ...draft, linears: linears.with(l, { ...linear, activation }) };
      if (isFed(simpler)) yield simpler;
    }
  }
  const { losses: kinds, reductions } = constraints;
  for (const kind of kinds.slice(0, kinds.indexOf(loss.kind))) {
    if (losses[kind].targets === 'classes') continue;
    yield { ...draft, loss: { ...loss, kind }, rows: withTargets(draft, kind) };
  }
  for (const reduction of reductions.slice(0, reductions.indexOf(loss.reduction))) {
    yield { ...draft, loss: { ...loss, reduction } };
  }
}

/** bce reads its inputs as probabilities. */
const isFed = ({ linears, loss }: Draft): boolean =>
  loss.kind !== 'bce' || linears.at(-1)!.activation.kind === 'sigmoid';

/** Without the first layer, without the last, or with two as one, which has either's activation. */
function* shallower({ linears, loss, rows }: Draft): Generator<Draft> {
  const entering = linears[0]!.units.length;
  const inputs = (row: RowDraft): RowDraft => ({ ...row, inputs: inTurn(row.inputs, entering) });
  yield { loss, linears: linears.slice(1), rows: rows.map(inputs) };
  const [ends, last] = [linears.at(-2)!, linears.at(-1)!];
  const outputs = ends.units.length;
  const classes = losses[loss.kind].targets === 'classes';
  const targets = (row: RowDraft): RowDraft => ({
    ...row,
    targets: classes ? row.targets.map((c) => c % outputs) : inTurn(row.targets, outputs),
  });
  for (const { activation } of [last, ends]) {
    const kept = [...linears.slice(0, -2), { ...ends, activation }];
    const shorter = { loss, linears: kept, rows: rows.map(targets) };
    if (isFed(shorter)) yield shorter;
  }
  for (let l = 1; l < linears.length; l++) {
    const units = merged(linears[l - 1]!, linears[l]!);
    for (const { activation } of [linears[l]!, linears[l - 1]!]) {
      const shorter = { loss, linears: linears.toSpliced(l - 1, 2, { units, activation }), rows };
      if (isFed(shorter)) yield shorter;
    }
  }
}

/** So many of the numbers, from the first again where there are not enough. */
const inTurn = (numbers: readonly number[], count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => numbers[i % numbers.length]!);

/** Two layers as one, as if nothing bent between them: W₂(W₁x + b₁) + b₂. */
function merged(before: LinearDraft, after: LinearDraft): readonly UnitDraft[] {
  const through = (weights: readonly number[], below: (unit: UnitDraft) => number): number =>
    weights.reduce((sum, w, k) => sum + w * below(before.units[k]!), 0);
  return after.units.map(({ weights, bias }) => ({
    weights: before.units[0]!.weights.map((_, i) => through(weights, (unit) => unit.weights[i]!)),
    bias: bias === null ? null : bias + through(weights, (unit) => unit.bias ?? 0),
  }));
}

/** Without one of the features that enter layer l; the outputs where no layer is l. */
function* narrower(draft: Draft, l: number): Generator<Draft> {
  const { linears, rows, loss } = draft;
  const width = (linears[l]?.units[0]?.weights ?? linears.at(-1)!.units).length;
  if (width === 1) return;
  for (let j = 0; j < width; j++) {
    const without = <T>(items: readonly T[]): readonly T[] => items.toSpliced(j, 1);
    yield {
      loss,
      linears: linears.map((linear, k) => {
        if (k === l - 1) return { ...linear, units: without(linear.units) };
        if (k !== l) return linear;
        const units = linear.units.map((u) => ({ ...u, weights: without(u.weights) }));
        return { ...linear, units };
      }),
      rows: rows.map((row) => {
        if (l === 0) return { ...row, inputs: without(row.inputs) };
        if (l < linears.length) return row;
        return { ...row, targets: targetsWithout(row.targets, j, loss.kind) };
      }),
    };
  }
}

function targetsWithout(targets: readonly number[], j: number, kind: LossKind): readonly number[] {
  if (losses[kind].targets === 'values') return targets.toSpliced(j, 1);
  return targets.map((c) => (c > j ? c - 1 : c === j ? 0 : c));
}

/** The samples with targets of another loss: classes become one-hot, numbers probabilities. */
function withTargets({ linears, loss, rows }: Draft, kind: LossKind): readonly RowDraft[] {
  const outputs = linears.at(-1)!.units;
  const classes = losses[loss.kind].targets === 'classes';
  const range = losses[kind].range;
  return rows.map((row) => {
    const values = classes ? outputs.map((_, c) => (c === row.targets[0] ? 1 : 0)) : row.targets;
    const fits = (v: number): boolean => !range || (v >= range[0] && v <= range[1]);
    return { ...row, targets: values.map((v) => (fits(v) ? v : 1)) };
  });
}

function* simplerActivations(
  { kind }: ActivationSpec,
  { activations }: Constraints,
): Generator<ActivationSpec> {
  for (const simpler of activations.slice(0, activations.indexOf(kind))) {
    // An elu comes after a leaky_relu, and nothing after an elu.
    if (simpler === 'leaky_relu') yield { kind: simpler, slope: 0.5 };
    else if (simpler !== 'elu') yield { kind: simpler };
  }
}
