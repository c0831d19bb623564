import { type Block, type HeaderField, heading, paragraph, type Report } from '../report/report.ts';
import type { Facts } from './material/claim.ts';
import { claims } from './material/claims.ts';
import { materialFindings, materialTorch } from './material/findings.ts';
import { type Phrasing, phrasings } from './material/phrasing.ts';
import type { Language } from './material/said.ts';
import { byPart } from './material/sections.ts';
import { claimsTable, findingsTable, type JudgedClaim, tally } from './material/tables.ts';
import { torchFacts } from './material/torch-facts.ts';
import type { Recorded } from './recorded.ts';
import { type AllResults, figuresOf } from './results.ts';

/** `reports/material.md` and its Chinese twin, by their names. Throws where what was recorded is malformed. */
export const materialPages = (
  results: AllResults,
  recorded: Recorded,
): Readonly<Record<'material' | 'material.zh-CN', Report>> => ({
  material: materialPage(results, recorded, 'en'),
  'material.zh-CN': materialPage(results, recorded, 'zh'),
});

/** The material's claims with their verdicts, then what its code does. */
function materialPage(
  results: AllResults,
  { material }: Pick<Recorded, 'material'>,
  language: Language,
): Report {
  const isRecorded = material !== null && material !== undefined;
  const facts: Facts = {
    figures: figuresOf(results),
    torch: isRecorded ? torchFacts(material) : null,
  };
  const judged = claims.map((claim): JudgedClaim => ({ ...claim, judgement: claim.judge(facts) }));
  const phrasing = phrasings[language];
  return {
    title: phrasing.title,
    quick: false,
    header: [...results['two-layer'].report.header, ...(isRecorded ? [torchField(material)] : [])],
    blocks: [
      paragraph(phrasing.other),
      paragraph(phrasing.summary(tally(judged))),
      paragraph(phrasing.intro),
      heading(2, phrasing.claims.heading),
      ...byPart(judged).flatMap(({ part, of }) => [
        heading(3, part.title[language]),
        claimsTable(part, of, language),
      ]),
      heading(2, phrasing.findings.heading),
      ...(isRecorded
        ? findingsBlocks(material, phrasing, language)
        : [paragraph(phrasing.findings.none)]),
    ],
  };
}

const torchField = (material: unknown): HeaderField => ({
  name: 'PyTorch',
  value: materialTorch(material),
});

function findingsBlocks(material: unknown, phrasing: Phrasing, language: Language): Block[] {
  const findings = materialFindings(material);
  return [
    paragraph(phrasing.findings.intro(findings.length, materialTorch(material))),
    ...byPart(findings).flatMap(({ part, of }) => [
      heading(3, part.title[language]),
      findingsTable(part, of, language),
    ]),
  ];
}
