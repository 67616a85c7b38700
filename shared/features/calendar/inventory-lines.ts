import { fold } from '../../kernel/text.ts';
import { isFinished, isTailAlone, plainOf } from './entry-text.ts';
import { modeSaid } from './mode-words.ts';
import { isOfNames, leadingNames, type NameIndex } from './project-names.ts';
import { readDate, type SaidDate } from './said-date.ts';

/** A part of an inventory. `line`: the number of its first line, from 1; `text`: its lines as they stand. */
export type InventoryPart =
  | { readonly is: 'heading'; readonly line: number; readonly text: string; readonly months: SaidDate | null; readonly year: number | null }
  | { readonly is: 'entry'; readonly line: number; readonly text: string; readonly names: string | null; readonly said: string }
  | { readonly is: 'skipped'; readonly line: number; readonly text: string };

type OpenEntry = { line: number; text: string; names: string | null; said: string };

const RULE = /^[\s\-–—_=*~|+.•]+$/u;
const PAGE = /^(?:page\s*)?[-–—\s]*\d{1,3}(?:\s*(?:\/|of|de|sur)\s*\d{1,3})?[-–—\s]*$/iu;
const COLUMN_WORDS = new Set([
  ...[
    'project',
    'projects',
    'projet',
    'projets',
    'proyecto',
    'proyectos',
    'projeto',
    'projetos',
    'activity',
    'activities',
    'activite',
    'activites',
    'actividad',
  ],
  ...[
    'actividades',
    'atividade',
    'atividades',
    'title',
    'titre',
    'titulo',
    'date',
    'dates',
    'fecha',
    'fechas',
    'data',
    'datas',
    'mode',
    'modalidad',
    'modalidade',
  ],
  ...['place', 'lieu', 'lugar', 'local', 'location', 'venue', 'format', 'formato', 'country', 'pays', 'pais'],
]);
const ABOUT_ACTIVITIES =
  /\b(?:inventory|activities|calendar|schedule|planned|upcoming|inventaire|activites|calendrier|inventario|actividades|calendario|atividades|overview|agenda|programme)\b/u;
