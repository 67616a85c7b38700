/**
 * `numerator / denominator` rounded to `decimals` places, a half away from zero, in whole-number arithmetic: 0.285 is
 * 0.29 and not what a binary fraction makes of it. Both must be safe integers and the denominator positive.
 */
export function roundedRatio(numerator: number, denominator: number, decimals: number): number {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || denominator <= 0)
    throw new RangeError('not a ratio of whole numbers');
  const scale = 10n ** BigInt(decimals);
  const [top, bottom] = [BigInt(Math.abs(numerator)) * scale, BigInt(denominator)];
  const rounded = Number((2n * top + bottom) / (2n * bottom)) / Number(scale);
  return numerator < 0 && rounded !== 0 ? -rounded : rounded;
}

/** The ratio rounded, or null where there is nothing to divide by. */
export function ratioOrNull(numerator: number, denominator: number, decimals: number): number | null {
  return denominator === 0 ? null : roundedRatio(numerator, denominator, decimals);
}
