import { fused as fusedRules } from '../../src/gradients/manual/fused.ts';
import { manualMethod } from '../../src/gradients/manual/method.ts';
import { textbook as textbookRules } from '../../src/gradients/manual/textbook.ts';
import type { GradientMethod } from '../../src/gradients/method.ts';
import { fused, textbook } from '../../src/gradients/tape/compositions.ts';
import { eager, replayed } from '../../src/gradients/tape/method.ts';
import type { Kernels } from '../../src/numeric/kernels/kernels.ts';

export type VariantName =
  | 'manual-fused'
  | 'manual-textbook'
  | 'tape-fused'
  | 'tape-textbook'
  | 'replay-fused'
  | 'replay-textbook';

/** One engine at one granularity: the two things that the material's puzzle mixes up. */
export interface Variant {
  readonly name: VariantName;
  readonly engine: 'manual' | 'eager tape' | 'replayed tape';
  /** Textbook: one kernel a symbol of the formula; fused: one a layer and pass. */
  readonly granularity: 'fused' | 'textbook';
  /** The method on kernels of one's own. */
  readonly over: (kernels?: Kernels) => GradientMethod;
}

export const variants: readonly Variant[] = [
  {
    name: 'manual-fused',
    engine: 'manual',
    granularity: 'fused',
    over: (kernels) => manualMethod('manual-fused', fusedRules, kernels),
  },
  {
    name: 'manual-textbook',
    engine: 'manual',
    granularity: 'textbook',
    over: (kernels) => manualMethod('manual-textbook', textbookRules, kernels),
  },
  {
    name: 'tape-fused',
    engine: 'eager tape',
    granularity: 'fused',
    over: (kernels) => eager('tape-fused', fused, kernels),
  },
  {
    name: 'tape-textbook',
    engine: 'eager tape',
    granularity: 'textbook',
    over: (kernels) => eager('tape-textbook', textbook, kernels),
  },
  {
    name: 'replay-fused',
    engine: 'replayed tape',
    granularity: 'fused',
    over: (kernels) => replayed('replay-fused', fused, kernels),
  },
  {
    name: 'replay-textbook',
    engine: 'replayed tape',
    granularity: 'textbook',
    over: (kernels) => replayed('replay-textbook', textbook, kernels),
  },
];
