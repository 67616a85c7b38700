import type { Id } from '../../kernel/ids.ts';
import type { Language } from '../../kernel/text.ts';

/** A file of a material in one language. */
export interface MaterialVersion {
  readonly id: Id;
  readonly materialId: Id;
  readonly language: Language;
  readonly fileName: string;
  readonly type: string;
  readonly sha256: string;
  readonly size: number;
  readonly addedAt: string;
}

/** The fields by which one version is newer than another of its language. */
type Placed = Pick<MaterialVersion, 'id' | 'language' | 'addedAt'>;

/** Sorts versions from the first to the newest. `addedAt` is a device's clock: the id settles what it leaves open. */
export function inOrder<V extends Placed>(versions: readonly V[]): V[] {
  return versions.toSorted((a, b) => compare(a.addedAt, b.addedAt) || compare(a.id, b.id));
}

/** The newest version of each language, in the languages' order of appearance: what a person opens, keeps and fetches. */
export function newestPerLanguage<V extends Placed>(versions: readonly V[]): V[] {
  return [...new Map(inOrder(versions).map((version) => [version.language, version])).values()];
}

/** Whether every file of a workshop and its course is on this laptop and stays there. */
export function isKeptOffline(files: readonly { readonly here: boolean; readonly pinned: boolean }[]): boolean {
  return files.length > 0 && files.every(({ here, pinned }) => here && pinned);
}

/** The version to open: the newest in `language`, else the newest; undefined when there is none. */
export function versionToOpen(versions: readonly MaterialVersion[], language?: Language): MaterialVersion | undefined {
  const ordered = inOrder(versions);
  return ordered.findLast((version) => version.language === language) ?? ordered.at(-1);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
