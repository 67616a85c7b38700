import { countryCode } from '../../../kernel/countries.ts';
import { fold } from '../../../kernel/text.ts';
import { saysNothing } from '../../intake/nothing-said.ts';
import type { SheetRow } from '../../../kernel/source.ts';
import { countryOfPeople } from '../listed/demonyms.ts';
import { isKnownGivenName } from '../listed/given-names.ts';
import { languageOf } from '../listed/listed-language.ts';
import { professionOf } from '../listed/listed-profession.ts';
import { listedCountry } from '../listed/listed-country.ts';
import { listedEmail } from '../listed/listed-email.ts';
import { isInitial } from '../listed/name-order.ts';
import { isParticle, titleOf } from '../listed/name-words.ts';
import { isBareAnswer, stateOf } from './registration-state.ts';
import { sexOf } from './sex-legend.ts';

/** The content of a column: each kind as a share of the cells that say something. */
export interface ColumnContent extends Readonly<Record<Kind, number>> {
  /** Cells that say something. */
  readonly filled: number;
  /** Different cells, as a share. */
  readonly distinct: number;
  readonly numbering: Numbering;
}

/**
 * The ways in which the figures of a column number its lines: `running` one after the other, `small` in some order and not much higher than there are rows,
 * `padded` as these but with leading zeros; `none`: they are something else.
 */
export type Numbering = 'running' | 'small' | 'padded' | 'none';

/** As many rows as are looked at: what a column holds shows in them. */
const ROWS_SEEN = 200;

/** Measures what columns hold; a text that was judged once is not judged again. */
export class ContentReader {
  readonly #seen = new Map<string, SeenCell>();

  /** What the columns of the rows hold, `width` of them; the first rows are looked at. */
  contents(rows: readonly SheetRow[], width: number, most = ROWS_SEEN): ColumnContent[] {
    const seen = rows.slice(0, most);
    return Array.from({ length: width }, (_, place) => this.#content(seen.map(({ cells }) => cells[place] ?? '')));
  }

  #content(cells: readonly string[]): ColumnContent {
    const filled: SeenCell[] = [];
    const counts = ALL_KINDS.map(() => 0);
    for (const cell of cells) {
      const seen = cell === '' ? null : this.#look(cell);
      if (seen === null || seen.saysNothing) continue;
      filled.push(seen);
      for (let kinds = seen.kinds; kinds !== 0; kinds &= kinds - 1) counts[31 - Math.clz32(kinds & -kinds)]!++;
    }
    if (filled.length === 0) return NO_CONTENT;
    const shares = { ...NO_SHARES };
    for (let at = 0; at < ALL_KINDS.length; at++) shares[ALL_KINDS[at]!] = counts[at]! / filled.length;
    const distinct = new Set(filled.map(({ folded }) => folded)).size / filled.length;
    return { ...shares, filled: filled.length, distinct, numbering: numberingOf(filled) };
  }

  #look(cell: string): SeenCell {
    const known = this.#seen.get(cell);
    if (known) return known;
    const says = saysNothing(cell);
    const text = factsOf(cell);
    let kinds = 0;
    if (!says) for (let at = 0; at < KINDS.length; at++) if (IS[KINDS[at]!](text)) kinds |= 1 << at;
    const isName = (kinds & NAME) !== 0;
    if (isName) for (let at = 0; at < NAME_KINDS.length; at++) if (OF_NAMES[NAME_KINDS[at]!](text)) kinds |= 1 << (KINDS.length + at);
    const number = /^\(?\d{1,5}[.)°º]?$/u.test(cell) ? Number(/\d+/.exec(cell)![0]) : null;
    const seen = { kinds, saysNothing: says, folded: text.folded, number, isPadded: /^0\d/.test(cell) };
    this.#seen.set(cell, seen);
    return seen;
  }
}

