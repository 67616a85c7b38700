/** The small words of names of people and of institutions, in groups of what they do there. Each use takes the groups that it needs. */

const words = (text: string): readonly string[] => text.split(' ');

/** They link the words of either kind of name. */
const LINKS = words('de da do dos das du des del la le y e');
/** The same before a vowel, without the apostrophe. */
const ELIDED = words('d l');
/** They link names of people alone, and lists leave them out. */
const OF_PEOPLE = words('della di van von der den');
/** Articles, which a family name may have before it. */
const ARTICLES = words('las les los el al');
/** They name a father and are part of the name. */
const LINEAGE = words('ould mint bin bint ibn ben');

/** Words of a person's name that lists write or leave out. */
export const LEFT_OUT_OF_NAMES: ReadonlySet<string> = new Set([...LINKS, ...ELIDED, ...OF_PEOPLE]);

/** Words that tell nothing of which institution it is. */
export const SMALL_IN_INSTITUTIONS: ReadonlySet<string> = new Set([
  ...LINKS,
  ...ELIDED,
  ...ARTICLES,
  ...words('of the for pour para et and a o en no na in au aux pres'),
]);

/** Words that go with the family name after them where they are written small. */
export const BEFORE_FAMILY_NAMES: ReadonlySet<string> = new Set([
  ...LINKS,
  ...OF_PEOPLE,
  ...ARTICLES,
  ...LINEAGE,
  ...words("vom zu zum ter ten tot op af av dei degli dal dalla dalle dallo delle dello d’ d' san santa"),
]);

/** Words that go with the family name after them with a capital, too: *Ould*, *Ben*, *Al*. */
export const LINEAGE_IN_CAPITALS: ReadonlySet<string> = new Set([
  ...LINEAGE,
  ...words('oueld bent ait aït van von der den ter zu el al abou abu'),
]);
