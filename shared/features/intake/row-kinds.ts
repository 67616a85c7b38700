import { countryCode } from '../../kernel/countries.ts';
import { fold } from '../../kernel/text.ts';
import type { SheetRow } from '../../kernel/source.ts';

/** The kind of a row under the headings that is nobody's. `text`: of a section, what it is about. */
export interface OtherRow {
  readonly kind: 'header' | 'section' | 'total' | 'note';
  readonly text: string;
}

/** The shape of a list, by which its rows are told apart. */
export interface ListShape {
  /** Cells of the heading row, by place; none where the list has no headings. */
  readonly header: readonly string[];
  /** Most rows fill more than one column. */
  readonly wide: boolean;
}

/**
 * Returns the kind of a row that belongs to no person: the headings once more, a heading of a section, a total or a mean, a note, a page number or the place of
 * a signature. Null for everything else, doubtful rows too: a person may bear the name *Soma* or *Page*, so a word alone is not enough, the rest of the row
 * must fit.
 */
export function otherRow(row: SheetRow, list: ListShape): OtherRow | null {
  const texts = distinctCells(row);
  if (texts.length === 0) return null;
  if (isHeaderAgain(row, list.header)) return { kind: 'header', text: '' };
  const words = fold(texts[0]!).replace(/[\s:：.·*•-]+$/u, '');
  if (isTotal(words, texts)) return { kind: 'total', text: texts[0]! };
  if (isNote(words, texts)) return { kind: 'note', text: texts[0]! };
  if (texts.length === 1 && list.wide && isSection(texts[0]!, words, row)) return { kind: 'section', text: texts[0]! };
  return null;
}

/** Whether rows of a list usually fill more than one column. */
export function isWide(rows: readonly SheetRow[]): boolean {
  let wide = 0;
  for (const row of rows) if (row.spread.length === 0 ? fillsSeveral(row) : distinctCells(row).length > 1) wide++;
  return wide * 2 > rows.length;
}

function fillsSeveral({ cells }: SheetRow): boolean {
  let filled = 0;
  for (const text of cells) if (text !== '' && ++filled > 1) return true;
  return false;
}

/** The cells that say something: what a merged cell was spread over counts once in its own row, and in each row below. */
function distinctCells({ cells, spread }: SheetRow): string[] {
  if (spread.length === 0) return cells.filter((text) => text !== '');
  const repeated = new Set(spread);
  const own = new Set(cells.filter((text, place) => text !== '' && !repeated.has(place)));
  // A row that lies wholly in a cell which began above it says nothing of its own.
  if (own.size === 0) return [];
  return cells.filter((text, place) => text !== '' && !(repeated.has(place) && own.has(text)));
}

function isHeaderAgain({ cells }: SheetRow, header: readonly string[]): boolean {
  const filled = countOf(cells);
  let other = 0;
  let figures = 0;
  for (let place = 0; place < cells.length; place++) {
    const text = cells[place]!;
    if (text === '' || isAlike(text, header[place] ?? '')) continue;
    other++;
    // A quarter may be written otherwise; beside the names of the columns days and numbers of sessions may stand.
    if (isFigure(text)) figures++;
    else if ((other - figures) * 4 > filled) return false;
  }
  const same = filled - other;
  if (same < Math.min(2, countOf(header))) return false;
  if (same > 1 && figures === other) return true;
  // Where a column is ticked with its own heading, as a colour or a group, somebody's row is nearly a heading; the name in it is none.
  const fits = (text: string, place: number): boolean => {
    const heading = header[place] ?? '';
    return text === '' || isAlike(text, heading) || isShortened(text, heading);
  };
  return other * 4 <= filled && cells.every(fits);
}

function countOf(cells: readonly string[]): number {
  let count = 0;
  for (const text of cells) if (text !== '') count++;
  return count;
}

/** `N°` for `No.`, `Prénoms` for `Prénom`, or a heading where there was none. */
function isShortened(text: string, header: string): boolean {
  const [own, first] = [text, header].map((each) => fold(each).replace(/[^\p{L}\p{N}]+/gu, '')) as [string, string];
  const length = Math.min(3, own.length, first.length);
  return length === 0 ? first === '' : own.slice(0, length) === first.slice(0, length);
}

/** Without folding what begins otherwise, is longer or shorter: most cells of a list are no headings. */
function isAlike(text: string, header: string): boolean {
  if (Math.abs(text.length - header.length) > 3) return false;
  const first = plainSign(text);
  const other = plainSign(header);
  return (first === 0 || other === 0 || first === other) && fold(text) === fold(header);
}

