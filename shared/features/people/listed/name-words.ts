import { fold } from '../../../kernel/text.ts';
import type { Sex } from '../../../model/vocabularies.ts';
import { BEFORE_FAMILY_NAMES, LINEAGE_IN_CAPITALS } from '../../intake/small-words.ts';

/** A title that stands before a name. */
export interface Title {
  /** What it says of the person; null where both bear it. */
  readonly sex: Sex | null;
  /** How it must be written to be one, where its letters may be a name or an initial. */
  readonly asWritten?: RegExp;
}

/** The title that a folded word or pair of words is; null for everything else. */
export function titleOf(folded: string): Title | null {
  const key = keyOf(folded);
  const read = TITLES.get(key);
  if (!read) return null;
  const written = NEEDS_MARK.get(key);
  return written && !folded.includes('.') ? { ...read, asWritten: written } : read;
}

/** Whether some title begins with a word as it is written; where none does, no title stands before the name. */
export function beginsTitle(word: string): boolean {
  const [start = ''] = keyOf(fold(word)).split(' ');
  return start === '' || TITLE_STARTS.has(start);
}

/** Whether a word belongs to the family name that follows it: *van*, *de la*, *Ould*, *bin*. */
export function isParticle(word: string): boolean {
  return BEFORE_FAMILY_NAMES.has(word) || LINEAGE_IN_CAPITALS.has(word.toLowerCase().replace(/['’]$/u, ''));
}

function keyOf(folded: string): string {
  return /[.\s]/u.test(folded) ? folded.replace(/[.\s]+/gu, ' ').trim() : folded;
}

function titles(sex: Sex | null, words: string): readonly (readonly [string, Title])[] {
  return words.split(',').map((word) => [fold(word), { sex }]);
}

/** In the four languages, as written before names of judges, prosecutors and officers; points do not count. */
const TITLES: ReadonlyMap<string, Title> = new Map([
  ...titles(
    'male',
    'm, mr, mister, monsieur, messieurs, mm, mons, sr, señor, senor, senhor, don, dom, sir, lord, el señor, exmo sr, ilmo sr, herr, sig, mr justice',
  ),
  ...titles('male', 'exmo, ilmo, excmo, s e m, s e mr, m le, monsieur le, sr dr, sr d, sr don, mr judge, alhaji'),
  ...titles(
    'female',
    'mme, mmes, mlle, mmes, madame, mademoiselle, mrs, ms, miss, misses, mistress, sra, srta, señora, senora, señorita, senorita, senhora, doña, dona, lady',
  ),
  ...titles(
    'female',
    'exma, ilma, excma, exma sra, ilma sra, s e mme, mme la, madame la, dra, doctora, frau, profa, sra dra, sra dna, dna, hajia, mme le, mrs justice, juíza, jueza',
  ),
  ...titles(
    null,
    'dr, drs, doctor, docteur, doutor, doutora, pr, prof, professor, professeur, profesor, professora, profesora, me, maitre, mtre, hon, honorable, honourable, the hon, the honourable',
  ),
  ...titles(
    null,
    'justice, judge, juge, juez, juiz, magistrate, magistrat, magistrado, magistrada, eng, engr, ing, engo, arch, barr, barrister, adv, advocate, lic, licda, licdo, abog, abg',
  ),
  ...titles(
    null,
    's e, se, h e, he, his excellency, her excellency, son excellence, rev, reverend, pasteur, pastor, fr, sen, senator, amb, ambassador, col, colonel, lt, lieutenant, capt',
  ),
  ...titles(
    null,
    'captain, capitaine, capitan, capitao, cpt, maj, major, gen, general, sgt, sergeant, sergent, insp, inspector, inspecteur, supt, asp, dsp, acp, dcp, cp, det, sub-insp, comm',
  ),
  ...titles(
    null,
    'commissaire, commissioner, commandant, comandante, cdt, adjudant, adj, const, cst, proc, mag, dcg, cl, mj, univ prof, assoc prof, ass prof, hrh, chief, dep',
  ),
]);

const TITLE_STARTS: ReadonlySet<string> = new Set([...TITLES.keys()].map((title) => title.split(' ')[0]!));

/** Letters that are initials or names as well: without a point they are titles only as written here. */
const NEEDS_MARK: ReadonlyMap<string, RegExp> = new Map([
  ['m', /^M$/],
  ['me', /^Me$/],
  ['se', /^S\.?E\.?$/],
  ['he', /^H\.?E\.?$/],
  ['fr', /^Fr$/],
  ['sen', /^Sen\.$/],
  ['gen', /^(Gen|GEN)$/],
  ['col', /^(Col|COL)$/],
  ['don', /^(Don|D\.)$/],
  ['dom', /^Dom$/],
  ['dona', /^(Dona|Doña)$/],
  ['dna', /^(Dña|Dª)$/],
  ['amb', /^Amb$/],
  ['mag', /^Mag$/],
  ['cl', /^Cl\.$/],
  ['mm', /^MM$/],
  ['maj', /^Maj$/],
  ['dep', /^Dep\.$/],
  ['comm', /^Comm\.$/],
  ['ing', /^(Ing|ING)$/],
  ['cp', /^CP$/],
  ['asp', /^ASP$/],
  ['adj', /^(Adj|ADJ)$/],
  ['pr', /^(Pr|PR)$/],
  ['det', /^Det$/],
  ['juiz', /^Juiz$/],
  ['general', /^General$/],
  ['major', /^Major$/],
  ['justice', /^(Justice|JUSTICE)$/],
  ['chief', /^Chief$/],
  ['pastor', /^Pastor$/],
  ['lord', /^Lord$/],
]);
