import { sci, sig, times } from '../../report/format.ts';
import { type Block, type Cell, text, verdict } from '../../report/report.ts';
import type { CustomOrAutomaticFigures } from './figures.ts';
import type { Speed } from './speed.ts';
import { recordingCost } from './speed-blocks.ts';

/** The author's own guesses, each with what was found. */
export const hypothesesBlock = (figures: CustomOrAutomaticFigures): Block => {
  const { gradients, graph, drift } = figures;
  const isStill = graph.differing === 0;
  const isAgreed = gradients.disagreeing === 0;
  const isForwardOnly = graph.callsRecording === graph.operations;
  return {
    kind: 'table',
    name: 'hypotheses',
    columns: [
      { key: 'guess', title: 'the author’s guess', align: 'left' },
      { key: 'verdict', title: '', align: 'left' },
      { key: 'evidence', title: 'evidence', align: 'left' },
    ],
    rows: [
      [
        text('the graph is dynamically adjusted'),
        holds(!isStill),
        text(
          'The tapes of the first epoch and of the last were recorded and compared: ' +
            (isStill
              ? `the same ${graph.nodes} nodes, the same operations on the same operands in the same order. It cannot be otherwise: what is recorded follows from layers and shapes, and no number is looked at. Built anew at each step, the graph comes out the same; only the numbers in it change, such as the loss from ${sig(graph.losses[0])} to ${sig(graph.losses[1])}.`
              : `${graph.differing} of ${graph.nodes} nodes differ.`),
        ),
      ],
      [
        text('together with the optimiser, it changes the results'),
        holds(!isAgreed),
        text(
          `One optimiser served both; it reads gradients and parameters, never the graph. Before it, at the same parameters, ${gradients.disagreeing} of ${gradients.compared} pairs of gradients disagree; ` +
            `after 1,000 steps of it, trained apart, no parameter is further off than ${sci(drift.automatic)}.`,
        ),
      ],
      [text('tracing the graph wastes time'), ...tracing(figures)],
      [
        text('each derivative is recorded'),
        holds(!isForwardOnly),
        text(
          `Recording made ${graph.callsRecording} kernel calls for ${graph.operations} operations: ${isForwardOnly ? 'the forward pass and nothing more' : 'not one each'}. ` +
            `The ${graph.callsBackward} calls of the derivatives are made on the walk back. The tape keeps operations and their values.`,
        ),
      ],
    ],
  };
};

const holds = (does: boolean): Cell =>
  does ? verdict('holds', 'good') : verdict('does not hold', 'bad');

function tracing({ speed }: CustomOrAutomaticFigures): [Cell, Cell] {
  if (!speed) {
    return [
      verdict('not recorded', 'open'),
      text('`npm run bench` measures what recording costs.'),
    ];
  }
  const costs = speed.workloads.map((workload) => ({
    of: workload.workload,
    cost: recordingCost(workload),
  }));
  const most = Math.max(...costs.map(({ cost }) => cost));
  return [
    verdict(`some: up to ${times(most)} on batches`, 'open'),
    text(
      'A tape written anew at each step, over the same tape written once and replayed, takes ' +
        `${costs.map(({ of, cost }) => `${times(cost)} the time on ${of}`).join(', ')} (quotients of the ratios above, fused operations). ${onOneSample(speed)}`,
    ),
  ];
}

/** Where there is little else to do, the tape is most of a step. */
function onOneSample({ batches }: Speed): string {
  const one = batches.find(({ rows }) => rows === 1);
  if (!one) return '';
  return `It weighs where a step is tiny: on a single sample the tape takes ${times(one.tape)} the time of the formulas by hand.`;
}
