import type { Told } from '../tell.ts';

/** Section 2.2: vanishing gradients. */
export const vanishing: Told = {
  'init-never-matches': {
    en: {
      textSays: '`init_weights` sets weights and biases of every linear layer.',
      codeDoes: (e) =>
        `It walks parameters, not layers, and no parameter is a layer: of ${e.count('walked')} visited ${e.count('matched')} match. \`modules()\` would have given ${e.count('linear')}.`,
      weDo: 'Initialisers are given by slot, and a name that matches nothing is an error.',
    },
    zh: {
      textSays: '`init_weights` 初始化每个线性层的权重和偏置。',
      codeDoes: (e) =>
        `它遍历的是参数而不是层，参数永远不是层：访问 ${e.count('walked')} 个，匹配 ${e.count('matched')} 个。用 \`modules()\` 才会得到 ${e.count('linear')} 个。`,
      weDo: '初始化器按参数名指定，匹配不到任何参数的名字会报错。',
    },
  },
  'initialisers-not-callable': {
    en: {
      textSays: '`w_init` and `b_init` are initialisers, N(0, 0.01²) and constant 1.',
      codeDoes: (e) =>
        `They are tensors of ${e.count('numbers')} number, drawn once when the class is defined. Had the test matched, calling them would raise ${e.code('weight')} for weights and ${e.code('bias')} for biases.`,
      weDo: 'Initialisers are functions: `normal(0, 0.01)`, `constant(1)`.',
    },
    zh: {
      textSays: '`w_init` 与 `b_init` 是初始化器：N(0, 0.01²) 与常量 1。',
      codeDoes: (e) =>
        `它们是只含 ${e.count('numbers')} 个数的张量，在类定义时抽取一次。假如真的匹配，调用它们会报错：权重 ${e.code('weight')}，偏置 ${e.code('bias')}。`,
      weDo: '初始化器是函数：`normal(0, 0.01)`、`constant(1)`。',
    },
  },
  'default-init': {
    en: {
      textSays: 'Weights have standard deviation 0.01, biases are 1.',
      codeDoes: (e) =>
        `Sections 2.2 and 3 run on PyTorch's default: the largest weight is ${e.number('largestWeight')}, the largest bias ${e.number('largestBias')}, up to ${e.number('ofBound')} of 1/√in; ${e.count('ones')} of ${e.count('biases')} biases are 1.`,
      weDo: 'What is asked for is set: `normal(0, 0.01)`, `constant(1)`; the default is used where nothing is asked for.',
    },
    zh: {
      textSays: '权重标准差为 0.01，偏置为 1。',
      codeDoes: (e) =>
        `2.2 与 3 用的都是 PyTorch 默认值：最大权重 ${e.number('largestWeight')}，最大偏置 ${e.number('largestBias')}，为 1/√in 的 ${e.number('ofBound')} 倍；${e.count('biases')} 个偏置中等于 1 的有 ${e.count('ones')} 个。`,
      weDo: '要求什么就设置什么：`normal(0, 0.01)`、`constant(1)`；没有要求时才用默认值。',
    },
  },
  'named-sublayers': {
    en: {
      textSays: '`named_sublayers` walks all layers, says the comment.',
      codeDoes: (e) => `That is Paddle's: ${e.code('error')}. The code calls \`named_parameters\`.`,
      weDo: 'A layout lists its slots by name.',
    },
    zh: {
      textSays: '注释称用 `named_sublayers` 遍历所有网络层。',
      codeDoes: (e) =>
        `那是 Paddle 的方法：${e.code('error')}。代码调用的是 \`named_parameters\`。`,
      weDo: '布局按名字列出全部参数。',
    },
  },
  'one-round-is-ten': {
    en: {
      textSays: 'Only one round of training (只进行一轮).',
      codeDoes: (e) =>
        `\`num_epochs=10\`: ${e.count('rounds')} rounds run and print, ${e.count('logged')} lines of loss are logged.`,
      weDo: '`epochs: 1` runs one, and the hook is told which epoch it sees.',
    },
    zh: {
      textSays: '只进行一轮网络优化。',
      codeDoes: (e) =>
        `\`num_epochs=10\`：运行并打印 ${e.count('rounds')} 轮，损失日志 ${e.count('logged')} 行。`,
      weDo: '`epochs: 1` 就是一轮，钩子知道自己看到的是第几轮。',
    },
  },
  'print-grads-prints-weights': {
    en: {
      textSays: '"The gradient of the Layers", for every layer; the comment within says weights.',
      codeDoes: (e) => {
        e.given('areWeights', true);
        return `The weights' own norms: ${e.number('first')} for \`fc1\` and ${e.number('last')} for \`fc5\`, where the gradients' are ${e.number('firstGrad')} and ${e.number('lastGrad')}. Biases are left out: ${e.count('rows')} of ${e.count('tensors')} parameters are printed.`;
      },
      weDo: "The hook gets this epoch's gradients, every slot of them, and the weights apart.",
    },
    zh: {
      textSays: '“The gradient of the Layers”，打印每层梯度；函数内的注释却写“权重的模”。',
      codeDoes: (e) => {
        e.given('areWeights', true);
        return `打印的是权重本身的范数：\`fc1\` 为 ${e.number('first')}，\`fc5\` 为 ${e.number('last')}；梯度的范数其实是 ${e.number('firstGrad')} 与 ${e.number('lastGrad')}。偏置不打印：${e.count('tensors')} 个参数只打印 ${e.count('rows')} 个。`;
      },
      weDo: '钩子得到本轮全部参数的梯度，权重另给。',
    },
  },
  'figure-shows-weights': {
    en: {
      textSays:
        'Figure 4.4: from layer to layer gradients fade under sigmoid, and less so under ReLU, where every layer has its gradient.',
      codeDoes: (e) => {
        e.ascending('sigmoidGrads', 'reluGrads');
        return `The norms printed are those of weights and cannot show it: first layer over last is ${e.number('sigmoidWeights')} under sigmoid, ${e.number('reluWeights')} under ReLU. Of gradients the median over ${e.count('seeds')} seeds is ${e.number('sigmoidGrads')} and ${e.number('reluGrads')}: ReLU's is larger for ${e.count('larger')} seeds, and for ${e.count('none')} there is none in the first layer.`;
      },
      weDo: "The hook gets every slot's gradient, under the slot's name.",
    },
    zh: {
      textSays: '图 4.4：sigmoid 的梯度逐层衰减，改为 ReLU 后有所缓解，每一层的参数都具有梯度值。',
      codeDoes: (e) => {
        e.ascending('sigmoidGrads', 'reluGrads');
        return `打印的是权重范数，看不出这一点：首层与末层之比，sigmoid 为 ${e.number('sigmoidWeights')}，ReLU 为 ${e.number('reluWeights')}。梯度之比在 ${e.count('seeds')} 个种子上的中位数为 ${e.number('sigmoidGrads')} 与 ${e.number('reluGrads')}：ReLU 较大的有 ${e.count('larger')} 个种子，首层完全没有梯度的有 ${e.count('none')} 个。`;
      },
      weDo: '钩子按参数名得到每个参数的梯度。',
    },
  },
  'announced-init-vanishes-too': {
    en: {
      textSays: 'Under ReLU every layer has its gradient.',
      codeDoes: (e) =>
        `Not with the initial values that the text announces: \`fc1\` to \`fc5\` go from ${e.number('reluFirst')} to ${e.number('reluLast')} under ReLU, and from ${e.number('sigmoidFirst')} to ${e.number('sigmoidLast')} under sigmoid. Weights of size 0.01 shrink a gradient at every layer.`,
      weDo: 'Initialisers are chosen apart from activations, so either can be changed alone.',
    },
    zh: {
      textSays: '改为 ReLU 后，每一层的参数都具有梯度值。',
      codeDoes: (e) =>
        `若真按文中的初始值，则不然：从 \`fc1\` 到 \`fc5\`，ReLU 为 ${e.number('reluFirst')} 到 ${e.number('reluLast')}，sigmoid 为 ${e.number('sigmoidFirst')} 到 ${e.number('sigmoidLast')}。0.01 大小的权重使梯度逐层缩小。`,
      weDo: '初始化器与激活函数分开选择，可以只改其一。',
    },
  },
};
