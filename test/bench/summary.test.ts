import { describe, expect, test } from 'vitest';
import type { AccuracyFigures } from '../../bench/accuracy.ts';
import type { AgreementFigures } from '../../bench/agreement.ts';
import type { SectionResult } from '../../bench/section.ts';
import type { WorkloadSpeed } from '../../bench/speed/data.ts';
import type { Measured } from '../../bench/speed/measure.ts';
import type { SummaryResults } from '../../bench/summary/facts.ts';
import { summaries } from '../../bench/summary.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import type { WorkloadId } from '../../src/training/workloads.ts';

const IDS: readonly WorkloadId[] = ['W1', 'W2', 'W3', 'W4', 'W5'];

/** Ratios to manual-fused that no two rows share. */
const RATIOS = {
  W1: { 'tape-fused': 1.11, 'manual-textbook': 2.22, 'replay-fused': 1.05 },
  W2: { 'tape-fused': 1.12, 'manual-textbook': 2.02, 'replay-fused': 1.03 },
  W3: { 'tape-fused': 1.31, 'manual-textbook': 2.03, 'replay-fused': 1.24 },
  W4: { 'tape-fused': 0.9, 'manual-textbook': 1.17, 'replay-fused': 0.87 },
  W5: { 'tape-fused': 1.01, 'manual-textbook': 1.19, 'replay-fused': 1.02 },
};
type Ratios = Readonly<Record<string, number>>;

const timed = (name: string, ratio: number): Measured => {
  const of = { median: ratio, low: ratio, high: ratio, mad: 0 };
  return {
    kind: 'timed',
    name,
    check: { steps: 10, loss: 1, expected: 1, tolerance: 0 },
    timing: { name, engine: 'benchmark.js', rounds: 3, seconds: of, ratio: of },
  };
};
const workload = (id: WorkloadId, ratios: Ratios): WorkloadSpeed => ({
  id,
  network: id,
  measured: Object.entries(ratios).map(([name, ratio]) => timed(name, ratio)),
  calls: new Map([
    ['manual-textbook', 40 + Number(id[1])],
    ['tape-fused', 10 + Number(id[1])],
  ]),
});

const AGREEMENT: AgreementFigures = {
  comparisons: 633,
  agreeing: 633,
  unresolved: 0,
  ways: 11,
  manualAgainstTape: 0.0294,
  loss: 2.3e-15,
  torch: '2',
};
const ACCURACY: AccuracyFigures = {
  manualMedianUlps: 1.63,
  manualMaxUlps: 2,
  tapeMedianUlps: 3,
  tapeMaxUlps: 4,
  differencesMedianUlps: 5,
  differencesMaxUlps: 6,
  swell: 7,
  proofDigits: 8,
};

const found = <F>(figures: F): SectionResult<F> => ({
  report: { title: '', quick: false, header: [], blocks: [] },
  ok: true,
  headline: [],
  figures,
});

interface Planted {
  readonly agreement?: Partial<AgreementFigures>;
  readonly speed?: Partial<Record<WorkloadId, Ratios>>;
}

/** The page, and its three answers. */
function page(
  { agreement = {}, speed = {} }: Planted = {},
  name = 'README',
): { whole: string; answers: string[] } {
  const results: SummaryResults = {
    speed: found({ workloads: IDS.map((id) => workload(id, speed[id] ?? RATIOS[id])) }),
    agreement: found({ ...AGREEMENT, ...agreement }),
    accuracy: found(ACCURACY),
  };
  const context = { quick: false, workloads: IDS, seed: 0, header: [], progress: () => {} };
  const whole = renderMarkdown(summaries(results, context)[name]!);
  return { whole, answers: whole.split('\n\n').filter((p) => /^\*\*[^*]*[?？]\*\* /.test(p)) };
}

const words = (answers: readonly string[]): number =>
  answers
    .join(' ')
    .replace(/\]\([^)]*\)/g, ']')
    .split(/\s+/).length;

const BROKEN: Planted = { agreement: { agreeing: 600, unresolved: 3 } };
const UNDECIDED: Planted = { agreement: { agreeing: 630, unresolved: 3 } };
/** The tape costs, small pieces hardly do. */
const DEAR_TAPE: Planted = {
  speed: { W1: { ...RATIOS.W1, 'tape-fused': 3.7, 'manual-textbook': 1.2 } },
};
const VOID: Planted = { speed: { W1: { 'manual-textbook': 2 } } };

const CASES: readonly [string, Planted][] = [
  ['as measured', {}],
  ['with comparisons that disagree', BROKEN],
  ['with some undecided', UNDECIDED],
  ['with a dear tape', DEAR_TAPE],
  ['with a dear tape and some undecided', { ...DEAR_TAPE, ...UNDECIDED }],
  ['with a void row', VOID],
];

