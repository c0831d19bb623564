import {
  type Block,
  type Cell,
  heading,
  none,
  number,
  paragraph,
  text,
} from '../../../src/report/report.ts';
import { left, right } from '../columns.ts';
import type { Tool } from './ask.ts';
import { OTHERS } from './others.ts';
import type { Recorded, RecordedTrial } from './recorded.ts';
import { ascending, sizeText } from './sizes.ts';
import type { VerdictPair } from './verdict-pairs.ts';

/** A tool asked again: the same trials' answers now, or why it was not asked. */
export type Live = { readonly tool: Tool } & (
  | { readonly kind: 'asked'; readonly version: string; readonly trials: readonly RecordedTrial[] }
  | { readonly kind: 'not asked'; readonly why: string }
);

/** The re-implementations beside the tools themselves, on the trials that those were asked about. */
export function realBlocks(
  pairs: readonly VerdictPair[],
  { torch, jax, trials }: Recorded,
  live: readonly Live[],
): Block[] {
  return [
    heading(3, 'The real ones'),
    paragraph(
      `PyTorch's own \`torch.autograd.gradcheck\` (torch ${torch.version}, Python ${torch.python}) and ` +
        `JAX's \`jax.test_util.check_grads\` (jax ${jax.version}, Python ${jax.python}) were given the ` +
        'same gradients in some of these trials, by `bench/checker/gradcheck.py` and ' +
        '`bench/checker/check_grads.py`; their answers are in `bench/checker/gradcheck.json`. ' +
        `${sentence(realSentence(pairs))} ${live.map((l) => liveSentence(l, trials)).join(' ')}`,
    ),
    {
      kind: 'table',
      name: 'detection-real',
      columns: [
        left('size', 'error of the entry'),
        ...OTHERS.flatMap((scheme) => [
          right(scheme, `${scheme}, re-implemented, %`),
          right(`${scheme} real`, 'real, %'),
        ]),
      ],
      rows: ascending(trials.flatMap(({ sizes }) => sizes)).map((size) => [
        text(sizeText(size)),
        ...OTHERS.flatMap((scheme) => {
          const of = pairs.filter((p) => p.scheme === scheme && p.size === size);
          return of.length > 0 ? pairCells(of) : [none('not run'), none('')];
        }),
      ]),
    },
  ];
}

/** Verdicts of the re-implementations that are not those of the tools. */
export const differing = (pairs: readonly VerdictPair[]): number =>
  pairs.filter(({ here, real }) => here !== real).length;

/** Whether the re-implementations are the tools, in a sentence. */
export function realSentence(pairs: readonly VerdictPair[]): string {
  const each = OTHERS.map((scheme) => {
    const of = pairs.filter((p) => p.scheme === scheme);
    return `${differing(of)} of ${of.length} (${scheme})`;
  });
  return (
    `verdicts of the real PyTorch and JAX that differ from the re-implementations', which are given ` +
    `the directions that those draw at every call: ${each.join(', ')}; limit 0`
  );
}

const sentence = (words: string): string => `${words[0]!.toUpperCase()}${words.slice(1)}.`;

const pairCells = (pairs: readonly VerdictPair[]): Cell[] =>
  (['here', 'real'] as const).map((who) =>
    number((100 * pairs.filter((p) => p[who]).length) / pairs.length, 'count'),
  );

/** Verdicts asked for again that came out otherwise than recorded. */
export const changed = (
  trials: readonly RecordedTrial[],
  again: readonly RecordedTrial[],
): number => verdictsOf(again, trials).filter(({ now, before }) => now !== before).length;

function liveSentence(live: Live, trials: readonly RecordedTrial[]): string {
  if (live.kind === 'not asked') return `${live.tool} was not asked again: ${live.why}.`;
  const all = verdictsOf(live.trials, trials).length;
  return (
    `Asked again in this run (${live.tool} ${live.version}), ` +
    `${all - changed(trials, live.trials)} of ${all} verdicts were as recorded.`
  );
}

const verdictsOf = (
  again: readonly RecordedTrial[],
  trials: readonly RecordedTrial[],
): { readonly now: boolean; readonly before: boolean }[] =>
  again.flatMap(({ scheme, activation, trial, sizes, caught }) => {
    const recorded = trials.find(
      (t) => t.scheme === scheme && t.activation === activation && t.trial === trial,
    );
    return sizes.flatMap((size, i) => {
      const at = recorded ? recorded.sizes.indexOf(size) : -1;
      return at < 0 ? [] : [{ now: caught[i]!, before: recorded!.caught[at]! }];
    });
  });
