import { mistakes as bank } from '../../src/check/mistakes/mistakes.ts';
import { count } from '../../src/report/format.ts';
import { type Block, heading, paragraph } from '../../src/report/report.ts';
import { limitsOf, share } from './mistakes/limits.ts';
import { FULL, type MistakeFigures, QUICK, runMistakes } from './mistakes/run.ts';
import { gridTable, kindTable, limitTable, namingTable, typicalTable } from './mistakes/tables.ts';
import { faults, tally } from './mistakes/tally.ts';
import type { Part, PartContext } from './part.ts';

/** Whether every typical mistake of hand-derived backpropagation is caught and named, and its pairs. */
export async function mistakes({ quick, seed, progress }: PartContext): Promise<Part> {
  return partOf(await runMistakes(quick ? QUICK : FULL, seed, progress));
}

/** The part of the page that these figures make. */
export function partOf(figures: MistakeFigures): Part {
  const limits = limitsOf(figures);
  const { placed, oneLayer, random, pairs } = figures;
  const one = tally([...placed, ...oneLayer, ...random]);
  const two = tally(pairs);
  return {
    ok: limits.every(({ kept }) => kept),
    headline: [
      `typical mistakes on our layers: caught ${share(one.caught, one.planted)}, named ${share(one.naming.named, one.planted)}, wrongly ${count(one.naming.wrongly)}`,
      `pairs of mistakes: caught ${share(two.caught, two.planted)}, wrongly named ${count(two.naming.wrongly)}`,
      ...limits.flatMap(({ what, asked, measured, kept }) =>
        kept ? [] : [`missed: ${what}: ${measured}, asked for ${asked}`],
      ),
    ],
    blocks: [
      heading(2, 'Typical mistakes: caught, and named'),
      paragraph(
        `The bank has ${bank.length} typical mistakes of hand-derived backpropagation, each a gradient method that makes it and is right otherwise. They are planted in every network with a place for them: ${count(placed.length)} times in small ones that have each activation in each place under each loss, ${count(random.length)} times in ${count(figures.networks)} random ones, ${count(oneLayer.length)} times in the dW and db of one layer of several, and ${count(pairs.length)} times two at once. \`checkModel\` is asked what is wrong; what it answers is held against the hand-derived method, at points it has not seen.`,
      ),
      limitTable(limits),
      ...faultBlocks(figures),
      heading(3, 'What was said'),
      namingTable(figures),
      ...namingNotes(figures),
      heading(3, 'The list, mistake by mistake'),
      paragraph(
        'What people get wrong, as collected from courses and issue threads, and how each was planted. Where our networks have no place for it, batch normalisation say, it is planted in a function, and `checkGradient` asked.',
      ),
      typicalTable(figures),
      heading(3, 'Mistakes against layers and losses'),
      paragraph(
        'How often each mistake was planted in small networks with this activation, or this loss. A number alone: all were caught and named. Else caught/named of planted. –: no place for it. The last column is the most names that one wrong gradient was given: mistakes that have the same gradient there, as a ReLU without its mask and one with slope 1.',
      ),
      gridTable(figures),
      heading(3, 'The same as functions'),
      paragraph(
        '`checkGradient` knows nothing of layers: it sees a function of many numbers, in slots with names. It cannot know a mistake by its formula, only by what it does to the gradient. `only-some-slots` says which are wrong, which is where to look; `unrecognised` says nothing rather than something wrong.',
      ),
      kindTable(figures),
    ],
  };
}

/** The most faults that are written out. */
const SHOWN = 30;

function faultBlocks({ placed, oneLayer, random, pairs, blackBox }: MistakeFigures): Block[] {
  const all = faults([...placed, ...oneLayer, ...random, ...pairs, ...blackBox]);
  if (all.length === 0) return [];
  const rest = all.length > SHOWN ? [`and ${count(all.length - SHOWN)} more`] : [];
  return [
    paragraph('What is not as it should be:'),
    { kind: 'list', items: [...all.slice(0, SHOWN), ...rest] },
  ];
}

function namingNotes({ placed, oneLayer, random, pairs }: MistakeFigures): Block[] {
  const one = tally([...placed, ...oneLayer, ...random]);
  const cancelled = [
    ...new Set(pairs.filter(({ shows }) => !shows).map(({ planted }) => planted.join(' + '))),
  ];
  return [
    paragraph(
      'Named: by its own name, alone or with all others that have the same gradient; a pair by both. One of two: a pair by one of its two. As its like: by other names that have the very gradient. Described: without a name, but by what the gradient shows, a factor or a transposition. Unrecognised: told wrong, and which slots are. Wrongly: anything said that is not so. A pair is any two mistakes that can be made in one network, each once (a factor of the loss multiplies the other; the differences of two others from the right gradient add up), or, in random networks, one mistake below a cut and another above it.',
    ),
    paragraph(
      `Where a mistake changes nothing, a mean over one sample say, the gradient is right and must pass. ${cancelled.length} pairs change nothing where they were planted: ${listed(cancelled)}. Of the names given, ${count(one.loose)} stood beside one that has the same gradient at the points looked at only.`,
    ),
  ];
}

const LISTED = 12;

const listed = (pairs: readonly string[]): string =>
  pairs.length === 0
    ? 'none'
    : `${pairs
        .slice(0, LISTED)
        .map((p) => `\`${p}\``)
        .join(', ')}${pairs.length > LISTED ? ' and others' : ''}`;
