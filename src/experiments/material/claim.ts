import type { ExperimentName } from '../experiment.ts';
import type { AllFigures } from '../results.ts';
import type { Said } from './said.ts';
import type { TorchFacts } from './torch-facts.ts';

/** A sentence of the material that predicts a behaviour. */
export interface Claim {
  /** kebab-case. */
  readonly id: string;
  /** Of the material; 总结 is its closing question. */
  readonly section: string;
  /** Paraphrased. */
  readonly says: Said;
  /** Where its figures come from. */
  readonly source: Source;
  /** The verdict follows from the figures alone: other figures, another verdict. */
  readonly judge: (facts: Facts) => Judgement;
}

/** An experiment; the benchmark; what the material's code does in PyTorch. */
export type Source = ExperimentName | 'speed' | 'pytorch';

/** What claims are held against. */
export interface Facts {
  readonly figures: AllFigures;
  /** null where none were recorded. */
  readonly torch: TorchFacts | null;
}

export type Judgement =
  | { readonly kind: 'holds' | 'fails' | 'open'; readonly evidence: Said }
  /** `condition` completes "holds only if …". */
  | { readonly kind: 'holds-if'; readonly condition: Said; readonly evidence: Said };

export interface Test {
  /** Whether it holds as it stands. */
  readonly holds: boolean;
  /** Under which condition it holds at least, if that was found to be so. */
  readonly onlyIf?: Said & { readonly isMet: boolean };
  /** The figures, in words that are true whatever they are. */
  readonly evidence: Said;
}

/** Holds as it stands, or else under its condition, or else not. */
export function judged({ holds, onlyIf, evidence }: Test): Judgement {
  if (holds) return { kind: 'holds', evidence };
  if (!onlyIf?.isMet) return { kind: 'fails', evidence };
  return { kind: 'holds-if', condition: { en: onlyIf.en, zh: onlyIf.zh }, evidence };
}

/** Judges by what PyTorch did; open where that was not recorded. */
export const byTorch =
  (judge: (torch: TorchFacts) => Judgement) =>
  ({ torch }: Facts): Judgement =>
    torch ? judge(torch) : { kind: 'open', evidence: { en: 'Not recorded.', zh: '没有记录。' } };
