import { DISTRIBUTIONS } from '../../init-distributions/samples.ts';
import { median } from '../../statistics.ts';
import { after } from '../../zero-init/outcome.ts';
import type { StartName } from '../../zero-init/starts.ts';
import { byTorch, type Claim, judged } from '../claim.ts';
import { count, percent, range, sig } from '../write.ts';
import { at, everySeed, startOf, total, zeroStarts } from './zero-starts.ts';

/** Section 2.1: parameters of zero. */
export const zerosClaims: readonly Claim[] = [
  {
    id: 'same-activations',
    section: '2.1',
    says: {
      en: 'From zeros, all hidden units have the same activation in the first forward pass.',
      zh: '全零初始化时，第一遍前向计算中所有隐藏层神经元的激活值都相同。',
    },
    source: 'zero-init',
    judge({ figures: { 'zero-init': zero } }) {
      const { states, differing } = total(zeroStarts(zero).flatMap(everySeed));
      return judged({
        holds: differing === 0,
        evidence: {
          en: `Weights, bias and gradients of the units differ in a bit in ${count(differing)} of ${count(states)} states, the first among them; units that differ in none have the same activations.`,
          zh: `各单元的权重、偏置和梯度：${count(states)} 个状态（包括最初的）中有任何一位不同的为 ${count(differing)} 个；没有任何不同的单元，激活值也相同。`,
        },
      });
    },
  },
  {
    id: 'same-updates',
    section: '2.1',
    says: {
      en: 'Going backward, all weights get the same update.',
      zh: '反向传播时，所有权重的更新也都相同。',
    },
    source: 'pytorch',
    judge: byTorch(({ zeros: { units, rows, values } }) =>
      judged({
        holds: rows === 1 && values === 1,
        onlyIf: {
          isMet: rows === 1,
          en: 'it is said of the units: the weights of one unit differ from one another',
          zh: '说的是单元之间（同一单元的各个权重并不相同）',
        },
        evidence: {
          en: `After a training from zeros \`fc1.weight\` has ${rows} distinct row for ${units} units, and in it ${values} distinct values.`,
          zh: `从零开始训练之后，\`fc1.weight\` 的 ${units} 个单元只有 ${rows} 种行，其中有 ${values} 个不同的值。`,
        },
      }),
    ),
  },
  {
    id: 'symmetric-weights',
    section: '2.1',
    says: {
      en: 'So hidden units never become different: their weights stay symmetric.',
      zh: '因此隐藏层神经元没有差异性，出现对称权重。',
    },
    source: 'zero-init',
    judge({ figures: { 'zero-init': zero } }) {
      const [slow, fast] = zeroStarts(zero);
      const [byHand, byTape] = [total([slow.own.twins, fast.own.twins]), total(zero.twinsByTape)];
      const high = [fast, startOf(zero, 'one hidden unit', 5)].map(({ seeds }) =>
        percent(Math.max(...at(seeds, LATER))),
      );
      return judged({
        holds: byHand.differing === 0 && byTape.differing === 0,
        evidence: {
          en: `Differences in a bit: by hand in ${count(byHand.differing)} of ${count(byHand.states)} states, by the tape in ${count(byTape.differing)} of ${count(byTape.states)}. At rate 5 no seed gets above ${high[0]} % on dev, with one hidden unit instead of five not above ${high[1]} %.`,
          zh: `有任何一位不同的状态：手推 ${count(byHand.states)} 个中 ${count(byHand.differing)} 个，自动 ${count(byTape.states)} 个中 ${count(byTape.differing)} 个。学习率 5 时，验证集最高 ${high[0]}%；只用一个隐藏单元最高 ${high[1]}%。`,
        },
      });
    },
  },
  {
    id: 'half-right',
    section: '2.1',
    says: { en: 'The accuracy is about 50 %.', zh: '二分类准确率为 50% 左右。' },
    source: 'zero-init',
    judge({ figures: { 'zero-init': zero } }) {
      const { seeds } = startOf(zero, 'zeros', 0.2);
      const [early, late] = [at(seeds, FEW), at(seeds, LATER)];
      const [first, last] = [range(early, percent), range(late, percent)];
      return judged({
        holds: late.every(isAboutHalf) && early.every(isAboutHalf),
        onlyIf: {
          isMet: early.every(isAboutHalf),
          en: 'training stops after a few epochs (there, 5)',
          zh: '只训练很少几轮（原文 5 轮）',
        },
        evidence: {
          en: `Dev accuracy over ${seeds.length} seeds: after 5 epochs ${first.low} to ${first.high} %, after 1,000 ${last.low} to ${last.high} %, in the median ${percent(median(late))} %.`,
          zh: `${seeds.length} 个种子的验证准确率：5 轮后 ${first.low}% 到 ${first.high}%，1,000 轮后 ${last.low}% 到 ${last.high}%，中位数 ${percent(median(late))}%。`,
        },
      });
    },
  },
  {
    id: 'learnt-nothing',
    section: '2.1',
    says: {
      en: 'The accuracy shows that a model that begins with zeros learns nothing.',
      zh: '这样的准确率说明全零初始化的模型没有学到任何内容。',
    },
    source: 'zero-init',
    judge({ figures: { 'zero-init': zero } }) {
      const random = RANDOM.flatMap((start) => at(startOf(zero, start, 0.2).seeds, FEW));
      const alike = random.filter(isAboutHalf).length;
      const late = at(startOf(zero, 'zeros', 0.2).seeds, LATER);
      const learnt = late.filter((score) => score > LEARNT).length;
      return judged({
        holds: alike < random.length / 2 && learnt < late.length / 2,
        onlyIf: {
          isMet: learnt < late.length / 2,
          en: 'it is trained for longer: after 5 epochs most random starts look the same',
          zh: '训练更久（5 轮后大多数随机初始化也是如此）',
        },
        evidence: {
          en: `After 5 epochs ${alike} of ${random.length} trainings from random starts are at 40–60 % as well. After 1,000, ${learnt} of ${late.length} from zeros are above 80 %.`,
          zh: `5 轮后，随机初始化的 ${random.length} 次训练中也有 ${alike} 次在 40%–60%。1,000 轮后，从零开始的 ${late.length} 次中有 ${learnt} 次超过 80%。`,
        },
      });
    },
  },
  {
    id: 'loss-hardly-falls',
    section: '2.1',
    says: {
      en: 'Training and dev loss hardly fall.',
      zh: '训练和验证 loss 几乎没有怎么下降。',
    },
    source: 'zero-init',
    judge({ figures: { 'zero-init': zero } }) {
      const { seeds } = startOf(zero, 'zeros', 0.2);
      const early = seeds.map(({ trainLoss }) => trainLoss);
      const late = median(seeds.map((outcome) => after(outcome, LATER).loss));
      const { low, high } = range(early, sig);
      return judged({
        holds: late > HARDLY,
        onlyIf: {
          isMet: early.every((loss) => loss > HARDLY),
          en: 'it is said of the first few hundred epochs',
          zh: '说的是最初的几百轮',
        },
        evidence: {
          en: `Training loss after 200 epochs: ${low} to ${high} over ${seeds.length} seeds (ln 2 is 0.693). Dev loss after 1,000: ${sig(late)} in the median.`,
          zh: `${seeds.length} 个种子 200 轮后的训练损失为 ${low} 到 ${high}（ln 2 为 0.693）；1,000 轮后验证损失的中位数为 ${sig(late)}。`,
        },
      });
    },
  },
  {
    id: 'random-remedy',
    section: '2.1',
    says: {
      en: 'Normal or uniform random numbers avoid symmetric weights.',
      zh: '用高斯分布或均匀分布初始化，可以避免对称权重。',
    },
    source: 'zero-init',
    judge({
      figures: {
        'zero-init': zero,
        'init-distributions': { gaussian, uniform },
      },
    }) {
      const { states, differing } = total(
        PROPOSED.flatMap((start) =>
          [0.2, 5].flatMap((rate) => everySeed(startOf(zero, start, rate))),
        ),
      );
      const fast = (start: StartName): string => {
        const late = at(startOf(zero, start, 5).seeds, LATER);
        return `${late.filter((score) => score >= 0.99).length}/${late.length}`;
      };
      const repeated = gaussian.repeated + uniform.repeated;
      const names = [DISTRIBUTIONS.gaussian.name, DISTRIBUTIONS.uniform.name];
      return judged({
        holds: differing === states && repeated === 0,
        evidence: {
          en: `Hidden units differ in ${count(differing)} of ${count(states)} states; of the samples drawn, ${repeated} repeat. Seeds with 99 % at rate 5: ${names[0]} ${fast('N(0, 1)')}, ${names[1]} ${fast('U(−1, 1)')}, zeros ${fast('zeros')}.`,
          zh: `隐藏单元在 ${count(states)} 个状态中有 ${count(differing)} 个互不相同；所抽样本中重复 ${repeated} 个。学习率 5 时达到 99% 的种子：${names[0]} ${fast('N(0, 1)')}，${names[1]} ${fast('U(−1, 1)')}，全零 ${fast('zeros')}。`,
        },
      });
    },
  },
];

/** Epochs that the material runs, and that its first training has. */
const FEW = 5;
const LATER = 1000;

const RANDOM: readonly StartName[] = ['N(0, 1)', 'U(−1, 1)', 'PyTorch’s default'];
/** What the material proposes. */
const PROPOSED: readonly StartName[] = ['N(0, 1)', 'U(−1, 1)'];

/** As the page on zeros has it. */
const isAboutHalf = (score: number): boolean => score >= 0.4 && score <= 0.6;
/** One class for all never comes near this. */
const LEARNT = 0.8;
/** Nine tenths of ln 2, the loss of always saying ½. */
const HARDLY: number = 0.9 * Math.LN2;
