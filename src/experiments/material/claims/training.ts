import { median } from '../../statistics.ts';
import { type Claim, judged } from '../claim.ts';
import { count, percent, range, sig } from '../write.ts';
import { settingOf } from './setting-of.ts';

/** Sections 1.3 and 1.4: the first training and its test. */
export const trainingClaims: readonly Claim[] = [
  {
    id: 'loss-026',
    section: '1.3',
    says: { en: 'The loss comes to 0.26.', zh: '损失达到 0.26。' },
    source: 'two-layer',
    judge({ figures: { 'two-layer': two } }) {
      const { low, high } = range(two.loss.seeds, sig);
      return judged({
        holds: isWithin(0.26, two.loss.seeds),
        evidence: {
          en: `${sig(two.loss.own)} for the page’s seed, ${low} to ${high} over ${two.loss.seeds.length} seeds.`,
          zh: `页面所用种子为 ${sig(two.loss.own)}，${two.loss.seeds.length} 个种子为 ${low} 到 ${high}。`,
        },
      });
    },
  },
  {
    id: 'accuracy-09',
    section: '1.3',
    says: { en: 'The accuracy comes to 0.9000.', zh: '精度达到 0.9000。' },
    source: 'two-layer',
    judge({ figures: { 'two-layer': two } }) {
      const { low, high } = range(two.bestDev.seeds, percent);
      return judged({
        holds: isWithin(0.9, two.bestDev.seeds),
        evidence: {
          en: `Best on dev: ${percent(two.bestDev.own)} % for the page’s seed, ${low} to ${high} % over ${two.bestDev.seeds.length} seeds. One run says no more than that.`,
          zh: `验证集最优：页面所用种子为 ${percent(two.bestDev.own)}%，${two.bestDev.seeds.length} 个种子为 ${low}% 到 ${high}%。单独一次运行只能说明这么多。`,
        },
      });
    },
  },
  {
    id: 'loss-keeps-falling',
    section: '1.3',
    says: { en: 'The training loss falls all the time.', zh: '训练集的损失不断下降。' },
    source: 'two-layer',
    judge({ figures: { 'two-layer': two, 'three-layer': three } }) {
      const { seeds } = two.lossRises;
      const fast = median(settingOf(three, '2-5-1', 5).seeds.map(({ rises }) => rises));
      return judged({
        holds: Math.max(...seeds) === 0,
        evidence: {
          en: `Epochs at which it does not fall: ${count(Math.max(...seeds))} in the worst of ${seeds.length} seeds. (At learning rate 5, ${count(fast)} in the median.)`,
          zh: `没有下降的轮数：${seeds.length} 个种子中最多 ${count(Math.max(...seeds))} 轮。（学习率为 5 时，中位数为 ${count(fast)} 轮。）`,
        },
      });
    },
  },
  {
    id: 'accuracies-rise',
    section: '1.3',
    says: {
      en: 'The accuracy rises on the training set and on the test set (the plot shows dev).',
      zh: '训练集和测试集的精度都在上升（图中其实是验证集）。',
    },
    source: 'two-layer',
    judge({ figures: { 'two-layer': two } }) {
      const { firstScore, lastScore, firstDev, lastDev, scoreFalls } = two;
      const isHigher = (last: readonly number[], first: readonly number[]): boolean =>
        last.every((score, i) => score > first[i]!);
      const rises =
        isHigher(lastScore.seeds, firstScore.seeds) && isHigher(lastDev.seeds, firstDev.seeds);
      const medians = [firstScore, lastScore, firstDev, lastDev].map(({ seeds }) =>
        percent(median(seeds)),
      );
      const falls = count(median(scoreFalls.seeds));
      return judged({
        holds: rises && Math.max(...scoreFalls.seeds) === 0,
        onlyIf: {
          isMet: rises,
          en: 'the last epoch is compared with the first: in between it falls, too',
          zh: '只比较最后一轮与第一轮（其间也有下降）',
        },
        evidence: {
          en: `Medians, first epoch and last: training ${medians[0]} and ${medians[1]} %, dev ${medians[2]} and ${medians[3]} %; from one epoch to the next the training accuracy falls ${falls} times.`,
          zh: `中位数（第一轮、最后一轮）：训练集 ${medians[0]}%、${medians[1]}%，验证集 ${medians[2]}%、${medians[3]}%；训练精度逐轮比较有 ${falls} 次下降。`,
        },
      });
    },
  },
  {
    id: 'last-will-do',
    section: '1.4',
    says: {
      en: 'If the best model cannot be loaded, the one just trained will do.',
      zh: '不能加载最优模型时，直接用训练完的模型就可以。',
    },
    source: 'three-layer',
    judge({ figures: { 'three-layer': three } }) {
      const lostAt = (rate: number): number =>
        Math.max(
          ...three.settings
            .filter((setting) => setting.rate === rate)
            .flatMap(({ seeds }) => seeds.map(({ testBest, testLast }) => testBest - testLast)),
        );
      const [slow, fast] = [lostAt(0.2), lostAt(5)];
      return judged({
        holds: slow <= LITTLE && fast <= LITTLE,
        onlyIf: { isMet: slow <= LITTLE, en: 'the learning rate is small', zh: '学习率较小' },
        evidence: {
          en: `On the test set the last model scores below the best by at most ${percent(slow)} points at rate 0.2, by up to ${percent(fast)} at rate 5 (both networks, all seeds).`,
          zh: `测试集上，最后的模型比最优模型最多低：学习率 0.2 时 ${percent(slow)} 个百分点，学习率 5 时 ${percent(fast)} 个百分点（两个网络，全部种子）。`,
        },
      });
    },
  },
  {
    id: 'test-high',
    section: '1.4',
    says: { en: 'The accuracy on the test set is high.', zh: '模型在测试集上取得了较高的准确率。' },
    source: 'two-layer',
    judge({ figures: { 'two-layer': two, 'three-layer': three, 'zero-init': zero } }) {
      const test = median(two.testOfLast.seeds);
      const possible = median(settingOf(three, '2-5-1', 5).seeds.map(({ testLast }) => testLast));
      const line = zero.starts.find(({ start }) => start === 'one hidden unit')!;
      const straight = median(
        line.seeds.map(({ dev }) => dev.find((d) => d.epochs === 1000)!.score),
      );
      const { low, high } = range(two.testOfLast.seeds, percent);
      return judged({
        holds: test >= possible - LITTLE,
        onlyIf: {
          isMet: test - HALF > possible - test,
          en: 'it is compared with guessing',
          zh: '与随机猜测相比',
        },
        evidence: {
          en: `${low} to ${high} % over ${two.testOfLast.seeds.length} seeds, in the median ${percent(test)} %. The same network reaches ${percent(possible)} % at rate 5, and a single hidden unit, which draws a straight line, ${percent(straight)} % on dev.`,
          zh: `${two.testOfLast.seeds.length} 个种子为 ${low}% 到 ${high}%，中位数 ${percent(test)}%。同一网络在学习率 5 下可达 ${percent(possible)}%；只有一个隐藏单元（即一条直线）在验证集上也有 ${percent(straight)}%。`,
        },
      });
    },
  },
];

/** The score of guessing between two classes of about the same size. */
const HALF = 0.5;
/** Two standard errors of an accuracy of 90 % on 200 points: 2 √(0.9 · 0.1 / 200). */
const LITTLE: number = 2 * Math.sqrt((0.9 * 0.1) / 200);

const isWithin = (value: number, values: readonly number[]): boolean =>
  value >= Math.min(...values) && value <= Math.max(...values);
