/** The answers that a source may give to a suggestion, each with the `taken` that says it. */
export const VERDICTS = { taken: true, declined: false, changeRequested: null } as const;
export type Verdict = keyof typeof VERDICTS;

/** Returns the verdict of an answer. */
export function verdictOf({ taken }: { readonly taken: boolean | null }): Verdict {
  return taken === null ? 'changeRequested' : taken ? 'taken' : 'declined';
}
