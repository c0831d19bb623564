import type { GradientMethod, PreparedGradient } from '../gradients/method.ts';
import { type Batch, targetColumns } from '../model/batch.ts';
import { type Model, sequential } from '../model/model.ts';
import { type Dtype, dtypeOf } from '../numeric/dtype.ts';
import { type Matrix, zeros } from '../numeric/matrix.ts';
import { initialise } from '../params/initialise.ts';
import { assertLayout, copyParams, type Params, zeroParams } from '../params/params.ts';
import { accuracyOf, type Metric } from './accuracy.ts';
import { type Best, isBetter } from './best.ts';
import { definedValue } from './defined-value.ts';
import type { OptimiserState } from './optimiser.ts';
import { assertParts, type RunnerParts } from './runner-parts.ts';
import { type TrainOptions, trainOptions } from './train-options.ts';
import { reporter } from './training-report.ts';
import { asBatch, asRows, type Rows, type TrainingSet } from './training-set.ts';

/** One set through the model: more score is better, less loss is better. */
export interface Evaluation {
  readonly score: number;
  readonly loss: number;
}

/**
 * One number an epoch. Train figures are from before the epoch's update, dev figures from after; an
 * epoch that failed in between has none, so that between trainings all four are of one length.
 */
export interface History {
  readonly trainLoss: readonly number[];
  readonly trainScore: readonly number[];
  readonly devLoss: readonly number[];
  readonly devScore: readonly number[];
}

/**
 * Trains a model and judges it, as the course's RunnerV2_2 (Qiu Xipeng, nndl): one class because
 * parameters, optimiser state and histories belong together and change together.
 */
