import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type MaterialFinding,
  materialFindings,
  materialTorch,
} from '../../src/experiments/material/findings.ts';

interface RecordedFile {
  torch: string;
  findings: { id: string; section: string; evidence: Record<string, number | string | boolean> }[];
}

const recorded: RecordedFile = JSON.parse(await readFile('bench/pytorch/material.json', 'utf8'));

/** The file with a change to it. */
const planted = (change: (file: RecordedFile) => void): RecordedFile => {
  const file = structuredClone(recorded);
  change(file);
  return file;
};

const withEvidence = (id: string, key: string, value: unknown): RecordedFile =>
  planted(({ findings }) => {
    const { evidence } = findings.find((finding) => finding.id === id)!;
    Object.assign(evidence, { [key]: value });
  });

const found = (id: string, from: unknown = recorded): MaterialFinding =>
  materialFindings(from).find((finding) => finding.id === id)!;

const CASES = recorded.findings.map(({ id, evidence }) => [id, evidence] as const);

describe('materialFindings: the committed findings', () => {
  test('each has its section and sentences, in the order of the file', () => {
    const findings = materialFindings(recorded);
    expect(findings.map(({ id, section }) => [id, section])).toEqual(
      recorded.findings.map(({ id, section }) => [id, section]),
    );
    for (const { id, textSays, codeDoes, weDo, zh } of findings) {
      for (const text of [textSays, codeDoes, weDo]) expect(text, id).toMatch(/[.…]$/);
      for (const text of Object.values(zh)) expect(text, id).toMatch(/\p{Script=Han}.*[。…]$/u);
    }
  });

  test('what the issue lists is there', () => {
    const ids = materialFindings(recorded).map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining([
        'init-never-matches',
        'initialisers-not-callable',
        'default-init',
        'print-grads-prints-weights',
        'zeros-not-zero',
        'epoch-unused',
        'print-weights-twice',
        'stale-optimiser',
        'gradients-pile-up',
        'log-epochps',
        'set-state-dict',
        'last-model-judged',
        'evaluate-appends',
        'eval-mode-never-left',
        'train-before-dev-after',
        'best-by-accuracy-alone',
        'best-from-zero',
        'threshold',
        'labels-broadcast',
        'linear-shape',
        'linear-attr',
        'one-round-is-ten',
        'undefined-names',
      ]),
    );
  });

  test('a sentence carries the figures measured', () => {
    expect(found('init-never-matches').codeDoes).toContain('of 10 visited 0 match');
    expect(found('gradients-pile-up').codeDoes).toContain('in 10 epochs, 10.0 times');
    expect(found('evaluate-appends').codeDoes).toContain('1,000 train scores, 1,001 dev scores');
    expect(found('undefined-names').zh.codeDoes).toContain("name 'X_train' is not defined");
  });

  test.each(CASES)(
    '%s: other evidence is another sentence, in both languages, or an error',
    (id, evidence) => {
      const { codeDoes, zh } = found(id);
      for (const [key, value] of Object.entries(evidence)) {
        const told = ((): readonly string[] | null => {
          try {
            const other = found(id, withEvidence(id, key, changed(value)));
            return [other.codeDoes, other.zh.codeDoes];
          } catch {
            return null;
          }
        })();
        if (!told) continue;
        expect(told[0], key).not.toBe(codeDoes);
        expect(told[1], key).not.toBe(zh.codeDoes);
      }
    },
  );
});

function changed(value: number | string | boolean): unknown {
  if (typeof value === 'boolean') return !value;
  return typeof value === 'number' ? 2 * value + 1 : `${value}?`;
}

