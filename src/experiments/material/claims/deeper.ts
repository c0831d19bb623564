import { median } from '../../statistics.ts';
import { reaching } from '../../three-layer/effects.ts';
import { type Claim, judged } from '../claim.ts';
import { percent, sig } from '../write.ts';
import { settingOf } from './setting-of.ts';

/** The addendum to section 1: one layer more, and another learning rate. */
export const deeperClaims: readonly Claim[] = [
  {
    id: 'deep-and-fast',
    section: '1 附',
    says: {
      en: 'With a hidden layer of 3 more and learning rate 5, accuracy is 99.5 % and loss 0.009.',
      zh: '增加一个 3 个神经元的隐藏层、学习率调为 5，准确率 99.5%、损失 0.009。',
    },
    source: 'three-layer',
    judge({ figures: { 'three-layer': three } }) {
      const { seeds } = settingOf(three, '2-5-3-1', 5);
      const reached = seeds.filter((o) => o.testLast >= 0.995 && o.testLossLast <= 0.009).length;
      const score = percent(median(seeds.map(({ testLast }) => testLast)));
      const loss = sig(median(seeds.map(({ testLossLast }) => testLossLast)));
      const worst = percent(Math.min(...seeds.map(({ testLast }) => testLast)));
      return judged({
        holds: reached === seeds.length,
        onlyIf: { isMet: reached > 0, en: 'the seed is a good one', zh: '碰上合适的随机种子' },
        evidence: {
          en: `Both at least as good on the test set for ${reached} of ${seeds.length} seeds; medians ${score} % and ${loss}, the worst seed ${worst} %.`,
          zh: `测试集上两项都达到的有 ${seeds.length} 个种子中的 ${reached} 个；中位数 ${score}% 和 ${loss}，最差的种子 ${worst}%。`,
        },
      });
    },
  },
  {
    id: 'layer-earns-it',
    section: '1 附',
    says: {
      en: 'That result comes of adding the layer (the rate is changed in passing).',
      zh: '这是增加一层之后得到的（顺带调整了学习率）。',
    },
    source: 'three-layer',
    judge({ figures: { 'three-layer': three } }) {
      const [layer, rate, both] = (
        [
          ['2-5-3-1', 0.2],
          ['2-5-1', 5],
          ['2-5-3-1', 5],
        ] as const
      ).map(([network, at]) => {
        const { seeds } = settingOf(three, network, at);
        return {
          share: reaching(seeds, 'testLast'),
          of: `${Math.round(reaching(seeds, 'testLast') * seeds.length)}/${seeds.length}`,
        };
      });
      return judged({
        holds: layer!.share > 0.5,
        onlyIf: {
          isMet: both!.share > 0.5 && !(rate!.share > 0.5),
          en: 'the rate is changed as well',
          zh: '同时调整学习率',
        },
        evidence: {
          en: `Seeds with at least 99 % on the test set: the layer alone ${layer!.of}, the rate alone ${rate!.of}, both ${both!.of}.`,
          zh: `测试准确率达到 99% 的种子：只加一层 ${layer!.of}，只改学习率 ${rate!.of}，两者都改 ${both!.of}。`,
        },
      });
    },
  },
];
