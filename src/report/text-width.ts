/**
 * About how wide a text is in a sans-serif font, in the unit of `fontSize`. Widths are those of
 * DejaVu Sans, the widest face that the charts' font list is likely to meet, so labels are not
 * clipped elsewhere either.
 */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const character of text) ems += em(character);
  return Math.ceil(ems * fontSize);
}

function em(character: string): number {
  if (/[ijl.,:;'|!·]/.test(character)) return 0.3;
  if (/[ftr()[\] \-/]/.test(character)) return 0.4;
  if (/[mwMW@%]/.test(character)) return 0.95;
  if (/[A-Z÷×<>=+]/.test(character)) return 0.72;
  // Chinese characters and other signs outside Latin and Greek fill their square.
  return character > '\u2fff' ? 1 : 0.62;
}