export class Runner {
  readonly model: Model;
  readonly #method: GradientMethod;
  readonly #metric: Metric;
  readonly #optimiser: OptimiserState;
  readonly #params: Params;
  readonly #dtype: Dtype;
  readonly #prepared = new Map<number, PreparedGradient>();
  readonly #history = {
    trainLoss: [] as number[],
    trainScore: [] as number[],
    devLoss: [] as number[],
    devScore: [] as number[],
  };
  #best: Best | null = null;
  #training = false;

  constructor(parts: RunnerParts) {
    assertParts(parts);
    const { model, optimiser, method, metric, loss, params } = parts;
    this.model = loss ? sequential(model.inputs, model.layers, loss, model.name) : model;
    if (params) assertLayout('runner params', params, model.layout);
    this.#params = params ? copyParams(params) : initialise(model.layout);
    this.#dtype = dtypeOf(this.#params.values);
    this.#method = method;
    this.#metric = metric ?? accuracyOf(this.model);
    this.#optimiser = optimiser.start(model.layout, this.#dtype);
  }

  /** The present parameters: a copy. */
  get params(): Params {
    return copyParams(this.#params);
  }

  /** Every epoch of every `train` so far: a view that grows with the next. */
  get history(): History {
    return this.#history;
  }

  /** The best model of the latest `train` that had an epoch, as dev judged it; null before it. */
  get best(): Best | null {
    return this.#best;
  }

  /**
   * Full-batch training. Each epoch: loss and score on `train` recorded, fresh gradients, the hook,
   * the update, `dev` evaluated and recorded, the best model kept and saved, unless its score or loss
   * is not finite. Throws for an option it does not know and for data that do not fit, before anything
   * is changed; and what the hook throws, which ends the training: that epoch leaves no trace in the
   * histories, and where the hook threw, none in the parameters.
   */
  async train(
    trainSet: TrainingSet,
    devSet: TrainingSet,
    options: TrainOptions = {},
  ): Promise<void> {
    const { epochs, logEvery, savePath, hook, print, bar } = await trainOptions(options);
    const [train, dev] = [asBatch('train set', trainSet), asBatch('dev set', devSet)];
    const [step, judge] = [await this.#prepare(train), await this.#prepare(dev)];
    const grads = zeroParams(this.model.layout, this.#dtype);
    const outputs = zeros(train.inputs.rows, this.model.outputs, this.#dtype);
    // Data that do not fit, the metric's targets too, are found before the first step.
    this.#evaluate(step, train);
    this.#evaluate(judge, dev);
    if (this.#training) throw new Error('train: this runner is training already; await that first');
    this.#training = true;
    if (epochs > 0) this.#best = null;
    const report = reporter({ epochs, logEvery, print, bar });
    try {
      for (let epoch = 0; epoch < epochs; epoch++) {
        const loss = step.valueAndGrad(this.#params, train, grads, { outputs });
        const score = this.#metric(outputs, train.targets);
        this.#history.trainLoss.push(loss);
        this.#history.trainScore.push(score);
        if (hook) report.clear(); // it may print
        await hook?.({ epoch, loss, score, params: this.#params, grads });
        this.#optimiser.stepInPlace(this.#params, grads);

        const found = this.#evaluate(judge, dev);
        this.#history.devLoss.push(found.loss);
        this.#history.devScore.push(found.score);
        if (isBetter(found, this.#best)) {
          const old = this.#best;
          this.#best = { epoch, ...found, params: copyParams(this.#params) };
          if (savePath !== null) await this.saveModel(savePath);
          report.best(old, this.#best);
        }
        report.epoch(epoch, loss);
      }
    } finally {
      const whole = this.#history.devScore.length; // the last of an epoch's figures
      for (const figures of Object.values(this.#history)) figures.length = whole;
      this.#training = false;
      report.clear();
    }
  }

  /** Score and loss on a set; no gradient is computed and no history written. */
  async evaluate(set: TrainingSet): Promise<Evaluation> {
    const batch = asBatch('set', set);
    return this.#evaluate(await this.#prepare(batch), batch);
  }

  /** The outputs [rows, outputs] for these inputs; changes nothing. */
  async predict(given: Rows): Promise<Matrix> {
    const inputs = asRows('inputs', given);
    const targets = zeros(inputs.rows, targetColumns(this.model)); // valid for every loss
    const outputs = zeros(inputs.rows, this.model.outputs, this.#dtype);
    const prepared = await this.#prepare({ inputs, targets });
    this.#value(prepared, { inputs, targets }, outputs);
    return outputs;
  }

  /** Writes the present parameters as safetensors, whole or not at all. */
  async saveModel(path: string): Promise<void> {
    // Only here are files touched: everything else runs in a browser.
    const node = await import('../node/params-file.ts');
    await node.saveParams(path, this.#params);
  }

  /** Reads parameters of this model's layout; where the file is wrong, throws and keeps the old ones. */
  async loadModel(path: string): Promise<void> {
    const node = await import('../node/params-file.ts');
    const { values } = await node.loadParams(path, this.model.layout, this.#dtype);
    this.#params.values.set(values);
  }

  #evaluate(prepared: PreparedGradient, set: Batch): Evaluation {
    const outputs = zeros(set.inputs.rows, this.model.outputs, this.#dtype);
    const loss = this.#value(prepared, set, outputs);
    return { score: this.#metric(outputs, set.targets), loss };
  }

  #value(prepared: PreparedGradient, set: Batch, outputs: Matrix): number {
    return prepared.value
      ? prepared.value(this.#params, set, { outputs })
      : definedValue(this.model, this.#params, set, outputs);
  }

  /** Once for each number of rows: that is all a preparation depends on. */
  async #prepare({ inputs: { rows } }: Batch): Promise<PreparedGradient> {
    const known = this.#prepared.get(rows);
    if (known) return known;
    const found = await this.#method.prepare(this.model, { rows }, { dtype: this.#dtype });
    if (found.kind === 'unsupported') {
      throw new RangeError(`${this.#method.name} cannot train ${this.model.name}: ${found.why}`);
    }
    this.#prepared.set(rows, found.run);
    return found.run;
  }
}
