import type { AnswerFacts, Cause, Times } from './facts.ts';
import { type Phrasing, PUZZLE, STARTS } from './phrasing.ts';

/** The same answer for the material's readers, as short. */
export const chinese: Phrasing = {
  title: '手推梯度还是自动梯度：哪个更快，哪个正确？',
  other: '[English](README.md)',
  answer: (facts) => [
    `**哪个正确？** ${rightness(facts)}` +
      `手推、自动与 PyTorch 三者的损失，相对差[至多 ${facts.loss}](agreement.md#losses-first)。` +
      `与多位数参考值相比，手推梯度的误差一般为[末位的 ${facts.ulps} 个单位](accuracy.md)。`,
    `**哪个更快？** 每批 32 至 640 个样本，同样用大块运算时，自动梯度的用时是手推公式的 [${range(facts.tape)}](${PUZZLE})；只记录一次、反复重放，则是 [${range(facts.replay)}](${PUZZLE})。`,
    `**那为什么你手写的反而慢？** ${facts.slowerByHand ? '' : `在这里测得的结果是[并不慢](${PUZZLE})。`}照着公式逐个符号写代码，会把一步拆成许多小块：在原文的网络上是 [${facts.calls.manual} 次运算，而大块运算只要 ${facts.calls.tape} 次](${PUZZLE})。` +
      `这样手写，用时是大块自动梯度的 [${times(facts.puzzle)}](${PUZZLE})；在最大的网络上是 [${times(facts.puzzleOnLargest)}](${PUZZLE})。` +
      `在原文的网络上每次只改一处：手推换成自动，[${times(facts.engine)}](${PUZZLE})；大块换成小块，[${times(facts.pieces)}](${PUZZLE})${facts.cause ? `：${CAUSES[facts.cause]}` : ''}。`,
  ],
  reports: {
    heading: '报告',
    items: [
      '[agreement.md](agreement.md)：每两种求导方式、每个网络，一对一个数。',
      '[speed.md](speed.md)：每种方式的代价，以及原文作者为什么测出与预期相反的结果。',
      '[accuracy.md](accuracy.md)：每种方式准到多少位，以及符号求导如何膨胀。',
      '[experiments](experiments/README.md)：原文的每个实验，两种方式各跑一遍。',
      '[material.zh-CN.md](material.zh-CN.md)：原文说了什么，它的代码实际做了什么。',
    ],
    written:
      '前三份和本页由 `npm run bench` 写出，再跑一次只会改变测量值；其余由 `npx backproof experiment run --all` 写出。',
  },
  figures: {
    heading: '答案所用的数字',
    columns: ['内容', '测得'],
    agreeing: '一致的比较',
    comparisons: '做过的比较',
    loss: '损失的最大相对差',
    manualAgainstTape: '自动对手推的最大误差 ÷ 容差',
    ulps: '手推梯度误差的中位数（末位单位）',
    engine: '自动 ÷ 手推，同样大块',
    puzzle: '小块手推 ÷ 大块自动',
  },
};

const times = (ratio: Times): string => (ratio === null ? '无法比较' : `${ratio} 倍`);
const range = ([low, high]: readonly [Times, Times]): string =>
  low === null ? times(null) : `${low} 至 ${times(high)}`;

const CAUSES: { readonly [C in Cause]: string } = {
  'pieces-cost': '费时的是拆成小块，而不是公式由谁推导',
  'pieces-pay': '省时的是拆成小块，而不是公式由谁推导',
  engine: '要紧的是公式由谁推导，而不是块的大小',
  both: '两者都有影响',
};

/** What the comparisons say of the ways to differentiate. */
function rightness({ agreement, wrong }: AnswerFacts): string {
  const { comparisons, agreeing, unresolved, ways } = agreement;
  if (wrong > 0) {
    return `并非全部：${ways} 种求梯度的方式两两比较，[${comparisons} 次中有 ${wrong} 次](agreement.md)不一致。`;
  }
  const open = unresolved === 0 ? '' : `，${unresolved} 次无法判定`;
  return (
    `只要公式正确，两者都正确：${ways} 种求梯度的方式两两比较，[${comparisons} 次中有 ${agreeing} 次](agreement.md)在舍入允许的范围内一致${open}。` +
    `两个程序结果相差很大，是因为[初始值不同](${STARTS})，或公式有误：求导方式不是原因。`
  );
}