/** The first sign of a text where it is a plain letter, as a small one, or a figure, which no folding makes another; else 0. */
function plainSign(text: string): number {
  const code = text.charCodeAt(0);
  if (code >= 0x30 && code <= 0x39) return code;
  const small = code | 0x20;
  return code > 0x40 && small >= 0x61 && small <= 0x7a ? small : 0;
}

function isTotal(words: string, texts: readonly string[]): boolean {
  if (begins(words, TOTALS)) {
    const others = texts.slice(1);
    // A word alone may be a name, and *Max* may begin one; with a figure, or as a phrase of several words, it is none.
    const isPhrase = words.includes(' ') && !GIVEN_NAMES.has(firstWord(words));
    return others.every(isFigure) && (others.length > 0 || isPhrase || /[:：]$/u.test(texts[0]!.trim()) || SURE_TOTALS.has(words));
  }
  // *Total : 25 participants*, *25 personas en total*
  return texts.length === 1 && TOTAL_SENTENCE.test(words);
}

function isNote(words: string, texts: readonly string[]): boolean {
  // *P01* beside a mark is somebody's number.
  if (texts.length <= 2 && PAGE.test(words) && texts.slice(1).every(isFigure) && !/^p\d/u.test(words)) return true;
  const text = texts[0];
  // A line to sign on.
  if (/^[_.…\s]{4,}$/u.test(text!) && texts.every((each) => /^[_.…\s-]+$/u.test(each))) return true;
  if (beginsNote(words) && (texts.slice(1).every((each) => isFigure(each) || beginsNote(fold(each))) || /[:：]$/u.test(text!))) return true;
  if (texts.length > 1) return false;
  // *Le Directeur,* over the place where somebody signs.
  if (/\p{L}[,，]$/u.test(text!)) return true;
  // Lines under a table: `* Sous réserve de confirmation.`
  return (
    /^(\*|†|‡|\(\d\)|\[\d\])\s*\S/u.test(text!) || (text!.length > 70 && /[.!?;:,]/u.test(text!)) || /^(https?:\/\/|www\.)/iu.test(text!)
  );
}

function beginsNote(words: string): boolean {
  return begins(words, NOTE_STARTS);
}

/** Phrases by their first words. */
type Starts = ReadonlyMap<string, readonly string[]>;

function startsOf(phrases: readonly string[]): Starts {
  const starts = new Map<string, string[]>();
  for (const phrase of phrases) starts.set(firstWord(phrase), [...(starts.get(firstWord(phrase)) ?? []), phrase]);
  return starts;
}

function firstWord(words: string): string {
  const end = words.search(/[ :]/);
  return end < 0 ? words : words.slice(0, end);
}

/** Whether a text is one of these phrases, or begins with one and goes on after a blank or a colon. */
function begins(words: string, starts: Starts): boolean {
  const phrases = starts.get(firstWord(words));
  return phrases !== undefined && phrases.some((phrase) => words.startsWith(phrase) && /^(?:[ :]|$)/.test(words.slice(phrase.length)));
}