describe('materialFindings refuses', () => {
  const refuse = (file: unknown, why: string): void =>
    expect(() => materialFindings(file)).toThrow(why);

  test('what is no file of findings', () => {
    refuse(null, 'material.json: got null, expected an object');
    refuse({ torch: '2.13.0' }, 'material.json findings: got undefined, expected an array');
    refuse({ findings: [3] }, 'material.json findings[0]: got 3, expected an object');
    refuse({ findings: [{ id: 7 }] }, 'material.json findings[0] id: got 7, expected a string');
  });

  test('a finding that is missing, unknown or there twice', () => {
    refuse(
      planted(({ findings }) => findings.splice(4, 1)),
      'no finding "set-state-dict"; there are linear-shape, linear-extra-dimensions, linear-attr',
    );
    refuse(
      planted(({ findings }) => findings.push({ id: 'constructor', section: '4', evidence: {} })),
      'no sentences for "constructor"',
    );
    refuse(
      planted(({ findings }) => findings.push(findings[0]!)),
      'got "linear-shape" a second time',
    );
  });

  test('a finding without section or evidence', () => {
    refuse(
      planted(({ findings }) => Object.assign(findings[0]!, { section: 1.1 })),
      'findings[0] section: got 1.1, expected a string',
    );
    refuse(
      planted(({ findings }) => Object.assign(findings[0]!, { evidence: [5, 2] })),
      'linear-shape evidence: got [5,2], expected an object',
    );
  });

  test('evidence of the wrong type, missing, or told by no sentence', () => {
    refuse(withEvidence('linear-shape', 'rows', '5'), 'rows: got "5", expected a finite number');
    refuse(
      withEvidence('linear-shape', 'rows', undefined),
      'got undefined, expected a finite number',
    );
    refuse(withEvidence('set-state-dict', 'error', ''), 'error: got "", expected a text');
    refuse(withEvidence('linear-shape', 'depth', 3), 'linear-shape evidence: depth is told by no');
  });

  test('evidence against what its sentence says', () => {
    refuse(
      withEvidence('print-grads-prints-weights', 'areWeights', false),
      'areWeights: got false, expected true, as its sentence says',
    );
    refuse(
      withEvidence('rate-not-layer', 'deepSlowReached', 5),
      'deepSlowReached, narrowFastReached: got [5,5], expected ascending',
    );
  });
});

describe('material.py', () => {
  // Loading torch takes most of these 4 s of one core, several times that where it is shared.
  test('measures again what is committed, but for long trainings, where its PyTorch is installed', {
    timeout: 120_000,
  }, async () => {
    const committed = materialTorch(recorded);
    expect(() => materialTorch({ ...recorded, torch: 'new' })).toThrow(
      'got "new", expected a version',
    );
    // Asked of the package's metadata: importing torch takes 2 s.
    const installed = await python(
      '-c',
      "from importlib.metadata import version as v; print(v('torch'))",
    ).catch(() => 'none');
    // Without it the committed file stands; another version may word its errors otherwise.
    if (installed.trim().split('+')[0] !== committed) return;

    const folder = await mkdtemp(join(tmpdir(), 'backproof-'));
    try {
      const file = join(folder, 'material.json');
      await python('-B', SCRIPT, '--quick', file);
      const again: RecordedFile = JSON.parse(await readFile(file, 'utf8'));
      const ids = again.findings.map(({ id }) => id);
      const findings = recorded.findings.filter(({ id }) => ids.includes(id));
      expect(again).toEqual({ ...recorded, findings });
      expect(ids.length).toBeGreaterThan(30);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('leaves out of a quick run what trains for 1,000 epochs, and nothing else', async () => {
    const [, ...measures] = (await readFile(SCRIPT, 'utf8')).split(/^@finding\(/m);
    expect(measures).toHaveLength(recorded.findings.length);
    for (const measure of measures) {
      expect(/^[^)]*slow=True/.test(measure), measure).toBe(
        /\btrained(_together)?\(/.test(measure),
      );
    }
  });
});

const SCRIPT = 'bench/pytorch/material.py';

/** What it printed. */
const python = (...args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile('python3', args, (error, out) => (error ? reject(error) : resolve(out)));
  });
