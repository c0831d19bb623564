import { describe, expect, it } from 'vitest';
import { PAGE, PALETTE, type Scheme } from '../../src/report/theme.ts';

type Triple = [number, number, number];

/** sRGB to linear light. */
const linear = (hex: string): Triple =>
  [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as Triple;

const apply = (matrix: readonly Triple[], [x, y, z]: Triple): Triple =>
  matrix.map((row) => row[0] * x + row[1] * y + row[2] * z) as Triple;

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(a: string, b: string): number {
  const luminance = (hex: string): number => apply([[0.2126, 0.7152, 0.0722]], linear(hex))[0];
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

type Vision = 'common' | 'protanopic' | 'deuteranopic' | 'tritanopic';

/** What is left of linear light without one kind of cone (Machado, Oliveira & Fernandes 2009). */
const VISIONS: { readonly [V in Vision]: readonly Triple[] } = {
  common: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopic: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopic: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopic: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Linear sRGB over the white point D65, then CIE 1976 L*a*b*. */
const TO_XYZ: readonly Triple[] = [
  [0.4339, 0.3762, 0.1899],
  [0.2126, 0.7152, 0.0722],
  [0.0177, 0.1095, 0.8729],
];

function lab(light: Triple): Triple {
  const clipped = light.map((c) => Math.min(1, Math.max(0, c))) as Triple;
  const [x, y, z] = apply(TO_XYZ, clipped).map((t) =>
    t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116,
  ) as Triple;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const distance = (a: Triple, b: Triple): number => Math.hypot(...a.map((x, i) => x - b[i]!));

/** Smallest distance of any two colours. */
function closest(colours: readonly string[], vision: readonly Triple[]): number {
  const seen = colours.map((colour) => lab(apply(vision, linear(colour))));
  return Math.min(...seen.flatMap((a, i) => seen.slice(0, i).map((b) => distance(a, b))));
}

describe.each<Scheme>(['light', 'dark'])('on %s pages', (scheme) => {
  it('every colour stands 3:1 against the page', () => {
    for (const colour of PALETTE[scheme]) {
      expect(contrast(colour, PAGE[scheme]), colour).toBeGreaterThanOrEqual(3);
    }
  });

  it.each<Vision>(['common', 'protanopic', 'deuteranopic', 'tritanopic'])(
    '%s vision tells every two colours apart',
    (vision) => {
      expect(closest(PALETTE[scheme], VISIONS[vision])).toBeGreaterThanOrEqual(20);
    },
  );
});

it('brown and orange that only common vision tells apart are found out', () => {
  const pair = ['#8f6b00', '#d55e00'];
  expect(closest(pair, VISIONS.common)).toBeGreaterThan(30);
  expect(closest(pair, VISIONS.protanopic)).toBeLessThan(5);
});
