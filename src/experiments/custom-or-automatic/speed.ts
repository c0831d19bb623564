/** What `reports/speed.json` says that bears on the question. */
export interface Speed {
  readonly workloads: readonly WorkloadSpeed[];
  /** W1's network on other batches. */
  readonly batches: readonly BatchSpeed[];
}

/** As ratios to manual-fused on the same batch. */
export interface BatchSpeed {
  readonly rows: number;
  readonly tape: number;
  readonly textbook: number;
}

export interface WorkloadSpeed {
  /** `W1` … `W5`. */
  readonly workload: string;
  /** By row: seconds a step. */
  readonly steps: { readonly [R in SpeedRow]: number };
  /** By row: to manual-fused, the median of the ratios within each round. */
  readonly ratios: { readonly [R in SpeedRow]: number };
}

export const SPEED_ROWS = [
  'manual-fused',
  'manual-textbook',
  'matrix-class',
  'tape-fused',
  'tape-textbook',
  'replay-fused',
  'replay-textbook',
] as const;
export type SpeedRow = (typeof SPEED_ROWS)[number];

const WORKLOADS = ['W1', 'W2', 'W3', 'W4', 'W5'];

/**
 * Reads the recorded report; null where there is none, and where it was a shortened run, whose
 * figures are not for quoting. Throws where it is no report of speed.
 */
export function readSpeed(recorded: unknown): Speed | null {
  if (recorded === null || recorded === undefined) return null;
  const report = record('speed report', recorded);
  if (report.quick === true) return null;
  const blocks = list('speed report, blocks', report.blocks).map((b) => record('block', b));
  return {
    workloads: WORKLOADS.map((workload) => workloadSpeed(workload, blocks)),
    batches: batchSpeeds(blocks),
  };
}

function workloadSpeed(workload: string, blocks: readonly Fields[]): WorkloadSpeed {
  const where = `speed report, table "${workload}"`;
  const rows = rowsOf(where, workload, blocks);
  const column = (key: 'step' | 'ratio'): { readonly [R in SpeedRow]: number } => {
    const entries = SPEED_ROWS.map((name) => {
      const row = rows.find((fields) => fields.row === name);
      return [name, positive(`${where}, row "${name}", ${key}`, row?.[key])] as const;
    });
    return Object.fromEntries(entries) as { [R in SpeedRow]: number }; // a value for each row
  };
  return { workload, steps: column('step'), ratios: column('ratio') };
}

function batchSpeeds(blocks: readonly Fields[]): BatchSpeed[] {
  const where = 'speed report, table "batchSizes"';
  return rowsOf(where, 'batchSizes', blocks).map((row, i) => ({
    rows: positive(`${where}, row ${i}, rows`, row.rows),
    tape: positive(`${where}, row ${i}, tapeFused`, row.tapeFused),
    textbook: positive(`${where}, row ${i}, manualTextbook`, row.manualTextbook),
  }));
}

function rowsOf(where: string, name: string, blocks: readonly Fields[]): Fields[] {
  const table = blocks.find((block) => block.kind === 'table' && block.name === name);
  if (!table) throw new RangeError(`${where}: got none, expected one`);
  return list(where, table.rows).map((row) => record(where, row));
}

function positive(where: string, value: unknown): number {
  if (typeof value === 'number' && value > 0) return value;
  throw new RangeError(`${where}: got ${value}, expected a number above 0`);
}

/** What these tables may hold: a name that is in none of them is undefined, as one that is missing. */
interface Fields {
  readonly [field: string]: unknown;
  readonly kind?: unknown;
  readonly name?: unknown;
  readonly quick?: unknown;
  readonly blocks?: unknown;
  readonly rows?: unknown;
  readonly row?: unknown;
  readonly step?: unknown;
  readonly ratio?: unknown;
  readonly tapeFused?: unknown;
  readonly manualTextbook?: unknown;
}

function record(where: string, value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields; // just asked
  throw new TypeError(`${where}: got ${JSON.stringify(value)}, expected an object`);
}

function list(where: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new TypeError(`${where}: got ${JSON.stringify(value)}, expected an array`);
}
