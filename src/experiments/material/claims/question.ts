import type { CustomOrAutomaticFigures } from '../../custom-or-automatic/figures.ts';
import type { Speed, SpeedRow, WorkloadSpeed } from '../../custom-or-automatic/speed.ts';
import { type Claim, type Facts, type Judgement, judged } from '../claim.ts';
import { count, range, sig } from '../write.ts';

/** The closing question: by hand or automatic. */
export const questionClaims: readonly Claim[] = [
  {
    id: 'by-hand-fastest',
    section: '总结',
    says: {
      en: 'In theory gradients by hand take the least time.',
      zh: '理论上，自定义梯度的运算时间应该最短。',
    },
    source: 'speed',
    judge: bySpeed(({ workloads }) => {
      const material = workloads[0]!;
      const tape = workloads.map(({ ratios }) => ratios['tape-fused']);
      const { low, high } = range(tape, sig);
      const puzzle = over(material, 'manual-textbook', 'tape-fused');
      return judged({
        holds: puzzle <= 1 && tape[0]! >= 1,
        onlyIf: {
          isMet: tape[0]! >= 1,
          en: 'both do the same operations',
          zh: '两者使用同样的运算',
        },
        evidence: {
          en: `The same fused operations: the tape takes ${low} to ${high} times as long as formulas by hand (2-5-1: ${sig(tape[0]!)}). By hand symbol by symbol, against a tape of fused operations: ${sig(puzzle)} times (2-5-1).`,
          zh: `同样的合并运算：自动梯度的用时是手推公式的 ${low} 至 ${high} 倍（2-5-1 为 ${sig(tape[0]!)} 倍）。逐个符号手写，与合并运算的自动梯度相比为 ${sig(puzzle)} 倍（2-5-1）。`,
        },
      });
    }),
  },
  {
    id: 'derivatives-recorded',
    section: '总结',
    says: {
      en: 'Automatic gradients record the result of every derivative.',
      zh: '自动梯度把每次求导结果都记录下来。',
    },
    source: 'custom-or-automatic',
    judge: byGraph(({ graph }) =>
      judged({
        holds: graph.callsRecording > graph.operations,
        evidence: {
          en: `Recording makes ${graph.callsRecording} kernel calls for ${graph.operations} operations of the forward pass; the ${graph.callsBackward} calls for derivatives come on the walk back.`,
          zh: `记录时为前向的 ${graph.operations} 个运算调用内核 ${graph.callsRecording} 次；求导的 ${graph.callsBackward} 次调用都在反向遍历时进行。`,
        },
      }),
    ),
  },
  {
    id: 'walk-and-chain-rule',
    section: '总结',
    says: {
      en: 'Automatic gradients follow the graph from root to leaves and apply the chain rule.',
      zh: '自动梯度从根到叶子结点追踪图，利用链式法则计算。',
    },
    source: 'custom-or-automatic',
    judge: byGraph(({ graph, gradients }) =>
      judged({
        holds: graph.callsBackward > 0 && gradients.disagreeing === 0,
        evidence: {
          en: `The tape of ${graph.nodes} nodes is walked back from the loss, in ${graph.callsBackward} kernel calls; ${count(gradients.disagreeing)} of ${count(gradients.compared)} gradients disagree with the formulas by hand.`,
          zh: `${graph.nodes} 个节点的记录从损失开始反向遍历，调用内核 ${graph.callsBackward} 次；与手推公式比较 ${count(gradients.compared)} 次，不一致 ${count(gradients.disagreeing)} 次。`,
        },
      }),
    ),
  },
  {
    id: 'tracing-wastes-time',
    section: '总结',
    says: {
      en: 'Automatic gradients should take longer, since following the graph wastes a lot of time.',
      zh: '自动梯度应该更慢，因为追踪图浪费很多时间。',
    },
    source: 'speed',
    judge: bySpeed(({ workloads, batches }) => {
      const { low, high } = range(workloads.map(recording), sig);
      const one = batches.find(({ rows }) => rows === 1);
      const single = one ? sig(one.tape) : null;
      return judged({
        holds: recording(workloads[0]!) > MUCH,
        onlyIf: {
          isMet: one !== undefined && one.tape > MUCH,
          en: 'a step is tiny, as with a single sample',
          zh: '每一步的计算量极小，例如只有一个样本',
        },
        evidence: {
          en: `On batches a tape written anew at each step takes ${low} to ${high} times as long as one written once and replayed.${single ? ` On a single sample it takes ${single} times as long as formulas by hand.` : ''}`,
          zh: `成批计算时，每步重新记录的用时是记录一次、反复重放的 ${low} 至 ${high} 倍。${single ? `只有一个样本时，自动梯度的用时是手推公式的 ${single} 倍。` : ''}`,
        },
      });
    }),
  },
  {
    id: 'automatic-was-faster',
    section: '总结',
    says: {
      en: 'In practice the automatic gradient took less time than the one by hand.',
      zh: '现实中，自动梯度的时间少于自定义梯度的时间。',
    },
    source: 'speed',
    judge: bySpeed(({ workloads }) => {
      const { ratios } = workloads[0]!;
      const toTape = (row: SpeedRow): number => over(workloads[0]!, row, 'tape-fused');
      const puzzle = toTape('manual-textbook');
      return judged({
        holds: ratios['tape-fused'] < 1,
        onlyIf: {
          isMet: puzzle > 1,
          en: 'the formulas are programmed symbol by symbol, and the framework’s operations are large',
          zh: '公式逐个符号写成程序，而框架使用合并的大块运算',
        },
        evidence: {
          en: `2-5-1, over a tape of fused operations: by hand symbol by symbol ${sig(puzzle)} times as long, in a textbook Matrix class ${sig(toTape('matrix-class'))}, by hand with the same fused operations ${sig(toTape('manual-fused'))}.`,
          zh: `2-5-1，与合并运算的自动梯度相比：逐个符号手写为 ${sig(puzzle)} 倍，用教科书式的矩阵类为 ${sig(toTape('matrix-class'))} 倍，手写同样的合并运算为 ${sig(toTape('manual-fused'))} 倍。`,
        },
      });
    }),
  },
  {
    id: 'graph-adjusts-itself',
    section: '总结',
    says: {
      en: 'Perhaps automatic gradients are faster since the graph (DAG) is adjusted dynamically.',
      zh: '自动梯度更快，可能是因为内部的 DAG 动态调整。',
    },
    source: 'custom-or-automatic',
    judge: byGraph(({ graph }) =>
      judged({
        holds: graph.differing > 0,
        evidence: {
          en: `Of ${graph.nodes} nodes ${graph.differing} differ between the first epoch and the last.`,
          zh: `第一轮与最后一轮的计算图，${graph.nodes} 个节点中不同的有 ${graph.differing} 个。`,
        },
      }),
    ),
  },
  {
    id: 'results-differ',
    section: '总结',
    says: {
      en: 'The results by hand and automatic differ greatly.',
      zh: '自定义梯度和自动梯度的计算结果差别很大。',
    },
    source: 'custom-or-automatic',
    judge: byGraph(({ gradients, drift, changes, homework }) =>
      judged({
        holds: gradients.disagreeing > 0,
        onlyIf: {
          isMet: homework.engines !== 'agree',
          en: 'the exercise is the homework’s',
          zh: '题目是作业中的那一道',
        },
        evidence: {
          en: `Of ${count(gradients.compared)} pairs of gradients ${count(gradients.disagreeing)} disagree; trained apart, no parameter differs by more than ${sig(drift.automatic)}. Another start moves the loss by up to ${sig(changes.draw.highest)}; the homework’s copied formula, which is wrong, ends at ${sig(homework.copiedLosses.at(-1)!)} instead of ${sig(homework.rightLosses.at(-1)!)}.`,
          zh: `${count(gradients.compared)} 对梯度中不一致的有 ${count(gradients.disagreeing)} 对；分别训练后，参数相差不超过 ${sig(drift.automatic)}。换一次随机初始化，损失最多变化 ${sig(changes.draw.highest)}；作业里流传的错误公式最终损失为 ${sig(homework.copiedLosses.at(-1)!)}，而不是 ${sig(homework.rightLosses.at(-1)!)}。`,
        },
      }),
    ),
  },
  {
    id: 'graph-and-optimiser',
    section: '总结',
    says: {
      en: 'Perhaps results differ because DAG and optimiser together keep adjusting the graph.',
      zh: '结果不同，可能是因为 DAG 加上优化器，导致计算图不断被调整。',
    },
    source: 'custom-or-automatic',
    judge: byGraph(({ graph, drift, changes }) =>
      judged({
        holds: graph.differing > 0,
        evidence: {
          en: `${graph.differing} of ${graph.nodes} nodes change in a whole training. With one optimiser for both, the final loss by the tape of the same operations differs by at most ${sig(changes.tape.highest)}, parameters by ${sig(drift.automatic)}.`,
          zh: `整个训练中 ${graph.nodes} 个节点有 ${graph.differing} 个改变。两者使用同一个优化器，同样的运算下自动梯度的最终损失至多相差 ${sig(changes.tape.highest)}，参数至多相差 ${sig(drift.automatic)}。`,
        },
      }),
    ),
  },
];

/** "A lot of time": half as much again. */
const MUCH = 1.5;

/** How many times as long one row takes as another, as `reports/speed.md` has it: rounds are interleaved. */
const over = ({ ratios }: WorkloadSpeed, row: SpeedRow, base: SpeedRow): number =>
  ratios[row] / ratios[base];

/** A tape written anew at each step, over the same tape written once and replayed. */
const recording = (workload: WorkloadSpeed): number => over(workload, 'tape-fused', 'replay-fused');

function byGraph(
  judge: (figures: CustomOrAutomaticFigures) => Judgement,
): (facts: Facts) => Judgement {
  return ({ figures }) => judge(figures['custom-or-automatic']);
}

/** Judges by the committed report of speed; open where there is none. */
function bySpeed(judge: (speed: Speed) => Judgement): (facts: Facts) => Judgement {
  return ({ figures }) => {
    const { speed } = figures['custom-or-automatic'];
    return speed
      ? judge(speed)
      : {
          kind: 'open',
          evidence: {
            en: 'Not recorded: experiments never time anything.',
            zh: '没有记录：实验从不计时。',
          },
        };
  };
}
