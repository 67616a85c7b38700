/** The fields of a row whose values are not of this model, as its projection names them: a newer program's, or no values at all. */
export function unreadableIn(row: { readonly unreadable: string | null }): string[] {
  return row.unreadable === null ? [] : (JSON.parse(row.unreadable) as string[]);
}
