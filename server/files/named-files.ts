/**
 * Which files records name, as SQL over the table of their versions: `materialVersion` in a folder's store, `tableOf('materialVersion')` in a database. Every text of a
 * repository that asks for files stands here.
 */
type VersionTable = string;

/** The versions that name a file, by the hash in the place of `hash` (`?`, `$1`), each with its space and the size that it says. */
export function versionsNaming(table: VersionTable, hash: string): string {
  return `select id, space, size from ${table} where sha256 = ${hash}`;
}

/** Every file that a record names, with each space that it is named in. */
export function everyFileNamed(table: VersionTable): string {
  return `select distinct sha256, space from ${table} where sha256 is not null`;
}

/** The files that live records name, in order; `page`: those behind one, so many. */
export function filesNamed(table: VersionTable, page?: { readonly after: string; readonly limit: number }): string {
  const [behind, limit] = page ? [` and sha256 > ${page.after}`, ` limit ${page.limit}`] : ['', ''];
  return `select distinct sha256 from ${table} where live = 1 and sha256 is not null${behind} order by sha256${limit}`;
}

/** How many files live records name. */
export function countFilesNamed(table: VersionTable): string {
  return `select count(distinct sha256) from ${table} where live = 1`;
}
