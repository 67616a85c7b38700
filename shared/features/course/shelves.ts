/** Whose course one is: its institution; null: of the central library. */
export interface Shelved {
  readonly institution: { readonly id: string; readonly name: string } | null;
}

/** The courses of the central library, or those of one institution. */
export interface Shelf<C extends Shelved> {
  readonly institution: C['institution'];
  readonly courses: readonly C[];
}

/** Returns courses by whose they are: those of the central library first, then each institution's by its name, in the order in which they came. */
export function shelvesOf<C extends Shelved>(courses: readonly C[], compare: (a: string, b: string) => number): Shelf<C>[] {
  const shelves = new Map<string | null, C[]>();
  for (const course of courses) {
    const owner = course.institution?.id ?? null;
    shelves.set(owner, [...(shelves.get(owner) ?? []), course]);
  }
  return [...shelves.values()]
    .map((some) => ({ institution: some[0]!.institution, courses: some }))
    .toSorted((a, b) => {
      if (a.institution === null || b.institution === null) return a.institution === null ? -1 : 1;
      return compare(a.institution.name, b.institution.name) || (a.institution.id < b.institution.id ? -1 : 1);
    });
}
