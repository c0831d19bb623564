import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { experiments } from '../src/experiments/experiments.ts';
import { brokenLinks, experimentRows, parts, resultRows, rows, words } from './readme-parts.ts';

const read = (path: string): string => readFileSync(path, 'utf8');
const ENGLISH = 'README.md';
const CHINESE = 'README.zh-CN.md';
const english = read(ENGLISH);
const chinese = read(CHINESE);
const names = Object.values(experiments).map(({ name }) => name);

/** Every heading of the README and what the Chinese one calls it, in their order. */
const HEADINGS: readonly (readonly [english: string, chinese: string])[] = [
  ['# backproof', '# backproof'],
  ['## Check a gradient of your own', '## 检验自己的梯度'],
  ["## The material's experiments", '## 原文的实验'],
  ['## One sample, twice', '## 同一个样本，算两遍'],
  ['## In your own code', '## 在自己的代码里使用'],
  ['### Hold gradients against one another', '### 核对梯度'],
  ['### Train, save, load', '### 训练、保存、加载'],
  ['## Ten words', '## 十个术语'],
  ['## Where to read on', '## 接着读什么'],
];

/** The material's sections, as its readers look them up. */
const SECTIONS = [
  ...['一', '1.1', '1.2', '1.3', '1.4', '附', '2.1', '2.1', '2.2.1', '2.2.2', '2.2.3'],
  ...['三、3.1', '3.2', '总结思考题', '总结思考题'],
];

/** Figures that both READMEs quote, and where the experiment's page has them. */
const QUOTES: readonly {
  readonly experiment: (typeof names)[number];
  readonly page: RegExp;
  readonly english: RegExp;
  readonly chinese: RegExp;
}[] = [
  {
    experiment: 'two-layer',
    page: /^\| training loss at the last epoch \| (?<loss>[\d.]+) \|[\s\S]*^\| best dev score \| (?<dev>[\d.]+) \|/m,
    english: /a training loss of (?<loss>[\d.]+) and a best dev accuracy of (?<dev>[\d.]+)/,
    chinese: /训练损失 (?<loss>[\d.]+)，验证集准确率最高 (?<dev>[\d.]+)/,
  },
  {
    experiment: 'three-layer',
    page: /^\| 2-5-3-1 \| 0\.2 \| (?<of>\d+) \| (?<layer>\d+) \|[\s\S]*^\| 2-5-1 \| 5 \| \k<of> \| (?<rate>\d+) \|/m,
    english:
      /with the rate alone (?<rate>\d+) of (?<of>\d+) seeds reach 99 % on dev, with the layer alone (?<layer>\d+) of \k<of>/,
    chinese:
      /只改学习率，(?<of>\d+) 个种子中有 (?<rate>\d+) 个在验证集上达到 99%；只加一层，\k<of> 个中有 (?<layer>\d+) 个/,
  },
  {
    experiment: 'zero-init',
    page: /At rate 5 (?<random>\d+) of (?<starts>\d+) random starts reach 99 %.*zero start does in (?<zero>\d+) of (?<seeds>\d+) seeds/,
    english:
      /at rate 5, (?<zero>\d+) of (?<seeds>\d+) seeds reach 99 %, of random starts (?<random>\d+) of (?<starts>\d+)/,
    chinese:
      /学习率为 5 时，(?<seeds>\d+) 个种子中有 (?<zero>\d+) 个达到 99%，随机初始化则 (?<starts>\d+) 次中有 (?<random>\d+) 次/,
  },
  {
    experiment: 'vanishing-gradients',
    page: /With sigmoids and small weights it loses (?<all>[\d.]+) powers of ten.*slopes and (?<weights>[\d.]+) through the weights/,
    english:
      /the gradient loses (?<all>[\d.]+) powers of ten on its way back, (?<weights>[\d.]+) of them/,
    chinese: /小了 (?<all>[\d.]+) 个数量级，其中 (?<weights>[\d.]+) 个来自过小的权重/,
  },
  {
    experiment: 'dying-relu',
    page: /^\| N\(0, 0\.01²\), biases −8 \| Leaky ReLU, slope 0\.01 \| (?<first>[\de.-]+) \|/m,
    english: /leaves the first layer a gradient of (?<first>[\de.-]+)/,
    chinese: /第一层只有 (?<first>[\de.-]+)/,
  },
  {
    experiment: 'custom-or-automatic',
    page: /Trained apart, no parameter differs by more than (?<engine>[\de.-]+);[\s\S]*Another draw of the start moves parameters by (?<start>[\d.]+),/,
    english:
      /end within (?<engine>[\de.-]+) of each other; another draw of the start moves parameters by (?<start>[\d.]+);/,
    chinese: /参数相差不超过 (?<engine>[\de.-]+)；初值重新抽一次，参数就相差 (?<start>[\d.]+)；/,
  },
  {
    experiment: 'silent-mistakes',
    page: /(?<normal>\d+) do at one rate at least[\s\S]*A gradient check catches all (?<all>\d+)\*\*/,
    english: /(?<normal>\d+) of (?<all>\d+) typical mistakes/,
    chinese: /(?<all>\d+) 种典型错误中，有 (?<normal>\d+) 种/,
  },
];

describe('the two READMEs', () => {
  test('say the same, heading by heading and command by command', () => {
    expect(differences(english, chinese)).toEqual([]);
  });

  test.each([ENGLISH, CHINESE])('%s: links lead to files and headings that exist', (path) => {
    expect(brokenLinks(read(path), path)).toEqual([]);
  });

  test('quote the figures of the experiments as their pages have them', () => {
    expect(misquoted(english, 'english')).toEqual([]);
    expect(misquoted(chinese, 'chinese')).toEqual([]);
  });
});

