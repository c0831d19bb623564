import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { environment, environmentFields, packageHome } from '../../src/node/environment.ts';
import { progress, type Terminal } from '../../src/node/progress.ts';
import { publishReport } from '../../src/node/publish.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import type { Part } from './part.ts';
import { type PartName, type Parts, parts as projectParts } from './parts.ts';
import { checkerReport, type Results } from './report.ts';

const HELP = `Usage: npm run bench:checker [-- options]

Proves the gradient checker: how small an error it sees, which mistakes it names, whether it
calls a right gradient wrong, and what it costs. Writes reports/checker.md and checker.json.

Options:
  --quick        a shortened run; its report says so
  --only PART    detection, mistakes, right-cases or cost; may be repeated. Without --out the
                 page of these parts goes to standard output, and no file is written
  --out FOLDER   where the page goes; reports, unless said
  --help         print this help
`;

export interface CommandOptions {
  readonly parts?: Parts;
  readonly stdout?: Terminal;
  readonly stderr?: Terminal;
  /** Where a whole page goes unless the arguments say otherwise. */
  readonly folder?: string;
}

/** Of all that the parts draw. */
const SEED = 0;

/**
 * Runs the checker's proof and resolves to the exit code: 0 all well, 1 a part does not hold, 2 bad
 * usage, in one line on standard error.
 */
export async function runChecker(
  args: readonly string[],
  {
    parts = projectParts,
    stdout = process.stdout,
    stderr = process.stderr,
    folder = join(packageHome(), 'reports'),
  }: CommandOptions = {},
): Promise<number> {
  const given = read(args, Object.keys(parts), folder);
  if (given.kind === 'refused') {
    stderr.write(`bench:checker: ${given.why}\n`);
    return 2;
  }
  if (given.kind === 'help') {
    stdout.write(HELP);
    return 0;
  }
  const { quick, out } = given;
  const names = Object.keys(parts) as PartName[]; // the table's own keys
  const wanted = names.filter((name) => given.only.length === 0 || given.only.includes(name));
  const results = await runParts(parts, wanted, quick, stderr);

  const header = [...environmentFields(environment(), []), { name: 'seed', value: String(SEED) }];
  const report = checkerReport(results, { quick, header });
  if (out === null) {
    stdout.write(renderMarkdown(report));
  } else {
    await publishReport(out, 'checker', report);
    for (const [name, { headline }] of Object.entries(results)) {
      for (const line of headline) stdout.write(`${name}  ${line}\n`);
    }
    const page = relative(process.cwd(), join(out, 'checker.md'));
    stdout.write(`${quick ? 'Quick report' : 'Report'}: ${page}\n`);
  }
  return Object.values(results).every(({ ok }) => ok) ? 0 : 1;
}

type Given =
  | {
      readonly kind: 'run';
      readonly quick: boolean;
      readonly only: readonly string[];
      /** The folder of the page; null: standard output. */
      readonly out: string | null;
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'refused'; readonly why: string };

function read(args: readonly string[], known: readonly string[], folder: string): Given {
  const parsed = parse(args);
  if (typeof parsed === 'string') return { kind: 'refused', why: parsed };
  const { quick = false, only = [], out, help } = parsed;
  if (help) return { kind: 'help' };
  const unknown = only.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const why = `--only: unknown "${unknown}"; there are ${known.join(', ')}`;
    return { kind: 'refused', why };
  }
  const part = only.length > 0 && known.some((name) => !only.includes(name));
  if (part && out !== undefined && resolve(out) === resolve(folder)) {
    // Half a page would stand there as the whole one.
    return {
      kind: 'refused',
      why: `--out: ${out} is for whole pages; --only needs another folder`,
    };
  }
  const whole = part ? null : folder;
  return { kind: 'run', quick, only, out: out === undefined ? whole : resolve(out) };
}

interface Flags {
  readonly quick?: boolean;
  readonly only?: readonly string[];
  readonly out?: string;
  readonly help?: boolean;
}

/** The flags, or what is wrong with them in a line. */
function parse(args: readonly string[]): Flags | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean' },
        only: { type: 'string', multiple: true },
        out: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    return values;
  } catch (error) {
    return error instanceof Error ? error.message.replaceAll('\n', ' ') : String(error);
  }
}

async function runParts(
  parts: Parts,
  names: readonly PartName[],
  quick: boolean,
  stderr: Terminal,
): Promise<Results> {
  const bar = progress(stderr);
  const results: Partial<Record<PartName, Part>> = {};
  try {
    for (const [i, name] of names.entries()) {
      const run = await parts[name]();
      results[name] = await run({
        quick,
        seed: SEED,
        progress: (share, doing) => bar.at((i + share) / names.length, doing),
      });
    }
  } finally {
    bar.done();
  }
  return results;
}
