import { type Cell, type Table, text, verdict } from '../../report/report.ts';
import type { Claim, Judgement, Source } from './claim.ts';
import type { MaterialFinding } from './findings.ts';
import { phrasings, type Tally } from './phrasing.ts';
import type { Language } from './said.ts';
import type { Part } from './sections.ts';

export interface JudgedClaim extends Claim {
  readonly judgement: Judgement;
}

export function tally(all: readonly JudgedClaim[]): Tally {
  const count = (kind: Judgement['kind']): number =>
    all.filter(({ judgement }) => judgement.kind === kind).length;
  return {
    claims: all.length,
    hold: count('holds'),
    holdIf: count('holds-if'),
    fail: count('fails'),
    open: count('open'),
  };
}

/** One row a claim. */
export function claimsTable(part: Part, of: readonly JudgedClaim[], language: Language): Table {
  const [section, says, verdictTitle, figures, command] = phrasings[language].claims.columns;
  return {
    kind: 'table',
    name: `claims ${part.sections[0]}`,
    columns: [
      { key: 'section', title: section, align: 'left' },
      { key: 'says', title: says, align: 'left' },
      { key: 'verdict', title: verdictTitle, align: 'left' },
      { key: 'figures', title: figures, align: 'left' },
      { key: 'from', title: command, align: 'left' },
    ],
    rows: of.map((claim) => [
      text(claim.section),
      text(claim.says[language]),
      verdictCell(claim.judgement, language),
      text(claim.judgement.evidence[language]),
      text(sourceText(claim.source)),
    ]),
  };
}

function verdictCell(judgement: Judgement, language: Language): Cell {
  const { holds, holdsIf, fails, open } = phrasings[language].claims;
  switch (judgement.kind) {
    case 'holds':
      return verdict(holds, 'good');
    case 'holds-if':
      return verdict(holdsIf(judgement.condition[language]), 'open');
    case 'fails':
      return verdict(fails, 'bad');
    case 'open':
      return verdict(open, 'open');
    default:
      return judgement satisfies never;
  }
}

/** The page, seen from `reports/`, and below it the command that makes the figures. */
function sourceText(source: Source): string {
  switch (source) {
    case 'speed':
      return '[speed](speed.md)\n`npm run bench`';
    case 'pytorch':
      return '[material.py](../bench/pytorch/material.py)\n`python3 bench/pytorch/material.py`';
    default:
      return `[${source}](experiments/${source}.md)\n\`npx backproof experiment run ${source}\``;
  }
}

/** One row a finding. */
export function findingsTable(
  part: Part,
  of: readonly MaterialFinding[],
  language: Language,
): Table {
  const [section, textSays, codeDoes, weDo] = phrasings[language].findings.columns;
  return {
    kind: 'table',
    name: `findings ${part.sections[0]}`,
    columns: [
      { key: 'section', title: section, align: 'left' },
      { key: 'textSays', title: textSays, align: 'left' },
      { key: 'codeDoes', title: codeDoes, align: 'left' },
      { key: 'weDo', title: weDo, align: 'left' },
    ],
    rows: of.map((finding) => {
      const words = language === 'zh' ? finding.zh : finding;
      return [finding.section, words.textSays, words.codeDoes, words.weDo].map(text);
    }),
  };
}
