import { type WorkloadId, workloads } from '../src/training/workloads.ts';
import type { SectionName, Sections } from './section.ts';

/** What to run, each list in its own order. */
export interface Selection {
  readonly sections: readonly SectionName[];
  readonly workloads: readonly WorkloadId[];
  /** Whether that is everything. */
  readonly everything: boolean;
}

export type Selected =
  | { readonly kind: 'selected'; readonly selection: Selection }
  | { readonly kind: 'unknown'; readonly name: string; readonly known: readonly string[] };

/**
 * The sections and workloads among `only`, in any letter case. Where none of a kind is named, all of
 * that kind: `speed W1` is one section on one workload, `W1` all sections on it.
 */
export function select(only: readonly string[], sections: Sections): Selected {
  const allSections = Object.keys(sections) as SectionName[]; // the table's own keys
  const allWorkloads = Object.keys(workloads) as WorkloadId[]; // likewise
  const known = [...allSections, ...allWorkloads];
  const wanted = only.map((name) => name.toLowerCase());
  const unknown = only.find((name) => !known.some((k) => k.toLowerCase() === name.toLowerCase()));
  if (unknown !== undefined) return { kind: 'unknown', name: unknown, known };

  const chosen = <N extends string>(all: readonly N[]): readonly N[] => {
    const named = all.filter((name) => wanted.includes(name.toLowerCase()));
    return named.length > 0 ? named : all;
  };
  const selection = { sections: chosen(allSections), workloads: chosen(allWorkloads) };
  const everything =
    selection.sections.length === allSections.length &&
    selection.workloads.length === allWorkloads.length;
  return { kind: 'selected', selection: { ...selection, everything } };
}