const CONTINUED = /[\s–—-]*\(?\b(?:continued|cont'?d?|suite|continuacion|continuacao|cont)\b\.?\)?$/u;
/** A bullet, a number of a list, marks of emphasis. */
const BULLET = /^[\s]*(?:[•◦▪●·*‣–—-]+\s+|\d{1,3}[.)]\s+|#{1,6}\s*)/u;

/** Cuts a text into headings, entries (with the lines that a narrow column broke) and lines that say nothing. */
export function cutInventory(text: string, index: NameIndex): InventoryPart[] {
  const parts: InventoryPart[] = [];
  let open: OpenEntry | null = null;
  const close = (): void => {
    if (open) parts.push({ is: 'entry', ...open });
    open = null;
  };
  text.split(/\r\n|[\r\n\u2028\u2029]/u).forEach((raw, at) => {
    const line = at + 1;
    const entry: OpenEntry | null = open;
    if (raw.trim() === '') {
      if (entry && entry.said !== '') close();
    } else if (RULE.test(raw) || PAGE.test(raw.trim()) || isColumnHeading(raw)) parts.push({ is: 'skipped', line, text: raw.trim() });
    else {
      const heading = entry && !isFinished(entry.said) && goesOn(entry.said) ? null : headingOf(raw, index);
      const start = heading ? null : startOf(raw, index);
      if (heading) {
        close();
        parts.push({ is: 'heading', line, text: raw.trim(), ...heading });
      } else if (entry && continues(entry, raw, start)) {
        entry.text += `\n${raw.trimEnd()}`;
        if (start && entry.said === '' && /,\s*$/u.test(entry.text.split('\n').at(-2)!)) {
          entry.names += `, ${start.names}`;
          entry.said = start.said;
        } else entry.said = joined(entry.said, unmarked(raw));
      } else if (start) {
        close();
        open = { line, text: raw.trim(), ...start };
      } else if (!parts.some(({ is }) => is === 'entry') && !entry && !isFinished(raw))
        parts.push({ is: 'skipped', line, text: raw.trim() });
      else {
        close();
        open = { line, text: raw.trim(), names: null, said: unmarked(raw) };
      }
    }
  });
  close();
  return parts;
}

interface Start {
  readonly names: string;
  readonly said: string;
  /** A column divides names and title. */
  readonly divided: boolean;
}

/** The names and the text of a line that begins an entry; null where it begins none. */
function startOf(raw: string, index: NameIndex): Start | null {
  const line = raw.replace(/^\s*\|/u, '').replace(/\|\s*$/u, '');
  if (/^\s*\t/u.test(line)) return null;
  const unbulleted = unmarked(line);
  const columns = unbulleted.split(/\t+|\s*\|\s*/u).map((column) => column.trim());
  if (columns.length > 1) {
    const named = columns.slice(0, 4).findIndex((column) => isOfNames(plainOf(column), index));
    const at = named === -1 ? columns.findIndex((column) => !isTailAlone(column)) : named;
    if (at === -1 || columns[at]!.length > 120) return null;
    const others = columns.filter((column, place) => place !== at && column !== '');
    const isTail = (column: string): boolean => readDate(plainOf(column)) !== null || modeSaid(plainOf(column)) !== null;
    // Dates may stand before the title.
    const said = [...others.filter((column) => !isTail(column)), ...others.filter(isTail)].join('\t');
    return { names: plainOf(columns[at]!), said, divided: true };
  }
  const [first = '', ...more] = unbulleted.split(/\s{2,}/u);
  if (more.length > 0 && isOfNames(plainOf(first), index)) return { names: plainOf(first), said: more.join(' '), divided: true };
  const leading = leadingNames(plainOf(unbulleted), index);
  if (leading) return { names: leading.names, said: leading.rest, divided: false };
  if (more.length > 0 && isLabel(first)) return { names: first, said: more.join(' '), divided: true };
  return null;
}

/** Whether a text may be the name of a project that nobody knows: few words, no date. */
function isLabel(text: string): boolean {
  return (
    text.length <= 40 && text.split(/\s+/u).length <= 3 && /^\p{Lu}|^\p{Ll}\p{Lu}/u.test(text) && !isTailAlone(text) && !/[.:]$/u.test(text)
  );
}

/** Whether a line goes on with an entry that is open. */
function continues(entry: OpenEntry, raw: string, start: Start | null): boolean {
  if (entry.said === '') return start === null || !start.divided;
  if (start?.divided) return false;
  const finished = isFinished(entry.said);
  if (start) return !finished && goesOn(entry.said);
  return !finished || isTailAlone(raw) || /^\s*[\p{Ll}(,;&\t]/u.test(raw);
}

/** Whether a text cannot end where it does: a comma, a joining word, a day without its month. */
function goesOn(text: string): boolean {
  return /(?:[,;:&/–—-]|\b(?:of|the|by|and|with|within|in|for|on|to|from|under|at|de|du|des|la|le|les|et|en|pour|avec|sur|par|y|con|del|da|do|e|com|para)|,?\s\d{1,2}|\d\s*[-–—]\s*\d{1,2})\s*$/iu.test(
    plainOf(text),
  );
}

/** Two lines of one text; a word that ends with a hyphen is not parted, and a mode on a line of its own stands as in a column of its own. */
function joined(above: string, below: string): string {
  if (above !== '' && !goesOn(above) && isTailAlone(below)) return `${above}\t${below.trim()}`;
  return above === '' ? below.trim() : /[\p{L}\d][-–—]$/u.test(above) ? above + below.trim() : `${above} ${below.trim()}`;
}

function unmarked(raw: string): string {
  return raw
    .replace(BULLET, '')
    .replace(/\*\*|__/gu, '')
    .trim();
}

function isColumnHeading(raw: string): boolean {
  const words = fold(raw).match(/\p{L}+/gu) ?? [];
  return words.length > 0 && words.every((word) => COLUMN_WORDS.has(word)) && (words.length > 1 || /[|\t]/u.test(raw));
}

/** The months that a heading names, or the year alone; null where a line is no heading. */
function headingOf(raw: string, index: NameIndex): { months: SaidDate | null; year: number | null } | null {
  const text = plainOf(unmarked(raw)).replace(/\t+/gu, ' ');
  const folded = fold(text).replace(CONTINUED, '').replace(/[:.]$/u, '').trim();
  if (/^(?:year |annee |ano )?(?:19|20|21)\d\d$/u.test(folded)) return { months: null, year: Number(folded.slice(-4)) };
  const whole = monthsIn(folded);
  if (whole) return { months: whole, year: null };
  if (!ABOUT_ACTIVITIES.test(folded) || /\t/u.test(raw.trim()) || leadingNames(text, index)) return null;
  const said = [/\(([^()]*)\)/u.exec(folded)?.[1], ...suffixes(folded)].flatMap((part) => monthsIn(part ?? '') ?? []);
  if (said[0]) return { months: said[0], year: null };
  const year = /\b((?:19|20|21)\d\d)\b/u.exec(folded)?.[1];
  return year ? { months: null, year: Number(year) } : null;
}

function suffixes(text: string): string[] {
  return [...text.matchAll(/[\s,:-]+/gu)].map(({ index, 0: blank }) => text.slice(index + blank.length)).slice(-14);
}

function monthsIn(text: string): SaidDate | null {
  const reading = readDate(text);
  return reading === null || reading === 'toBeConfirmed' || reading.precision !== 'month' || reading.toBeConfirmed ? null : reading;
}
