import type { Told } from '../tell.ts';

/** Section 1.2: RunnerV2_2. */
export const runner: Told = {
  'set-state-dict': {
    en: {
      textSays: 'Models are loaded with `set_state_dict`.',
      codeDoes: (e) => `PyTorch has no such method: ${e.code('error')}.`,
      weDo: '`loadModel` reads safetensors, refuses what does not fit, and then leaves the model as it was.',
    },
    zh: {
      textSays: '模型加载时使用 `set_state_dict` 方法。',
      codeDoes: (e) => `PyTorch 没有这个方法：${e.code('error')}。`,
      weDo: '`loadModel` 读取 safetensors，不匹配的文件一律拒绝，且模型保持原样。',
    },
  },
  'eval-mode-never-left': {
    en: {
      textSays: '`train` switches the model to training mode.',
      codeDoes: (e) => {
        e.given('trainingAfter', false);
        return `Once, before the loop; \`evaluate\` leaves training mode and nothing returns to it. Of ${e.count('epochs')} epochs ${e.count('inTrainMode')} ran in training mode. It does no harm here; with dropout it would.`;
      },
      weDo: 'There are no modes: what is random or stateful is in the batch.',
    },
    zh: {
      textSays: '`train` 将模型切换为训练模式。',
      codeDoes: (e) => {
        e.given('trainingAfter', false);
        return `只在循环之前切换一次；\`evaluate\` 切到评估模式后再没有切回。${e.count('epochs')} 轮中只有 ${e.count('inTrainMode')} 轮处于训练模式。这里无害，若有 dropout 就会出错。`;
      },
      weDo: '没有训练与评估两种模式：随机的、有状态的内容都在批次数据里。',
    },
  },
  'train-before-dev-after': {
    en: {
      textSays:
        'Train and dev figures of an epoch belong together; the plot draws them at the same x.',
      codeDoes: (e) =>
        `Train figures are from before the update, dev figures from after. With the training set as dev set, ${e.count('together')} of ${e.count('epochs')} losses agree; dev loss equals the next epoch's train loss ${e.count('shifted')} times. Train loss is that before the step ${e.count('trainBefore')} times.`,
      weDo: "The same order, so that curves compare with the material's; `History` says so.",
    },
    zh: {
      textSays: '每一轮的训练指标与验证指标画在同一横坐标上，视为一组。',
      codeDoes: (e) =>
        `训练指标取自更新前，验证指标取自更新后。把训练集当验证集用，${e.count('epochs')} 轮中同轮损失相等的有 ${e.count('together')} 轮；验证损失等于下一轮训练损失的有 ${e.count('shifted')} 次。训练损失等于更新前损失的有 ${e.count('trainBefore')} 轮。`,
      weDo: '顺序相同，以便与原文曲线比较；`History` 的说明写明了这一点。',
    },
  },
  'saved-after-update': {
    en: {
      textSays: 'Where the dev score is the best so far, the model is saved.',
      codeDoes: (e) => {
        e.given('devOff', 0);
        return `The file is the state after the update. Its dev score is the one recorded, its train loss is not: at epoch ${e.count('epoch')} ${e.exact('trainLossRecorded')} is recorded, and the file has ${e.exact('trainLossOfFile')}.`;
      },
      weDo: 'Likewise after the update; `best` says after whose, with score, loss and the parameters scored.',
    },
    zh: {
      textSays: '某一轮指标最优时保存该模型。',
      codeDoes: (e) => {
        e.given('devOff', 0);
        return `保存的是更新之后的状态：验证得分与记录一致，训练损失却不一致：第 ${e.count('epoch')} 轮记录 ${e.exact('trainLossRecorded')}，文件中的模型为 ${e.exact('trainLossOfFile')}。`;
      },
      weDo: '同样取更新之后的状态；`best` 写明是哪一轮更新之后，并带有得分、损失和对应的参数。',
    },
  },
  'best-by-accuracy-alone': {
    en: {
      textSays: 'The best model is kept.',
      codeDoes: (e) =>
        `By accuracy alone and strictly more of it, so the first of equals stays. Of ${e.count('epochs')} epochs the last saved is ${e.count('epoch')}, dev accuracy ${e.exact('score')}, loss ${e.exact('loss')}; ${e.count('passedOver')} later epochs score the same with less loss, down to ${e.exact('lowest')}.`,
      weDo: 'Of equal scores the lower loss is better.',
    },
    zh: {
      textSays: '保存最优模型。',
      codeDoes: (e) =>
        `只比准确率，且要求严格大于，所以并列时保留最先的一个。${e.count('epochs')} 轮中最后保存的是第 ${e.count('epoch')} 轮，验证准确率 ${e.exact('score')}，损失 ${e.exact('loss')}；此后有 ${e.count('passedOver')} 轮准确率相同而损失更低，最低 ${e.exact('lowest')}。`,
      weDo: '得分相同时，损失更低者更优。',
    },
  },
  'best-from-zero': {
    en: {
      textSays: 'The best model is saved during training.',
      codeDoes: (e) =>
        `The best score starts at 0, so a model that scores 0 is never saved. On the dev points of one class, ${e.count('epochs')} epochs reach at most ${e.exact('bestScore')} and save ${e.count('saved')} times; loading raises ${e.code('error')}.`,
      weDo: 'The best score starts at −∞: the first epoch is always saved.',
    },
    zh: {
      textSays: '训练过程中保存最优模型。',
      codeDoes: (e) =>
        `最优得分从 0 起，所以得分为 0 的模型永远不会保存。只用一个类别的验证点时，${e.count('epochs')} 轮的最高得分为 ${e.exact('bestScore')}，保存 ${e.count('saved')} 次；加载时报错 ${e.code('error')}。`,
      weDo: '最优得分从 −∞ 起：第一轮总会保存。',
    },
  },
  'best-forgotten-by-train': {
    en: {
      textSays: '`best_score` is the best over all training (全局最优).',
      codeDoes: (e) =>
        `It is a local variable of \`train\`. After ${e.count('epochs')} epochs with a best of ${e.exact('best')}, one more call saves its first epoch over it: the file now scores ${e.exact('savedAfter')}.`,
      weDo: '`best` is that of the latest `train`, and its documentation says so.',
    },
    zh: {
      textSays: '`best_score` 记录全局最优指标。',
      codeDoes: (e) =>
        `它只是 \`train\` 的局部变量。训练 ${e.count('epochs')} 轮、最优 ${e.exact('best')} 之后再调用一次，第一轮就覆盖了文件：文件得分变为 ${e.exact('savedAfter')}。`,
      weDo: '`best` 是最近一次 `train` 的最优，文档中写明。',
    },
  },
  'file-extension': {
    en: {
      textSays: 'Models are saved as `best_model.pdparams`, says the comment on the default.',
      codeDoes: (e) => {
        e.given('zips', 2);
        return `The default is ${e.code('default')}; 2.2.2, 2.2.3 and 3.2 do pass Paddle's \`.pdparams\`. Of ${e.count('files')} files, one of each name, both are PyTorch's zip archive.`;
      },
      weDo: 'Models are saved as safetensors, which both PyTorch and we read, written whole or not at all.',
    },
    zh: {
      textSays: '注释称默认保存为 `best_model.pdparams`。',
      codeDoes: (e) => {
        e.given('zips', 2);
        return `默认其实是 ${e.code('default')}；2.2.2、2.2.3、3.2 又传入 Paddle 的扩展名 \`.pdparams\`。两种名字的文件共 ${e.count('files')} 个，内容都是 PyTorch 的 zip 格式。`;
      },
      weDo: '保存为 safetensors，PyTorch 与本项目都能读；写入是原子的。',
    },
  },
  'logits-are-probabilities': {
    en: {
      textSays: "The runner calls the model's output `logits`.",
      codeDoes: (e) =>
        `It is a probability, ${e.number('low')} to ${e.number('high')} on the training set. Whoever trusts the name and takes the loss from logits gets ${e.number('asNamed')} instead of ${e.number('loss')}.`,
      weDo: 'The loss is part of the model: `bce` takes probabilities, `bce_with_logits` logits, and accuracy splits at 0.5 or at 0 accordingly.',
    },
    zh: {
      textSays: '运行器把模型输出叫作 `logits`。',
      codeDoes: (e) =>
        `其实是概率，在训练集上为 ${e.number('low')} 到 ${e.number('high')}。若照名字换用 logits 版的损失，得到 ${e.number('asNamed')}，而不是 ${e.number('loss')}。`,
      weDo: '损失是模型的一部分：`bce` 接受概率，`bce_with_logits` 接受 logits，准确率相应以 0.5 或 0 为界。',
    },
  },
};
