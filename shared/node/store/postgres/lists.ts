// Lists as PostgreSQL takes them quickest: an array parameter is written out and read back sign by sign, with every quote marked.

/** Formats whole numbers for a `bigint[]` parameter. */
export function numbers(list: readonly number[]): string {
  return `{${list.join(',')}}`;
}

/** Formats texts without blanks for `string_to_array(..., ' ')`; null is `-`, which `nullif` takes back. */
export function names(list: readonly (string | null)[]): string {
  return list.map((name) => name ?? '-').join(' ');
}

/** Byte strings one after the other, with where each starts (from 1) and how long it is: `substring(bytes from start for length)`. */
export function joined(list: readonly Uint8Array[]): { readonly bytes: Buffer; readonly starts: string; readonly lengths: string } {
  let end = 1;
  const starts = list.map(({ length }) => (end += length) - length);
  return { bytes: Buffer.concat(list), starts: numbers(starts), lengths: numbers(list.map(({ length }) => length)) };
}
