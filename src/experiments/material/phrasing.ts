import type { Language } from './said.ts';

/** How many of the claims came to what. */
export interface Tally {
  readonly claims: number;
  readonly hold: number;
  readonly holdIf: number;
  readonly fail: number;
  /** Not judged, since their figures were not recorded. */
  readonly open: number;
}

/** The page in one language, but for its claims and findings. */
export interface Phrasing {
  readonly title: string;
  /** A link to the same page in the other language. */
  readonly other: string;
  summary(tally: Tally): string;
  readonly intro: string;
  readonly claims: {
    readonly heading: string;
    readonly columns: readonly [
      section: string,
      says: string,
      verdict: string,
      figures: string,
      command: string,
    ];
    readonly holds: string;
    holdsIf(condition: string): string;
    readonly fails: string;
    readonly open: string;
  };
  readonly findings: {
    readonly heading: string;
    intro(count: number, torch: string): string;
    readonly none: string;
    readonly columns: readonly [section: string, textSays: string, codeDoes: string, weDo: string];
  };
}

const BOOK = '邱锡鹏, 神经网络与深度学习, 2020 ([nndl.github.io](https://nndl.github.io/))';

export const phrasings: { readonly [L in Language]: Phrasing } = {
  en: {
    title: 'What the material claims, and what happens',
    other: '[中文](material.zh-CN.md)',
    summary: ({ claims, hold, holdIf, fail, open }) =>
      `**Of ${claims} claims ${hold} hold, ${holdIf} hold only under a condition, ${fail} do not hold${open === 0 ? '' : `; ${open} could not be judged`}.**`,
    intro:
      `The source material is a course chapter after ${BOOK}. Below stands every sentence of it that says what happens, paraphrased, beside what did happen; “1 附” is the addendum to section 1, 总结 the closing question. ` +
      'Each verdict is computed from the figures beside it, over 20 seeds unless they say otherwise; the command makes them again, and the page linked above it shows them in full. ' +
      'This page is written by `npx backproof experiment run --all`.',
    claims: {
      heading: 'What it says',
      columns: ['section', 'the material says', 'verdict', 'figures', 'from'],
      holds: 'holds',
      holdsIf: (condition) => `holds only if ${condition}`,
      fails: 'does not hold',
      open: 'not recorded',
    },
    findings: {
      heading: 'What its code does',
      intro: (count, torch) =>
        `The chapter’s code was run in PyTorch ${torch}, in float64, with seed 0 where a row does not say how many. In most of these ${count} rows it does something else than the text says, or than a reader would expect. ` +
        'Each row is measured by `python3 bench/pytorch/material.py` ([material.py](../bench/pytorch/material.py)).',
      none: 'No findings were recorded: `python3 bench/pytorch/material.py` measures them.',
      columns: ['section', 'the text says', 'the code does', 'we do'],
    },
  },
  zh: {
    title: '原文的说法与实际结果',
    other: '[English](material.md)',
    summary: ({ claims, hold, holdIf, fail, open }) =>
      `**${claims} 个说法中，${hold} 个成立，${holdIf} 个只在一定条件下成立，${fail} 个不成立${open === 0 ? '' : `；${open} 个无法判断`}。**`,
    intro:
      '原文是一章课程笔记，主要参考邱锡鹏《神经网络与深度学习》（2020，[nndl.github.io](https://nndl.github.io/)）。下面逐条列出原文中预言“会发生什么”的句子（转述），旁边是实际发生的结果；“1 附”指第一节的附录，“总结”指最后的思考题。' +
      '每个结论都由旁边的数字算出，未注明时为 20 个种子；用所列命令可以重新得到这些数字，命令上方链接的页面（英文）有完整的表格与图。' +
      '本页由 `npx backproof experiment run --all` 写出。',
    claims: {
      heading: '原文的说法',
      columns: ['章节', '原文说', '结论', '数字', '来源'],
      holds: '成立',
      holdsIf: (condition) => `有条件成立：${condition}`,
      fails: '不成立',
      open: '没有记录',
    },
    findings: {
      heading: '代码实际做了什么',
      intro: (count, torch) =>
        `这一章的代码在 PyTorch ${torch} 中实际运行过：float64，未注明时种子为 0。以下 ${count} 行中的大多数，代码的行为与文字不符，或出乎读者意料。` +
        '每一行都由 `python3 bench/pytorch/material.py` 测得（[material.py](../bench/pytorch/material.py)）。',
      none: '没有记录：可用 `python3 bench/pytorch/material.py` 测量。',
      columns: ['章节', '文字说', '代码做', '本项目的做法'],
    },
  },
};
