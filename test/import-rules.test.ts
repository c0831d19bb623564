import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

const chain = [
  'numeric',
  'params',
  'model',
  'expression',
  'gradients',
  'check',
  'training',
  'experiments',
];
const upTo = (room: string): string[] => chain.slice(0, chain.indexOf(room) + 1);

/** What each room may import, besides itself: CONTRIBUTING's table, written a second time. */
const sees: Readonly<Record<string, readonly string[]>> = {
  numeric: [],
  params: upTo('numeric'),
  model: upTo('params'),
  expression: upTo('model'),
  gradients: upTo('expression'),
  check: [...upTo('gradients'), 'report'],
  training: [...upTo('check'), 'report'],
  experiments: [...upTo('training'), 'report'],
  report: [],
  derivation: [...upTo('check'), 'report'],
  integrations: upTo('check'),
  grading: [...upTo('experiments'), 'report', 'node'],
  node: [...upTo('params'), 'report'],
};

const guarded = Object.keys(sees);
const rooms = [...guarded, 'cli'];

const methods = [
  'manual',
  'tape',
  'finite-difference',
  'complex-step',
  'symbolic',
  'exact',
  'pytorch',
];

const planted = new Map<string, string>();
const plant = (path: string, code: string): string => {
  planted.set(path, code);
  return path;
};

/** A file that imports each target, one a line, so that a finding's line names its target. */
const plantImports = (path: string, targets: readonly string[]): string =>
  plant(path, targets.map((target, i) => `import { a${i} } from '${target}';\n`).join(''));

interface Finding {
  readonly rule: string;
  readonly line: number;
}

let linted: Promise<ReadonlyMap<string, readonly Finding[]>> | undefined;

/** The lines where a planted file breaks a rule; all is linted in one run of Biome. */
const findings = async (path: string, rule: string): Promise<readonly number[]> => {
  linted ??= lint();
  const found = (await linted).get(path) ?? [];
  const lines = found.filter((finding) => finding.rule === rule).map((finding) => finding.line);
  return [...new Set(lines)].sort((a, b) => a - b);
};

async function lint(): Promise<ReadonlyMap<string, readonly Finding[]>> {
  const folder = await mkdtemp(join(tmpdir(), 'backproof-lint-'));
  try {
    await copyFile(join(root, 'biome.json'), join(folder, 'biome.json'));
    for (const [path, code] of planted) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), code);
    }
    return byFile(await biomeLint(folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const biomeLint = (folder: string): Promise<string> => {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  const options = ['--reporter=github', '--max-diagnostics=none', '--vcs-enabled=false'];
  return new Promise((resolve) => {
    // Findings make Biome exit with 1, so its exit code says nothing here.
    execFile(process.execPath, [biome, 'lint', ...options], { cwd: folder }, (_error, out) =>
      resolve(out),
    );
  });
};

/** GitHub's lines, `::error title=lint/style/noEnum,file=…/src/a.ts,line=3,…::`, by file. */
function byFile(out: string): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const [, rule, file, line] of out.matchAll(/title=\w+\/\w+\/(\w+),file=(.*?),line=(\d+)/g)) {
    const path = [...planted.keys()].find((p) => file!.endsWith(`/${p}`));
    if (!path) continue;
    found.set(path, [...(found.get(path) ?? []), { rule: rule!, line: Number(line) }]);
  }
  return found;
}

const everyOther = (room: string): string[] => [...rooms.filter((r) => r !== room), 'bench'];
const pathTo = (target: string): string =>
  target === 'bench' ? '../../bench/a.ts' : `../${target}/a.ts`;

