import { formatNumber } from '../../src/report/format.ts';
import {
  type Block,
  type Column,
  heading,
  number,
  paragraph,
  type Table,
  text,
} from '../../src/report/report.ts';
import { SATURATED, SATURATED_ROWS, type Saturation, SLOPE_METHODS } from './saturation.ts';

/** What a slope computed from a rounded activation loses. */
export function saturationBlocks(series: readonly (readonly Saturation[])[]): Block[] {
  return [
    heading(2, 'Saturation'),
    paragraph(
      `A ${SATURATED} network with a linear output and mse, ${SATURATED_ROWS} rows, its initial weights and biases multiplied. The slope of tanh comes from the activation a as 1 − a² (manual-textbook) or (1 − a)(1 + a) (manual-fused), or from z as sech² z (symbolic); the slope of the sigmoid as a(1 − a) by both, or as e⁻ᶻ/(1 + e⁻ᶻ)². Once a is rounded next to ±1 (for the sigmoid, next to 1; near 0 it keeps its digits), its distance from there is lost, and no formula in a brings it back.`,
    ),
    saturationTable(series.flat()),
    paragraph(series.map(conclusion).join(' ')),
  ];
}

function saturationTable(rows: readonly Saturation[]): Table {
  const column = (key: string, title: string): Column => ({ key, title, align: 'right' });
  return {
    kind: 'table',
    name: 'saturation',
    columns: [
      { key: 'hidden', title: 'hidden', align: 'left' },
      column('scale', 'weights times'),
      column('smallest', 'smallest entry ÷ largest'),
      ...SLOPE_METHODS.flatMap((method) => [
        column(`${method}Median`, `${method}: median ULP`),
        column(`${method}Max`, 'max'),
      ]),
      column('harm', 'manual-fused: largest error ÷ largest entry'),
      column('normalised', 'manual-fused: largest error ÷ tolerance'),
    ],
    rows: rows.map(({ hidden, scale, smallest, largest, errors }) => [
      text(hidden),
      number(scale, 'count'),
      number(smallest / largest, 'scientific'),
      ...SLOPE_METHODS.flatMap((method) => [
        number(errors[method].median, 'significant'),
        number(errors[method].max, 'significant'),
      ]),
      number(errors['manual-fused'].largestError / largest, 'scientific'),
      number(errors['manual-fused'].worst.normalised, 'significant'),
    ]),
  };
}

/** What the last, most saturated row says. */
function conclusion(rows: readonly Saturation[]): string {
  const { hidden, scale, largest, errors } = rows.at(-1)!;
  const show = (value: number): string => formatNumber(value, 'significant');
  const { 'manual-textbook': textbook, 'manual-fused': fused, symbolic } = errors;
  const share = Math.abs(fused.most?.exact ?? Number.NaN) / largest;
  return (
    `With ${hidden} at ${scale} times the weights the worst entry is off by ${show(textbook.max)} ULP by the textbook rule, ${show(fused.max)} by the fused one and ${show(symbolic.max)} from z. ` +
    `The fused rule's worst entry is ${formatNumber(share, 'scientific')} of the largest, and no entry is off by more than ${formatNumber(fused.largestError / largest, 'scientific')} of it.`
  );
}
