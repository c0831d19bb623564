import { expected, fieldsOf } from './fields.ts';
import { tell, type Words } from './tell.ts';
import { told } from './told.ts';

/** What the source material says, what its code does when it is run, and what this project does. */
export interface MaterialFinding extends Words {
  /** kebab-case; material.py measures it under this name. */
  readonly id: string;
  /** Of the material: "2.2.1"; "1 附" is the addendum to section 1. */
  readonly section: string;
  /** With the figures that PyTorch gave. */
  readonly codeDoes: string;
  /** The same for the material's readers. */
  readonly zh: Words;
}

/**
 * bench/pytorch/material.json, as material.py writes it, in the material's order. Throws where it has
 * another shape, lacks a finding or a figure, has one that no sentence tells, or where a fact that a
 * sentence takes for granted was not measured so.
 */
export function materialFindings(recorded: unknown): readonly MaterialFinding[] {
  const { findings } = fieldsOf(recorded, 'material.json');
  if (!Array.isArray(findings)) throw expected('material.json findings', findings, 'an array');
  const read = findings.map((finding, at) => readFinding(finding, `material.json findings[${at}]`));
  for (const [at, { id }] of read.entries()) {
    if (read.findIndex((other) => other.id === id) < at) {
      throw new RangeError(`material.json findings[${at}]: got "${id}" a second time`);
    }
  }
  for (const id of Object.keys(told)) {
    if (read.some((finding) => finding.id === id)) continue;
    const ids = read.map((finding) => finding.id).join(', ') || 'none';
    throw new RangeError(`material.json: no finding "${id}"; there are ${ids}`);
  }
  return read;
}

/** The version of PyTorch that the findings were measured with. */
export function materialTorch(recorded: unknown): string {
  const { torch } = fieldsOf(recorded, 'material.json');
  if (typeof torch === 'string' && /^\d+\.\d+\.\d+/.test(torch)) return torch;
  throw expected('material.json torch', torch, 'a version such as "2.13.0"');
}

function readFinding(finding: unknown, where: string): MaterialFinding {
  const { id, section, evidence } = fieldsOf(finding, where);
  if (typeof id !== 'string') throw expected(`${where} id`, id, 'a string');
  if (typeof section !== 'string') throw expected(`${where} section`, section, 'a string');
  const sentences = Object.hasOwn(told, id) ? told[id] : undefined;
  if (!sentences) {
    throw new RangeError(`${where}: no sentences for "${id}" in src/experiments/material/told`);
  }
  const facts = fieldsOf(evidence, `${id} evidence`);
  return { id, section, ...tell(id, sentences.en, facts), zh: tell(id, sentences.zh, facts) };
}
