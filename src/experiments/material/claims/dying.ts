import { laterWoken } from '../../dying-relu/revivals.ts';
import { type Claim, judged } from '../claim.ts';
import { count, sig } from '../write.ts';
import { trainingOf } from './dying-moves.ts';
import { isRemedy } from './remedy.ts';

/** Section 3: units that die, and the remedies named. */
export const dyingClaims: readonly Claim[] = [
  {
    id: 'relu-may-die',
    section: '3',
    says: {
      en: 'ReLU units easily die, and then the network is hard to train.',
      zh: 'ReLU 容易出现死亡问题，使网络难以训练。',
    },
    source: 'dying-relu',
    judge({ figures: { 'dying-relu': dying } }) {
      const { deadAtDefault, seeds } = dying;
      const { loss, epochs } = trainingOf(dying, 'default-relu');
      return judged({
        holds: deadAtDefault.seedsWithOne > seeds / 2 && deadAtDefault.seedsWithLayer > 0,
        evidence: {
          en: `From PyTorch’s default ${deadAtDefault.meanUnits.toFixed(1)} of 12 units are dead on average, and in ${deadAtDefault.seedsWithLayer} of ${seeds} seeds a whole layer. The page’s own: after ${count(epochs)} epochs a loss of ${sig(loss.last)} (ln 2 is 0.693).`,
          zh: `从 PyTorch 默认值开始，12 个单元平均有 ${deadAtDefault.meanUnits.toFixed(1)} 个死亡，${seeds} 个种子中有 ${deadAtDefault.seedsWithLayer} 个整层死亡。页面所用种子 ${count(epochs)} 轮后损失为 ${sig(loss.last)}（ln 2 为 0.693）。`,
        },
      });
    },
  },
  {
    id: 'zero-below-zero',
    section: '3',
    says: {
      en: 'For x < 0 the output of ReLU is always 0.',
      zh: '当 x < 0 时，ReLU 的输出恒为 0。',
    },
    source: 'dying-relu',
    judge({ figures: { 'dying-relu': dying } }) {
      const { own } = dying.cases.relu;
      return judged({
        holds: own.every((norm) => norm === 0),
        evidence: {
          en: `With biases of −8 the last layer’s weights, whose gradient is made of those outputs, have a gradient of ${sig(own.at(-1)!)}.`,
          zh: `偏置为 −8 时，最后一层权重的梯度由这些输出算得，为 ${sig(own.at(-1)!)}。`,
        },
      });
    },
  },
  {
    id: 'dead-for-ever',
    section: '3',
    says: {
      en: 'A unit that no training point activates has a gradient of 0 for ever, and never wakes.',
      zh: '在所有训练数据上都不被激活的神经元，梯度永远是 0，永远不能再被激活。',
    },
    source: 'dying-relu',
    judge({ figures: { 'dying-relu': dying } }) {
      const { changed, epochs } = trainingOf(dying, 'relu');
      const { rate, layers } = dying.revivals;
      const [first, later] = [layers[0]!, laterWoken(dying.revivals)];
      return judged({
        holds: changed === 0 && first.woken === 0 && later.woken === 0,
        onlyIf: {
          isMet: changed === 0 && first.woken === 0,
          en: 'what it is given never changes: in the first layer, or behind dead layers only',
          zh: '它的输入不变（在第一层，或前面各层全部死亡）',
        },
        evidence: {
          en: `All dead (biases −8): ${changed} of ${dying.hiddenParameters} hidden parameters change in ${count(epochs)} epochs. From PyTorch’s default at rate ${rate}, of the dead units of layer 1 ${first.woken} of ${first.dead} are active after ${dying.revivals.epochs} epochs, of layers 2 to 4 ${later.woken} of ${later.dead}: the layers before them learn.`,
          zh: `全部死亡（偏置 −8）：${count(epochs)} 轮中 ${dying.hiddenParameters} 个隐藏层参数有 ${changed} 个变化。从 PyTorch 默认值开始、学习率 ${rate}，${dying.revivals.epochs} 轮后重新激活的死亡单元：第 1 层 ${first.dead} 个中 ${first.woken} 个，第 2 至 4 层 ${later.dead} 个中 ${later.woken} 个，因为前面的层在学习。`,
        },
      });
    },
  },
  {
    id: 'leaky-remedy',
    section: '3',
    says: {
      en: 'A simple and effective remedy is Leaky ReLU.',
      zh: '简单有效的优化方式是换成 Leaky ReLU。',
    },
    source: 'dying-relu',
    judge: isRemedy('leaky-0.01', 'Leaky ReLU'),
  },
  {
    id: 'elu-remedy',
    section: '3',
    says: { en: 'ELU is such a remedy, too.', zh: 'ELU 也是这样的优化方式。' },
    source: 'dying-relu',
    judge: isRemedy('elu', 'ELU'),
  },
];
