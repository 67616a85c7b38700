import { splitRegister } from '../../model/judge.ts';
import { isEqual, VERSION, type TypedPart, type ValueOf } from './upstream.ts';

/** How many changes there are of each kind. */
export interface ChangeCounts {
  readonly changed: number;
  readonly moved: number;
  readonly added: number;
  readonly removed: number;
}

/** Returns how many of these changes are of each kind. */
export function countChanges(changes: readonly { readonly kind: keyof ChangeCounts }[]): ChangeCounts {
  const of = (kind: keyof ChangeCounts): number => changes.filter((change) => change.kind === kind).length;
  return { changed: of('changed'), moved: of('moved'), added: of('added'), removed: of('removed') };
}

/** Returns how much says something else in the later of two states of a course: texts and numbers, places, and whole modules and sessions. */
export function changesBetween(before: readonly TypedPart[], now: readonly TypedPart[], valueOf: ValueOf): ChangeCounts {
  const earlier = new Map(before.map((part) => [part.id, part]));
  const later = new Set(now.map(({ id }) => id));
  const said = (part: TypedPart, register: string) => {
    const [first] = part.heads[register] ?? [];
    return first === undefined ? null : (valueOf(first) ?? null);
  };
  const changes = now.flatMap((part): { readonly kind: keyof ChangeCounts }[] => {
    const was = earlier.get(part.id);
    if (!was) return [{ kind: 'added' }];
    const registers = new Set([...Object.keys(was.heads), ...Object.keys(part.heads)]);
    if (part.type === 'course') registers.delete(VERSION);
    return [...registers]
      .filter((register) => !isEqual(said(was, register), said(part, register)))
      .map((register) => ({ kind: splitRegister(register).field === 'placement' ? 'moved' : 'changed' }));
  });
  const gone = before.filter(({ id }) => !later.has(id)).map(() => ({ kind: 'removed' as const }));
  return countChanges([...changes, ...gone]);
}