/** The kinds that one text may be. */
interface SeenCell {
  /** A bit for each kind, by its place in `ALL_KINDS`. */
  readonly kinds: number;
  readonly saysNothing: boolean;
  readonly folded: string;
  /** Where it may number a line. */
  readonly number: number | null;
  readonly isPadded: boolean;
}

/** The facts about a text that several kinds ask for. */
interface TextFacts {
  readonly cell: string;
  readonly folded: string;
  readonly words: readonly string[];
  readonly isDate: boolean;
  readonly isTitle: boolean;
  readonly isInstitution: boolean;
  readonly country: string | null;
  readonly state: ReturnType<typeof stateOf>;
}

function factsOf(cell: string): TextFacts {
  const folded = fold(cell);
  return {
    cell,
    folded,
    words: wordsOf(cell),
    isDate: isDate(cell),
    isTitle: titleOf(folded) !== null,
    isInstitution: INSTITUTION.test(folded),
    // *United Arab Emirates (UAE)*
    country: countryCode(cell.replace(/\s*\(\p{Lu}{2,3}\)$/u, '')),
    state: stateOf(cell),
  };
}

const IS = {
  email: ({ cell }) => cell.includes('@') && listedEmail(cell) !== null && !/\p{L}\s*[<(]\S+@|\p{L}\s\p{L}+\s\S*@/u.test(cell),
  date: (text) => text.isDate,
  phone: ({ cell }) => isPhone(cell),
  number: ({ cell }) => /^\d+$/.test(cell),
  code: ({ cell, isDate: date }) => !date && /\d/.test(cell) && /\p{L}/u.test(cell) && /^[\p{L}\d./_-]+$/u.test(cell),
  country: ({ cell, country }) =>
    cell.length > 1 && !/^(no|si|sí|yes|oui|non|sim|não)$/iu.test(cell) && (country !== null || countryOfPeople(cell) !== null),
  /** Short family names (Ba, Sy, Ma) are codes of countries, too. */
  countryCode: ({ cell, country }) => country !== null && /^\p{L}{2,3}$/u.test(cell),
  /** A country, or a place with its country. */
  place: ({ cell }) => (listedCountry(cell, false) ?? '') !== '',
  sex: ({ cell, isTitle }) => (cell.length === 1 || !isTitle) && sexOf(cell) !== null,
  civility: ({ isTitle }) => isTitle,
  language: ({ cell }) => languageOf(cell) !== null,
  profession: ({ cell }) => professionOf(cell) !== null,
  state: ({ state }) => state !== null,
  out: ({ cell, state }) => state === 'out' && !isBareAnswer(cell),
  partInEvent: ({ folded }) => PARTS_IN_EVENT.has(folded),
  yesNo: ({ cell }) => /^(yes|no|not?|oui|non|si|sí|sim|não|nao|true|false|vrai|faux)(?![\p{L}\p{N}])/iu.test(cell),
  /** `A`, `2º`: a class, a room or a group. */
  letter: ({ cell }) => /^(?:\p{L}|\d{1,2}\s?[ºª°]\s?\p{L}?)$/u.test(cell),
  name: ({ cell }) => isNameLike(cell),
  capitals: ({ cell }) => cell.length > 1 && cell === cell.toUpperCase() && cell !== cell.toLowerCase(),
  institution: (text) => text.isInstitution,
  /** Several words, or two that speak of an office. */
  phrase: (text) => text.words.length > 2 || (text.words.length === 2 && (text.isInstitution || PART_OF_OFFICE.test(text.folded))),
  words: ({ cell }) => /\p{L}{4}/u.test(cell),
  latin: ({ cell }) => /\p{Script=Latin}/u.test(cell),
} satisfies Record<string, (text: TextFacts) => boolean>;

/** The shapes of names; asked of names alone. */
const OF_NAMES = {
  wholeName: ({ words }) => words.filter((word) => !isInitial(word)).length > 1,
  givenName: ({ words }) => isKnownGivenName(words[0] ?? ''),
  /** Nothing but given names, two and more. */
  givenNames: ({ words }) => words.length > 1 && words.every(isKnownGivenName),
  commaName: ({ cell }) => /^[^,]+,\s*[^,]+$/u.test(cell),
} satisfies Record<string, (text: TextFacts) => boolean>;

/** *Section anticorruption*, *Sala Penal*. */
const PART_OF_OFFICE =
  /^(section|seccion|secao|division|divisao|brigade|brigada|cellule|celula|chambre|chamber|camara|sala|vara|pool|equipe|unite)\b/u;

/** The parts that people have in a meeting or a course, which are no professions. */
const PARTS_IN_EVENT: ReadonlySet<string> = new Set(
  (
    'presenter,attendee,organizer,organiser,host,co-host,cohost,panelist,panellist,participant,participants,student,teacher,non-editing teacher,guest,observer,moderator,speaker,facilitator,delegate,' +
    'presentateur,participante,participants,organisateur,etudiant,etudiante,enseignant,invite,observateur,intervenant,moderateur,stagiaire,organizador,ponente,estudiante,alumno,alumna,profesor,invitado,' +
    'observador,moderador,orador,oradora,apresentador,formando,formanda,aluno,aluna,estudante,convidado,learner,trainee,member,membre,miembro,membro,yes,no,oui,non,si,sim,nao,x'
  ).split(','),
);

type Kind = keyof typeof IS | keyof typeof OF_NAMES;
const KINDS = Object.keys(IS) as (keyof typeof IS)[];
const NAME_KINDS = Object.keys(OF_NAMES) as (keyof typeof OF_NAMES)[];
/** Fewer than a number has bits. */
const ALL_KINDS: readonly Kind[] = [...KINDS, ...NAME_KINDS];
/** The bit of names. */
const NAME = 1 << KINDS.indexOf('name');
const NO_SHARES = Object.fromEntries(ALL_KINDS.map((kind) => [kind, 0])) as Record<Kind, number>;
const NO_CONTENT: ColumnContent = { ...NO_SHARES, filled: 0, distinct: 0, numbering: 'none' };

/** Whether a text is written like a person's name; an address beside the name does not count. */
export function isNameLike(text: string): boolean {
  // A letter that was lost on the way stood for one.
  const bare = withoutOffice(
    text
      .replaceAll('\uFFFD', 'a')
      .replace(/[<([][^<>()[\]]*[>)\]]/gu, ' ')
      .trim(),
  );
  if (bare.length < 2 || bare.length > 80 || /[\d@:!?;=+_]/u.test(bare) || /["“”]/u.test(bare)) return false;
  const words = wordsOf(bare);
  if (words.length > 7 || words.length === 0) return false;
  const isWord = (word: string): boolean =>
    /^[\p{Lu}\p{Lo}][\p{L}\p{M}.'’´`-]*,?$/u.test(word) ||
    isParticle(word) ||
    /^[dl]['’]\p{Lu}/u.test(word) ||
    titleOf(fold(word)) !== null;
  if (
    !words.every(isWord) &&
    !(words.length <= 4 && words.every((word) => /^\p{Ll}[\p{L}'’-]+$/u.test(word) && isKnownGivenName(words[0]!)))
  )
    return false;
  return (
    !isInstitution(bare) &&
    countryCode(bare) === null &&
    countryOfPeople(bare) === null &&
    professionOf(bare) === null &&
    (bare.includes(' ') || languageOf(bare) === null) &&
    sexOf(bare) === null
  );
}

/** `Awa Diop, Juge` and `Awa Diop - High Court` without what stands behind the name. */
function withoutOffice(text: string): string {
  const [, name = '', office = ''] = /^(.*?\S)(?:\s*,\s*|\s+[-–—]\s+)(\S.*)$/u.exec(text) ?? [];
  return name !== '' && (professionOf(office) !== null || isInstitution(office)) ? name : text;
}

/** Whether a text speaks of a court, a ministry, an office. */
export function isInstitution(text: string): boolean {
  return INSTITUTION.test(fold(text));
}

const INSTITUTION =
  /\b(court|courts|tribunal|tribunaux|cour|corte|juzgado|juzgados|audiencia|ministry|ministere|ministerio|parquet|fiscalia|procuradoria|procuraduria|ministerio publico|police|policia|gendarmerie|universite|university|universidad|universidade|institut|institute|instituto|academy|academie|academia|school|ecole|escuela|escola|centre|center|centro|department|departement|departamento|office|bureau|oficina|gabinete|commission|comision|comissao|council|conseil|consejo|conselho|agency|agence|agencia|authority|autorite|direction|direccao|direccion|directorate|division|unit|unite|unidade|unidad|service|services|servico|servicio|bank|banque|banco|ltd|sarl|inc|gmbh|foundation|fondation|fundacion|fundacao|association|asociacion|associacao|chambers|attorney general|prosecution|judiciary|judicial|justice|justicia|justica|cabinet|embassy|ambassade|embajada|embaixada|ngo|ong|hospital|group|groupe|college|faculty|faculte|supreme|national|nationale|nacional|legal aid)\b/u;

/** Whether a text under the names is a company, or an institution that is called after nobody. */
export function isOrganisation(text: string): boolean {
  return (
    COMPANY.test(text) ||
    (isInstitution(text) && !/\bjustice\b/iu.test(text) && text.includes(' ') && !wordsOf(text).some(isKnownGivenName))
  );
}

/** Legal forms of companies: `BEC S.r.l.`, `Acme Ltda`. */
const COMPANY =
  /\s(?:s\.?r\.?l|s\.?n\.?c|s\.p\.a|s\.a\.s|s\.a\.r\.l|sarl|srls|spa|scrl|onlus|asbl|aps|ltda|lda|ltd|llc|plc|gmbh|eireli|inc|corp|sp\. z o\.o)\.?(?:\s(?:di|de|du)\s.*)?$/iu;

function wordsOf(text: string): string[] {
  return text.split(/[\s\u00A0]+/u).filter((word) => word !== '');
}

export function isDate(text: string): boolean {
  return (
    /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T,].*)?$/u.test(text) ||
    /^\d{1,2}:\d{2}(:\d{2})?( ?[ap]m)?$/iu.test(text) ||
    /^\d{1,2}[ -]\p{L}{3,10}\.?[ -]\d{2,4}$/u.test(text)
  );
}

/**
 * Whether a text is written like a telephone number: `+221 77 000 00 00`, `00221770000000`, `0221234567`: nine figures and more with signs between, or a
 * leading zero.
 */
export function isPhone(text: string): boolean {
  const digits = text.replace(/\D/gu, '');
  return (
    /^[+(\d][\d\s().+/-]*$/u.test(text) &&
    digits.length >= 7 &&
    digits.length <= 16 &&
    (/^(\+|00?)/u.test(text.replace(/[( ]/gu, '')) || /\d[\s.()/-]+\d/u.test(text) || digits.length >= 9) &&
    !isDate(text)
  );
}

function numberingOf(cells: readonly SeenCell[]): Numbering {
  const numbers = cells.flatMap(({ number }) => number ?? []);
  if (numbers.length === 0 || numbers.length < cells.length * 0.8) return 'none';
  if (Math.max(...numbers) > 2 * cells.length + 10) return runs(numbers) ? 'running' : 'none';
  if (cells.some(({ isPadded }) => isPadded)) return 'padded';
  // A list may begin anew under each section, and leave numbers out.
  return runs(numbers) ? 'running' : 'small';
}

/** Each number is one more than that before it, nearly everywhere. */
function runs(numbers: readonly number[]): boolean {
  const steps = numbers.slice(1).filter((number, index) => number === numbers[index]! + 1).length;
  return numbers.length > 1 && steps >= (numbers.length - 1) * 0.6;
}
