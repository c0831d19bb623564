import { mistakes as bank } from '../../src/check/mistakes/mistakes.ts';
import { count } from '../../src/report/format.ts';
import { type Block, heading, paragraph } from '../../src/report/report.ts';
import { limitsOf, share } from './mistakes/limits.ts';
import { FULL, type MistakeFigures, QUICK, runMistakes } from './mistakes/run.ts';
import { gridTable, kindTable, limitTable, namingTable, typicalTable } from './mistakes/tables.ts';
import { faults, tallyAttempts } from './mistakes/tally.ts';
import type { Part, PartContext } from './part.ts';
import { shortList } from './short-list.ts';

/** Whether every typical mistake of hand-derived backpropagation is caught and named, and its pairs. */
export async function mistakes({ quick, seed, progress }: PartContext): Promise<Part> {
  return partOf(await runMistakes(quick ? QUICK : FULL, seed, progress));
}

/** The part of the page that these figures make. */
export function partOf(figures: MistakeFigures): Part {
  const limits = limitsOf(figures);
  const { placed, oneLayer, random, pairs, leftOut } = figures;
  const one = tallyAttempts([...placed, ...oneLayer, ...random]);
  const two = tallyAttempts(pairs);
  const unknown = tallyAttempts(leftOut);
  return {
    ok: limits.every(({ kept }) => kept),
    headline: [
      `typical mistakes on our layers: caught ${share(one.caught, one.planted)}, named ${share(one.naming.named, one.planted)}, wrongly ${count(one.naming.wrongly)}; the checker holds the formulas of these very mistakes`,
      `each left out of its bank: caught ${share(unknown.caught, unknown.planted)}, described rightly ${count(unknown.naming.described)}, unrecognised ${count(unknown.naming.silent)}, wrongly ${count(unknown.naming.wrongly)}`,
      `pairs of mistakes: caught ${share(two.caught, two.planted)}, named ${count(two.naming.named)}, unrecognised ${count(two.naming.silent)}, wrongly ${count(two.naming.wrongly)}`,
      ...limits.flatMap(({ what, asked, measured, kept }) =>
        kept ? [] : [`missed: ${what}: ${measured}, asked for ${asked}`],
      ),
    ],
    blocks: [
      heading(2, 'Typical mistakes: caught, and named'),
      paragraph(
        `The bank has ${bank.length} typical mistakes of hand-derived backpropagation, each a gradient method that makes it and is right otherwise. They are planted in networks with a place for them: ${count(placed.length)} times in small ones, of one activation in one place under one loss each (a whole run takes all of these), ${count(random.length)} times in ${count(figures.networks)} random ones, ${count(oneLayer.length)} times in the dW and db of one layer of several, and ${count(pairs.length)} times two at once. \`checkModel\` is asked what is wrong; what it answers is held against the hand-derived method, at points it has not seen.`,
      ),
      paragraph(
        `That so many have a name rests on the bank: the checker holds the very formulas that are planted here, and compares. What it makes of a mistake that it has no formula for, the next figures show: ${count(leftOut.length)} times one was planted while its formula, and those of all that have its gradient there, were out of the bank. Of the ${count(unknown.planted)} that change anything ${count(unknown.caught)} were caught, ${count(unknown.naming.described)} described rightly by what the gradient shows, ${count(unknown.naming.silent)} only told wrong, with the slots that are, and ${count(unknown.naming.wrongly)} described wrongly. Of ${count(two.planted)} pairs ${count(two.caught)} were caught, ${count(two.naming.named)} named and ${count(two.naming.silent)} left unrecognised.`,
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

function faultBlocks(figures: MistakeFigures): Block[] {
  const { placed, oneLayer, random, pairs, leftOut, blackBox } = figures;
  const all = faults([...placed, ...oneLayer, ...random, ...pairs, ...leftOut, ...blackBox]);
  return all.length === 0 ? [] : [paragraph('What is not as it should be:'), ...shortList(all)];
}

function namingNotes({ pairs }: MistakeFigures): Block[] {
  const cancelled = [
    ...new Set(pairs.filter(({ shows }) => !shows).map(({ planted }) => planted.join(' + '))),
  ];
  return [
    paragraph(
      'Named: by its own name, alone or with all others that have the same gradient; a pair by both. One of two: a pair by one of its two. As its like: by other names that have the very gradient. Described: without a name, but by what the gradient shows, a factor or a transposition; every clause of it and every figure was held against the two gradients. Not judged: so described, in words that this bench cannot hold against them. Unrecognised: told wrong, and which slots are. Wrongly: a name, be it beside the right one, whose gradient is another at two points that the checker has not seen; or anything said that is not so. A pair is any two mistakes that can be made in one network, each once (a factor of the loss multiplies the other; the differences of two others from the right gradient add up), or, in random networks, one mistake below a cut and another above it.',
    ),
    paragraph(
      `Where a mistake changes nothing, a mean over one sample say, the gradient is right and must pass. ${cancelled.length} pairs change nothing where they were planted: ${listed(cancelled)}.`,
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
