import type { Told } from '../tell.ts';

/** Section 1.1: the network of ready-made layers. */
export const model: Told = {
  'linear-shape': {
    en: {
      textSays: 'The weight of `torch.nn.Linear` is `[in_features, out_features]`.',
      codeDoes: (e) => {
        e.given('xWT', true);
        return `\`nn.Linear(2, 5).weight\` is [${e.count('rows')}, ${e.count('cols')}], and y = x Wᵀ + b. The text describes Paddle's.`;
      },
      weDo: "`fc1.weight` is `[out, in]` and y = x Wᵀ + b, as PyTorch's `state_dict` has it.",
    },
    zh: {
      textSays: '`torch.nn.Linear` 的权重形状为 `[in_features, out_features]`。',
      codeDoes: (e) => {
        e.given('xWT', true);
        return `\`nn.Linear(2, 5).weight\` 的形状是 [${e.count('rows')}, ${e.count('cols')}]，计算 y = x Wᵀ + b。文中写的是 Paddle 的约定。`;
      },
      weDo: '`fc1.weight` 为 `[out, in]`，y = x Wᵀ + b，与 PyTorch 的 `state_dict` 一致。',
    },
  },
  'linear-extra-dimensions': {
    en: {
      textSays:
        '`Linear` takes inputs [batch, *, in] and gives [batch, *, out], with any further dimensions for *.',
      codeDoes: (e) => {
        e.given('asRows', true);
        return `So it does: \`nn.Linear(2, 5)\` makes ${e.code('outputs')} of ${e.code('inputs')}, row by row.`;
      },
      weDo: 'A batch is a matrix [N, in]; whoever has more dimensions lays them out as rows first.',
    },
    zh: {
      textSays:
        '`Linear` 接受 [batch, *, in] 的输入，输出 [batch, *, out]，* 可以是任意的额外维度。',
      codeDoes: (e) => {
        e.given('asRows', true);
        return `确实如此：\`nn.Linear(2, 5)\` 把 ${e.code('inputs')} 变成 ${e.code('outputs')}，逐行计算。`;
      },
      weDo: '批次是矩阵 [N, in]；有更多维度时，先把它们排成行。',
    },
  },
  'linear-attr': {
    en: {
      textSays:
        '`Linear` takes `weight_attr` and `bias_attr`; `nn.initializer` has the initialisers.',
      codeDoes: (e) => {
        e.given('biasFalse', true);
        return `Both are Paddle's. PyTorch raises ${e.code('weightAttr')}; ${e.code('biasAttr')}; ${e.code('initializer')}. What leaves the bias out is \`bias=False\`.`;
      },
      weDo: 'Initialisers are functions given by slot or layer to `initialise`; an unknown slot is an error that lists those there are.',
    },
    zh: {
      textSays: '`Linear` 接受 `weight_attr`、`bias_attr`，初始化器在 `nn.initializer` 中。',
      codeDoes: (e) => {
        e.given('biasFalse', true);
        return `两者都是 Paddle 的接口。PyTorch 报错：${e.code('weightAttr')}；${e.code('biasAttr')}；${e.code('initializer')}。去掉偏置要写 \`bias=False\`。`;
      },
      weDo: '初始化器是函数，按参数名或层名传给 `initialise`；名字不存在即报错，并列出可用的名字。',
    },
  },
  'comment-initialisers': {
    en: {
      textSays: "The model's comments: weights Gaussian, biases constant.",
      codeDoes: (e) =>
        `Neither is set. PyTorch's default stays, uniform within 1/√in (the largest value is ${e.number('ofBound')} of that), and biases differ: ${e.number('bias0')}, ${e.number('bias1')}, ….`,
      weDo: "PyTorch's default is ours as well, by its name: `torchLinear`. Gaussian and constant are `normal` and `constant`.",
    },
    zh: {
      textSays: '模型注释称：权重用高斯分布、偏置用常量初始化。',
      codeDoes: (e) =>
        `两者都没有设置，仍是 PyTorch 的默认值：在 ±1/√in 内均匀分布（最大值为该界的 ${e.number('ofBound')} 倍），偏置各不相同：${e.number('bias0')}、${e.number('bias1')}……`,
      weDo: '默认也用 PyTorch 的规则，但有名字：`torchLinear`。高斯与常量分别是 `normal` 和 `constant`。',
    },
  },
};