describe('what must be found, planted in a copy of the Chinese README', () => {
  test.each<readonly [what: string, from: string | RegExp, to: string, found: RegExp]>([
    ['a heading removed', '## 十个术语\n', '', /headings/],
    ['a heading one level lower', '### 核对梯度', '#### 核对梯度', /headings/],
    ['a heading replaced', '## 接着读什么', '## 许可', /headings/],
    ['a command in a block', 'npm ci && npm test', 'npm test', /"# backproof": code/],
    ['a command in a sentence', 'experiment run --all', 'experiment run', /实验": commands/],
    ['an option', '--seed 7', '--seeds 7', /实验": commands/],
    ['a command in the table', 'run zero-init`', 'run zero`', /zero-init: no row/],
    ['an experiment', /^.*\/three-layer\.md\).*\n/m, '', /three-layer: no row/],
    ['a section of the material', '| 2.2.3 |', '| 2.2.4 |', /sections/],
    ['a line of code', 'learningRate: 0.2', 'learningRate: 5', /训练、保存、加载": code/],
    ['a number of the tape', '0.04937 0.09874\n', '0.04937 0.9874\n', /样本，算两遍": code/],
    ['a figure of the result', /\d\.\d\d× \|$/m, '9.99× |', /result/],
    ['a row of the result', /^\| 自动，用计算记录 \| 小块.*\n/m, '', /result/],
    ['one of the ten words', '| 拉回 |', '| 拉后 |', /words/],
  ])('%s', (_, from, to, found) => {
    expect(differences(english, planted(from, to)).join('\n')).toMatch(found);
  });

  test.each([
    ['another file', '(derivations/linear.md)', '(derivations/linera.md)'],
    ['another heading', '(#训练保存加载)', '(#训练)'],
  ])('a link to %s', (_, from, to) => {
    expect(brokenLinks(planted(from, to), CHINESE)).toContain(to.slice(1, -1));
  });

  test.each<readonly [what: string, from: string | RegExp, to: string, found: RegExp]>([
    ['another figure', /训练损失 [\d.]+/, '训练损失 9.87', /^two-layer: got .*9\.87/],
    ['a figure that moved', /其中 [\d.]+ 个/, '其中 98.7 个', /^vanishing-gradients: got/],
    ['a sentence without it', /第一层只有 [\de.-]+/, '第一层很小', /^dying-relu: got null/],
    ['a figure of no page', '理论密度曲线', '0.123456 的误差', /^init-distributions: 0\.123456/],
  ])('%s quoted', (_, from, to, found) => {
    expect(misquoted(planted(from, to), 'chinese').join('\n')).toMatch(found);
  });

  function planted(from: string | RegExp, to: string): string {
    const copy = chinese.replace(from, to);
    expect(copy).not.toBe(chinese);
    return copy;
  }
});

/** Where the two do not say the same: nothing if they do. */
function differences(a: string, b: string): readonly string[] {
  const [left, right] = [parts(a), parts(b)];
  const found: string[] = [];
  const hold = (what: string, expected: unknown, got: unknown): void => {
    const [x, y] = [JSON.stringify(expected), JSON.stringify(got)];
    if (x !== y) found.push(`${what}: got ${y}, expected ${x}`);
  };
  for (const [language, of] of [left, right].entries()) {
    hold(
      'headings',
      HEADINGS.map((heading) => heading[language]),
      of.map(({ heading }) => heading),
    );
  }
  for (const [i, { heading, code, spans }] of right.entries()) {
    hold(`"${heading}": code`, left[i]?.code, code);
    hold(`"${heading}": commands and names`, left[i]?.spans, spans);
  }
  for (const [name, text] of names.flatMap((n) => [a, b].map((t) => [n, t] as const))) {
    if (experimentRows(text, name).length === 0) found.push(`${name}: no row with its command`);
  }
  hold(
    'sections',
    SECTIONS,
    rows(b)
      .filter((cells) => cells[3]?.startsWith('`npx '))
      .map(([section]) => section),
  );
  hold('result', resultRows(a), resultRows(b));
  hold('words', words(a), words(b));
  return found;
}

/** What a README says of experiments and their pages do not: another figure, or a number they lack. */
function misquoted(readme: string, language: 'english' | 'chinese'): readonly string[] {
  const other = QUOTES.flatMap((quote) => {
    const expected = figures(pageOf(quote.experiment), quote.page);
    const got = figures(readme, quote[language]);
    return got !== null && got === expected
      ? []
      : [`${quote.experiment}: got ${got}, expected ${expected}`];
  });
  const lacking = names.flatMap((name) => {
    const outcomes = experimentRows(readme, name).map((cells) => cells.at(-1)!);
    const known = new Set(numbers(pageOf(name)));
    return numbers(outcomes.join('\n'))
      .filter((number) => !known.has(number))
      .map((number) => `${name}: ${number} is not on its page`);
  });
  return [...other, ...lacking];
}

const pageOf = (name: string): string => read(`reports/experiments/${name}.md`);

/** What the named groups caught, by name: Chinese names the whole before the part. */
function figures(text: string, where: RegExp): string | null {
  const groups = text.match(where)?.groups;
  return groups ? JSON.stringify(Object.entries(groups).sort()) : null;
}

const numbers = (text: string): readonly string[] => text.match(/\d+(?:\.\d+)?(?:e-?\d+)?/g) ?? [];