function isSection(text: string, words: string, { spread }: SheetRow): boolean {
  if (spread.length > 0) return true;
  // `# 2023`: a remark of who wrote the file by hand.
  if (countryCode(text) !== null || /[:：]$/u.test(text.trim()) || /^#\s*[\p{L}\p{N}]/u.test(text)) return true;
  return SECTION.test(words);
}

function isFigure(text: string): boolean {
  if (plainSign(text) > 0x39) return false;
  return /^[-+]?[\d\s.,'’%/()]+$/u.test(text) || /^[-–—.…/_?]+$/u.test(text);
}

/** Words that begin a line of sums, folded, in the four languages and as abbreviated by spreadsheets. */
const TOTALS = startsOf([
  ...[
    'total',
    'totaux',
    'totals',
    'totales',
    'totais',
    'total general',
    'total geral',
    'grand total',
    'sous-total',
    'subtotal',
    'sub-total',
    'sub total',
  ],
  ...['ensemble', 'somme', 'suma', 'soma', 'sum', 'effectif', 'effectifs', 'nombre', 'number', 'count', 'compte', 'recuento', 'contagem'],
  ...['moyenne', 'moyennes', 'mean', 'means', 'average', 'averages', 'avg', 'promedio', 'media', 'medias', 'mediane', 'median', 'mediana'],
  ...[
    'ecart-type',
    'ecart type',
    'standard deviation',
    'std dev',
    'stdev',
    'std',
    'desviacion estandar',
    'desviacion tipica',
    'desvio padrao',
  ],
  ...[
    'minimum',
    'min',
    'minimo',
    'maximum',
    'max',
    'maximo',
    'overall',
    'taux',
    'rate',
    'tasa',
    'taxa',
    'pourcentage',
    'percentage',
    'porcentaje',
    'percentagem',
  ],
]);
/** Those that somebody may be called: *Max Weber*, *Media Sow*. */
const GIVEN_NAMES: ReadonlySet<string> = new Set(['max', 'min', 'media', 'soma', 'suma', 'sum']);
/** Those that are nobody's name even alone. */
const SURE_TOTALS: ReadonlySet<string> = new Set([
  ...[
    'total',
    'totaux',
    'totals',
    'totales',
    'totais',
    'grand total',
    'sous-total',
    'subtotal',
    'sub-total',
    'moyenne',
    'moyennes',
    'average',
    'promedio',
  ],
  ...['mediane', 'median', 'mediana', 'ecart-type', 'minimum', 'maximum', 'overall'],
]);
const TOTAL_SENTENCE =
  /^(\d+ (participants?|participantes?|personnes|personas|pessoas|people|inscrits?|inscritos?|presents?|presentes?|entries|rows|lignes)\b|(nombre|number|numero|total) (total )?(de|of|des|do|dos|d') ?\w+)/u;

/** How lines begin that stand for signatures, dates, places and remarks under a list. */
const NOTE_STARTS = startsOf([
  ...[
    'signature',
    'signatures',
    'firma',
    'firmas',
    'assinatura',
    'assinaturas',
    'visa',
    'cachet',
    'stamp',
    'sello',
    'carimbo',
    'emargement',
  ],
  ...[
    'fait a',
    'fait le',
    'done at',
    'hecho en',
    'feito em',
    'date',
    'date et signature',
    'date and signature',
    'fecha',
    'data',
    'le formateur',
  ],
  ...[
    'la formatrice',
    'le responsable',
    'le coordinateur',
    'the trainer',
    'trainer',
    'trainers',
    'formateur',
    'formateurs',
    'el formador',
    'formador',
    'formadores',
  ],
  ...[
    'prepared by',
    'etabli par',
    'elaborado por',
    'certified by',
    'certifie',
    'approved by',
    'approuve par',
    'aprobado por',
    'aprovado por',
    'lu et approuve',
  ],
  ...[
    'nb',
    'n.b',
    'note',
    'notes',
    'nota',
    'notas',
    'remarque',
    'remarques',
    'remark',
    'remarks',
    'observation',
    'observations',
    'observaciones',
    'observacoes',
  ],
  ...[
    'source',
    'fuente',
    'fonte',
    'legende',
    'legend',
    'leyenda',
    'legenda',
    'key',
    'printed on',
    'imprime le',
    'generated',
    'genere le',
    'exported',
    'exporte le',
  ],
  ...['end of list', 'fin de liste', 'fin de la liste', 'fin de lista', 'fim da lista', 'end of report'],
]);
const PAGE = /^(-\s*)?(page|pagina|pag|p|folha|hoja|feuille|sheet)\.?\s*\d+(\s*(\/|of|sur|de)\s*\d+)?$|^\d+\s*(\/|of|sur|de)\s*\d+$/u;

const SECTION =
  /^((groupe|group|grupo|sala|salle|room|table|mesa|equipe|team|equipo|jour|day|dia|session|seance|sesion|sessao|module|modulo|delegation|delegacion|delegacao|region|province|provincia|atelier|workshop|taller|oficina)\b.{0,60}$|(pays|country|pais)\s*[:-]|(liste|list|lista)\b.{0,60}$|(magistrats?|juges?|judges?|jueces|juizes|magistrados?|magistrates?|procureurs?|prosecutors?|fiscales|procuradores|enqueteurs?|investigators?|policiers?|police|gendarmes?|gendarmerie|avocats?|lawyers?|abogados|advogados|greffiers?|clerks?|experts?|expertos|peritos|formateurs?|observers?|observateurs?|organisateurs?|organizers?|participants?|participantes?|femmes|hommes|women|men|mujeres|hombres|mulheres|homens)$)/u;
