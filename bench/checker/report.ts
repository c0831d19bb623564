import {
  type Block,
  type Cell,
  type HeaderField,
  paragraph,
  type Report,
  type Table,
  text,
  verdict,
} from '../../src/report/report.ts';
import { left } from './columns.ts';
import type { Part } from './part.ts';
import { ASKED, type PartName } from './parts.ts';

/** What ran, by name. */
export type Results = Partial<Readonly<Record<PartName, Part>>>;

/** The page: the answer in short, then the parts that ran, in the page's order. */
export function checkerReport(
  results: Results,
  { quick, header }: { readonly quick: boolean; readonly header: readonly HeaderField[] },
): Report {
  const names = Object.keys(ASKED) as PartName[]; // the table's own keys
  const ran = names.flatMap((name) => {
    const part = results[name];
    return part ? [{ name, part }] : [];
  });
  return {
    title: 'Can the checker be trusted?',
    quick,
    header,
    blocks: [...opening(ran, quick), ...ran.flatMap(({ part }) => part.blocks)],
  };
}

interface Ran {
  readonly name: PartName;
  readonly part: Part;
}

/** A part may keep all that is right or wrong, and miss a limit of time. */
const missesLimit = ({ missed = [] }: Part): boolean => missed.length > 0;

function answerOf(ran: readonly Ran[], quick: boolean): string {
  const names = (of: readonly Ran[]): string => of.map(({ name }) => name).join(', ');
  const failing = ran.filter(({ part }) => !part.ok);
  const late = ran.filter(({ part }) => part.ok && missesLimit(part));
  if (failing.length > 0) return `It did not do everywhere what it must: see ${names(failing)}.`;
  if (quick) {
    const so =
      late.length > 0 ? `a limit is missed: see ${names(late)}` : 'nothing spoke against it';
    return `This run is a shortened one, which proves nothing; ${so}.`;
  }
  if (late.length > 0) return `Nothing is wrong, but a limit is missed: see ${names(late)}.`;
  return ran.length < Object.keys(ASKED).length
    ? `All that it must do in ${names(ran)}, it did; the rest was not run.`
    : 'All that it must do, it did.';
}

function opening(ran: readonly Ran[], quick: boolean): Block[] {
  return [
    paragraph(
      '`checkGradient` and `checkModel` say whether a hand-derived gradient is right, what is wrong with it and where, and how sure that is. They promise three things: a wrong gradient does not pass, a right one is not called wrong, and a mistake is given a name only where the name is true. Where rounding or a kink hides the answer they say `unresolved`, which is neither.',
    ),
    paragraph(
      `This page puts that to the test, with mistakes planted where it is known what they are, and with right gradients in closed form. ${answerOf(ran, quick)} \`npm run bench:checker\` measures it all again.`,
    ),
    answers(ran, quick),
    paragraph(
      'Times are those of the machine above, and of what else it did: a limit that only they miss is said, and fails nothing.',
    ),
  ];
}

const answers = (ran: readonly Ran[], quick: boolean): Table => ({
  kind: 'table',
  name: 'checker-answers',
  columns: [
    left('part', 'part'),
    left('asked', quick ? 'asked of a whole run' : 'asked'),
    left('measured', 'measured'),
    left('holds', ''),
  ],
  rows: ran.map(({ name, part }) => [
    text(name),
    text(ASKED[name]),
    text(part.headline.join('\n')),
    holds(part, quick),
  ]),
});

function holds(part: Part, quick: boolean): Cell {
  if (!part.ok) return verdict('fails', 'bad');
  if (missesLimit(part)) return verdict('a limit missed', 'open');
  return quick ? verdict('not proved: a shortened run', 'open') : verdict('holds', 'good');
}
