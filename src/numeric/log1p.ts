/**
 * ln(1 + x) for 0 ≤ x ≤ 1, the range of e^−|z|: with t the nearest multiple of 1/128,
 * ln(1 + x) = ln(1 + t) + ln(1 + r), r = (x − t)/(1 + t), |r| ≤ 1/256. x − t is exact (Sterbenz),
 * and t = 0 for tiny x, so the relative error stays within 1 ULP all the way down to 0.
 */
export function log1pUnit(x: number): number {
  const i = (x * 128 + 0.5) | 0;
  const t = i * 0.0078125;
  const r = (x - t) / (1 + t);
  const r2 = r * r;
  // Taylor to r⁷; r⁸/8 < 7e-21 is below the last bit.
  const tail = -0.5 + r * THIRD + r2 * (-0.25 + r * FIFTH) + r2 * r2 * (r * SEVENTH - SIXTH);
  return LOG[i]! + (r + r2 * tail + LOG_LOW[i]!);
}

/** Taylor's coefficients as factors: divisions would double the time. */
const THIRD = 1 / 3;
const FIFTH = 1 / 5;
const SIXTH = 1 / 6;
const SEVENTH = 1 / 7;

/** ln(1 + i/128) in two doubles, i = 0 … 128. */
const LOG = new Float64Array(129);
const LOG_LOW = new Float64Array(129);
fillTable();

/** ln(1 + i/128) = 2 artanh(i / (256 + i)), the series in 140-bit fixed point. */
function fillTable(): void {
  const bits = 140n;
  const one = 1n << bits;
  for (let i = 0; i <= 128; i++) {
    const s = (BigInt(i) * one) / BigInt(256 + i);
    const s2 = (s * s) >> bits;
    let power = s;
    let sum = 0n;
    for (let k = 1n; power > 0n; k += 2n) {
      sum += power / k;
      power = (power * s2) >> bits;
    }
    const value = 2n * sum;
    LOG[i] = Number(value) / 2 ** 140;
    // The last bit of the smallest entry is 2⁻⁶⁰, so 2⁶⁰ · LOG is an integer.
    LOG_LOW[i] = Number(value - (BigInt(LOG[i]! * 2 ** 60) << 80n)) / 2 ** 140;
  }
}