describe('rooms', () => {
  for (const room of guarded) {
    const others = everyOther(room);
    const near = plantImports(`src/${room}/near.ts`, others.map(pathTo));
    const far = plantImports(
      `src/${room}/deeper/far.ts`,
      others.map((other) => `../${pathTo(other)}`),
    );
    const own = plantImports(`src/${room}/own.ts`, ['./a.ts', './deeper/a.ts', 'decimal.js']);

    test(`${room} sees ${sees[room]!.join(', ') || 'no other room'}`, async () => {
      const refused = others.filter((other) => !sees[room]!.includes(other));
      for (const path of [near, far]) {
        const lines = await findings(path, 'noRestrictedImports');
        expect(lines.map((line) => others[line - 1])).toEqual(refused);
      }
      expect(await findings(own, 'noRestrictedImports')).toEqual([]);
    });
  }

  test('every folder of src is a room with a rule, or cli', async () => {
    const entries = await readdir(join(root, 'src'), { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    expect(folders.filter((folder) => !rooms.includes(folder))).toEqual([]);
  });

  const entry = plantImports(
    'src/index.ts',
    rooms.map((room) => `./${room}/a.ts`),
  );
  test('the main entry sees what runs in a browser', async () => {
    const lines = await findings(entry, 'noRestrictedImports');
    const refused = ['derivation', 'integrations', 'grading', 'node', 'cli'];
    expect(lines.map((line) => rooms[line - 1])).toEqual(refused);
  });

  const harness = plantImports('bench/a.ts', ['../src/check/a.ts', '../src/cli/a.ts']);
  test('bench sees every room but cli', async () => {
    expect(await findings(harness, 'noRestrictedImports')).toEqual([2]);
  });

  const dynamic = plant(
    'src/training/save.ts',
    `export const save = async (path: string): Promise<void> => {
  const node = await import('../node/a.ts');
  node.write(path);
  const { write } = await import('../node/a.ts');
  write(path);
};
`,
  );
  const whole = plant(
    'src/training/whole.ts',
    `import * as node from '../node/a.ts';\nnode.a();\n`,
  );
  test('training reaches node by a dynamic import of the whole module only', async () => {
    expect(await findings(dynamic, 'noRestrictedImports')).toEqual([4]);
    expect(await findings(whole, 'noNamespaceImport')).toEqual([1]);
  });
});

describe('methods', () => {
  for (const method of methods) {
    const others = methods.filter((other) => other !== method);
    const forbidden = [...others.flatMap((o) => [`../${o}.ts`, `../${o}/a.ts`]), '../methods.ts'];
    const allowed = [`./${method}.ts`, '../method.ts', '../../model/model.ts'];
    const inFolder = plantImports(`src/gradients/${method}/a.ts`, [...forbidden, ...allowed]);
    const inFile = plantImports(
      `src/gradients/${method}.ts`,
      [...forbidden, ...allowed].map((path) => path.replace(/^\.\.\//, './')),
    );

    test(`${method} imports no other method, and not their list`, async () => {
      const everyForbidden = forbidden.map((_, i) => i + 1);
      expect(await findings(inFolder, 'noRestrictedImports')).toEqual(everyForbidden);
      expect(await findings(inFile, 'noRestrictedImports')).toEqual(everyForbidden);
    });
  }

  const all = methods.map((method) => `./${method}/a.ts`);
  const list = plantImports('src/gradients/methods.ts', [...all, '../check/a.ts']);
  const shared = plantImports('src/gradients/shared.ts', [...all, './method.ts']);
  test('only gradients/methods.ts lists them', async () => {
    expect(await findings(list, 'noRestrictedImports')).toEqual([methods.length + 1]);
    expect(await findings(shared, 'noRestrictedImports')).toEqual(methods.map((_, i) => i + 1));
  });
});

describe('what only node, cli and bench may touch', () => {
  const globals = ['process', 'Buffer', '__dirname', 'require', 'Date', 'performance'];
  const uses = `${globals.map((name) => `export const use${name} = ${name};`).join('\n')}\n`;
  const modules = `import { readFile } from 'node:fs';\nimport { join } from 'path';\n`;
  const inRoom = (path: string): readonly [string, string] => [
    plant(`${path}/globals.ts`, uses),
    plant(`${path}/modules.ts`, modules),
  ];
  const closed = ['src', ...guarded.filter((room) => room !== 'node').map((room) => `src/${room}`)];
  const refusing = closed.map(inRoom);
  const accepting = ['src/node', 'src/cli', 'bench'].map(inRoom);

  test('process, Buffer, the clock and node: modules are refused in every other room', async () => {
    for (const [using, importing] of refusing) {
      expect(await findings(using, 'noRestrictedGlobals')).toEqual(globals.map((_, i) => i + 1));
      expect(await findings(importing, 'noNodejsModules')).toEqual([1, 2]);
    }
  });

  test('they are accepted in node, cli and bench', async () => {
    for (const [using, importing] of accepting) {
      expect(await findings(using, 'noRestrictedGlobals')).toEqual([]);
      expect(await findings(importing, 'noNodejsModules')).toEqual([]);
    }
  });

  test('no source calls Math.random: the seeded generator is numeric/random.ts', async () => {
    const entries = await readdir(join(root, 'src'), { recursive: true });
    const calling: string[] = [];
    for (const path of entries.filter((entry) => entry.endsWith('.ts'))) {
      const code = await readFile(join(root, 'src', path), 'utf8');
      const uncommented = code.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      if (/\bMath\s*\.\s*random\b/.test(uncommented)) calling.push(path);
    }
    expect(calling).toEqual([]);
  });
});

describe('style', () => {
  const refused: readonly (readonly [rule: string, path: string, code: string])[] = [
    ['noDefaultExport', 'src/model/default.ts', 'export default 1;\n'],
    ['noExplicitAny', 'src/model/any.ts', 'export const a = (x: any): number => x;\n'],
    ['noEnum', 'src/model/enum.ts', 'export enum E {\n  A,\n}\n'],
    ['noBarrelFile', 'src/model/barrel.ts', `export { a } from './a.ts';\n`],
    ['noReExportAll', 'src/model/star.ts', `export * from './a.ts';\n`],
    ['noConsole', 'src/model/console.ts', 'console.log(1);\n'],
    ['useFilenamingConvention', 'src/model/camelCase.ts', 'export const a = 1;\n'],
    ['useImportExtensions', 'src/model/extension.ts', `import { a } from './any';\na();\n`],
    ['noFocusedTests', 'test/focused.test.ts', `fdescribe('a', () => {});\n`],
    ['noSkippedTests', 'test/skipped.test.ts', `xdescribe('a', () => {});\n`],
  ];
  for (const [, path, code] of refused) plant(path, code);

  test.each(refused)('%s is refused', async (rule, path) => {
    expect(await findings(path, rule)).toEqual([1]);
  });

  const cycle = [
    plant('src/model/egg.ts', `import { hen } from './hen.ts';\nexport const egg = () => hen;\n`),
    plant('src/model/hen.ts', `import { egg } from './egg.ts';\nexport const hen = () => egg;\n`),
  ];
  test('a cycle of imports is refused', async () => {
    for (const path of cycle) expect(await findings(path, 'noImportCycles')).toEqual([1]);
  });

  const config = plant('tool.config.ts', 'export default {};\n');
  test('a configuration file may export by default', async () => {
    expect(await findings(config, 'noDefaultExport')).toEqual([]);
  });
});