/** The figures of an answer and where they link to, in order. */
const linked = (answers: readonly string[]): string[] =>
  [...answers.join('\n').matchAll(/\[([^\]]*)\]\(([^)]*)\)/g)].map(
    ([, shown, target]) => `${[...shown!.matchAll(/\d[\d.e-]*/g)].sort().join(' ')} ${target}`,
  );

describe('the answer in Chinese', () => {
  test.each(CASES)('is as short, and each sentence is linked, %s', (_case, planted) => {
    const { answers } = page(planted, 'README.zh-CN');
    expect(answers).toHaveLength(3);
    const plain = answers.join('').replace(/\]\([^)]*\)/g, ']');
    // Two characters stand for a word, about.
    expect([...plain.matchAll(/\p{Script=Han}/gu)].length).toBeLessThanOrEqual(400);
    for (const answer of answers) {
      expect(answer).not.toMatch(/NaN|Infinity|undefined|null/);
      for (const sentence of answer.replace(/^\*\*[^*]*\*\* /, '').split(/(?<=。)(?=.)/)) {
        expect(sentence).toMatch(/\]\([^)]+\)/);
      }
    }
  });

  test.each(CASES)('has the figures and links of the English one, %s', (_case, planted) => {
    const [chinese, english] = [page(planted, 'README.zh-CN'), page(planted)];
    expect(linked(chinese.answers).sort()).toEqual(linked(english.answers).sort());
  });
});

describe('the answer', () => {
  test.each(CASES)(
    'has three paragraphs of at most 200 words, each sentence linked, %s',
    (_case, planted) => {
      const { answers } = page(planted);
      expect(answers).toHaveLength(3);
      expect(words(answers)).toBeLessThanOrEqual(200);
      for (const answer of answers) {
        expect(answer).not.toMatch(/NaN|Infinity|undefined|null/);
        const sentences = answer.replace(/^\*\*[^*]*\*\* /, '').split(/(?<=[.)])\.? (?=[A-Z])/);
        for (const sentence of sentences) expect(sentence).toMatch(/\]\([^)]+\)/);
      }
    },
  );

  test('quotes each figure from the row it names', () => {
    const [right, fast, why] = page().answers;
    expect(right).toContain('[633 of 633 comparisons](agreement.md) of 11 ways');
    expect(right).toContain('[at most 2.3e-15](agreement.md#losses-first)');
    expect(right).toContain('[1.63 units of its last digit](accuracy.md)');
    expect(fast).toMatch(/the automatic way takes \[0\.900 to 1\.31 times\]/);
    expect(fast).toMatch(/recorded once and repeated, \[0\.870 to 1\.24 times\]/);
    expect(why).toContain('[41, against 11]');
    expect(why).toMatch(/gradients by hand take \[2\.00 times\]/);
    expect(why).toMatch(/on the largest network, \[1\.30 times\]/);
    expect(why).toMatch(/automatic instead of by hand, \[1\.11 times\]/);
    expect(why).toMatch(/in small pieces, \[2\.22 times\]/);
  });

  test('its quotients stand in the table below', () => {
    const { whole } = page();
    expect(whole).toMatch(/W1: by hand in small pieces ÷ automatic in large ones \| 2\.00×/);
    expect(whole).toMatch(/W4: by hand in small pieces ÷ automatic in large ones \| 1\.30×/);
    expect(whole).toMatch(/W1: automatic ÷ by hand, same pieces \| 1\.11×/);
  });

  test('does not clear the ways to differentiate where comparisons disagree', () => {
    expect(page().answers[0]).toMatch(/is not the reason\./);
    const [broken] = page(BROKEN).answers;
    expect(broken).toContain('[30 of 633 comparisons](agreement.md) of 11 ways');
    expect(broken).not.toMatch(/Both, if|as closely as|is not the reason/);
  });

  test('says what remains undecided', () => {
    expect(page(UNDECIDED).answers[0]).toContain('3 remain undecided');
    expect(page().answers[0]).not.toContain('undecided');
  });

  test('blames the pieces only where they change the time more than the engine does', () => {
    expect(page().answers[2]).toMatch(/the pieces cost, not who derived the formula\.$/);
    const dear = page(DEAR_TAPE).answers[2];
    expect(dear).toMatch(/it matters who derived the formula, not the pieces\.$/);
    expect(dear).toContain('Measured here, [it was not]');
    const both = page({ speed: { W1: { ...RATIOS.W1, 'tape-fused': 2 } } }).answers[2];
    expect(both).toMatch(/: both matter\.$/);
    expect(page(VOID).answers[2]).toContain('not comparably');
  });
});
