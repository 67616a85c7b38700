const GAP = '…';

/**
 * Names of at most `room` characters, in the order given: one that is longer leaves out its middle, or what it has in common with the others where they would look alike. Names that differ
 * differ as shown, or are shown whole; a name given twice is the same twice.
 */
export function distinctNames(names: readonly string[], room: number): string[] {
  const shown = new Map<string, string>();
  const alike = new Map<string, string[]>();
  for (const name of new Set(names)) {
    const short = [...name].length <= room ? name : middleLeftOut(name, Math.ceil(room / 2), room);
    alike.set(short, [...(alike.get(short) ?? []), name]);
  }
  const taken = new Set(alike.keys());
  for (const [short, group] of alike) {
    if (group.length === 1) {
      shown.set(group[0]!, short);
      continue;
    }
    const common = commonStart(group);
    for (const name of group) {
      const apart = fromWhereTheyDiffer(name, common, room);
      const isAlone = !taken.has(apart);
      taken.add(apart);
      shown.set(name, isAlone ? apart : name);
    }
  }
  return names.map((name) => shown.get(name) ?? name);
}

/** A name's first characters and as many of its last as there is room for. */
function middleLeftOut(name: string, first: number, room: number): string {
  const letters = [...name];
  return [...letters.slice(0, first), GAP, ...letters.slice(letters.length - (room - first - 1))].join('');
}

/** A name's first characters, then those from where it differs from the others. */
function fromWhereTheyDiffer(name: string, common: number, room: number): string {
  const letters = [...name];
  const first = Math.floor(room / 3);
  const from = Math.max(first, common - 2);
  return [...letters.slice(0, first), GAP, ...letters.slice(from, from + room - first - 1)].join('');
}

/** How many characters all names begin with alike. */
function commonStart(names: readonly string[]): number {
  const [first = [], ...others] = names.map((name) => [...name]);
  const at = first.findIndex((letter, index) => others.some((other) => other[index] !== letter));
  return at < 0 ? first.length : at;
}
