import { readVarints, writeVarints } from './pack/varints.ts';

/**
 * When change-sets were received, in their order, as a column of numbers: runs of one time, each `[count, time]`, the first time in milliseconds and the others as
 * distances from the one before; `[-count]` where it is not known. What came in one push says so in nine bytes.
 */
export function writeReceipts(times: readonly (number | null)[]): Uint8Array {
  const numbers: number[] = [];
  let before = 0;
  for (let i = 0; i < times.length;) {
    const time = times[i]!;
    let count = 1;
    while (i + count < times.length && times[i + count] === time) count++;
    if (time === null) numbers.push(-count);
    else {
      numbers.push(count, time - before);
      before = time;
    }
    i += count;
  }
  return writeVarints(numbers);
}

/** The times of so many change-sets; null where the bytes are not what `writeReceipts` writes for them. */
export function readReceipts(bytes: Uint8Array, changeSets: number): (number | null)[] | null {
  const numbers = readVarints(bytes);
  if (!numbers) return null;
  const times: (number | null)[] = [];
  let before = 0;
  for (let i = 0; i < numbers.length;) {
    const count = numbers[i++]!;
    const isKnown = count > 0;
    if (count === 0 || times.length + Math.abs(count) > changeSets) return null;
    if (isKnown) {
      const distance = numbers[i++];
      if (distance === undefined || !Number.isSafeInteger(before + distance)) return null;
      before += distance;
    }
    for (let n = Math.abs(count); n > 0; n--) times.push(isKnown ? before : null);
  }
  return times.length === changeSets ? times : null;
}
