import { splitHalfDay, type HalfDay } from '../../../shared/kernel/dates.ts';
import type { Sheet, Source } from '../../../shared/kernel/source.ts';
import type { Language } from '../../../shared/kernel/text.ts';
import type { Mark } from '../../../shared/model/vocabularies.ts';
import type { Dice } from '../dice.ts';
import { sheetOf, sourceOf } from './lists.ts';

/** A sheet that somebody wrote of known marks. */
export interface MangledSheet {
  readonly source: Source;
  readonly languages: readonly Language[];
  readonly people: readonly string[];
  readonly halfDays: readonly HalfDay[];
  /** By `${place in people} ${half-day}`. */
  readonly truth: ReadonlyMap<string, Mark>;
  /** What was drawn, for a run that fails. */
  readonly drawn: string;
}

const FAMILY = [
  'DIOP',
  'FALL',
  'TRAORÉ',
  'N’GUESSAN',
  'KONÉ',
  'MAÏGA',
  'SOW',
  'NDIAYE',
  'GARCÍA LÓPEZ',
  'QUISPE',
  'ROJAS',
  'LOPES',
  'SEMEDO',
  'OKAFOR',
  'MENSAH',
  'BA',
  'DE SOUSA',
  'OULD AHMED',
];
const GIVEN = [
  'Awa',
  'Ibra',
  'Moussa',
  'Fatou',
  'Jean-Paul',
  'María José',
  'Pedro',
  'Juana',
  'João',
  'Ngozi',
  'Kofi',
  'Aïssatou',
  'Omar',
  'Inês',
  'Marie Claire',
];

const WORDS: Readonly<Record<Language, Readonly<Record<'present' | 'late' | 'absent' | 'excused', readonly string[]>>>> = {
  en: { present: ['Present', 'present', 'Attended'], late: ['Late', 'Late (10 min)'], absent: ['Absent', 'No show'], excused: ['Excused'] },
  fr: {
    present: ['Présent', 'présent(e)', 'Présente'],
    late: ['En retard', 'Retard'],
    absent: ['Absent', 'absente'],
    excused: ['Excusé', 'Absence justifiée'],
  },
  es: {
    present: ['Presente', 'Asistió'],
    late: ['Con retraso', 'Tardanza'],
    absent: ['Ausente', 'Falta', 'No asistió'],
    excused: ['Justificado', 'Falta justificada'],
  },
  pt: {
    present: ['Presente', 'Compareceu'],
    late: ['Atrasado(a)', 'Chegou tarde'],
    absent: ['Ausente', 'Faltou'],
    excused: ['Justificado', 'Falta justificada'],
  },
};
const LETTERS: Readonly<Record<Language, Readonly<Record<'present' | 'late' | 'absent' | 'excused', string>>>> = {
  en: { present: 'P', late: 'L', absent: 'A', excused: 'E' },
  fr: { present: 'P', late: 'R', absent: 'A', excused: 'E' },
  es: { present: 'A', late: 'R', absent: 'F', excused: 'J' },
  pt: { present: 'P', late: 'A', absent: 'F', excused: 'J' },
};
const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  fr: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
  es: ['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre', 'noviembre', 'diciembre'],
  pt: ['janeiro', 'fevereiro', 'março', 'abril', 'maio', 'junho', 'julho', 'agosto', 'setembro', 'outubro', 'novembro', 'dezembro'],
};
const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  fr: ['Dimanche', 'Lundi', 'Mardi', 'Mercredi', 'Jeudi', 'Vendredi', 'Samedi'],
  es: ['Domingo', 'Lunes', 'Martes', 'Miércoles', 'Jueves', 'Viernes', 'Sábado'],
  pt: ['Domingo', 'Segunda', 'Terça', 'Quarta', 'Quinta', 'Sexta', 'Sábado'],
};
const HALVES: Readonly<Record<Language, readonly (readonly [string, string])[]>> = {
  en: [
    ['AM', 'PM'],
    ['morning', 'afternoon'],
    ['(a.m.)', '(p.m.)'],
  ],
  fr: [
    ['matin', 'après-midi'],
    ['AM', 'PM'],
    ['(M)', '(AM)'],
    ['Matin', 'Après midi'],
    ['Matinée', 'Aprem'],
  ],
  es: [
    ['mañana', 'tarde'],
    ['AM', 'PM'],
    ['(M)', '(T)'],
  ],
  pt: [
    ['manhã', 'tarde'],
    ['AM', 'PM'],
    ['(M)', '(T)'],
  ],
};
const DAY: Readonly<Record<Language, string>> = { en: 'Day', fr: 'Jour', es: 'Día', pt: 'Dia' };
const NAMES: Readonly<
  Record<
    Language,
    {
      readonly whole: string;
      readonly family: string;
      readonly given: string;
      readonly ref: string;
      readonly status: string;
      readonly half: string;
    }
  >
> = {
  en: { whole: 'Full name', family: 'Surname', given: 'First name', ref: 'ID', status: 'Status', half: 'Half day' },
  fr: { whole: 'Nom et prénom', family: 'Nom', given: 'Prénom', ref: 'Matricule', status: 'Présence', half: 'Demi-journée' },
  es: { whole: 'Apellidos y nombres', family: 'Apellidos', given: 'Nombres', ref: 'Código', status: 'Asistencia', half: 'Turno' },
  pt: { whole: 'Apelidos e nome', family: 'Apelido', given: 'Nome próprio', ref: 'Código', status: 'Presença', half: 'Período' },
};

/** Writes drawn marks of drawn people in a drawn form. */
export function mangledSheet(dice: Dice): MangledSheet {
  const language = dice.oneOf(['en', 'fr', 'es', 'pt'] as const);
  const people = drawPeople(dice);
  const halfDays = drawHalfDays(dice);
  const form = dice.oneOf(['halfDays', 'twoRows', 'days', 'lines', 'session', 'sheets'] as const);
  const how = dice.oneOf(['words', 'letters', 'legend', 'ticks'] as const);
  const truth = drawTruth(dice, people, halfDays, form, how === 'ticks');
  const write = writer(dice, language, how);
  const named = namer(dice, language, people);
  const days = [...new Set(halfDays.map((halfDay) => splitHalfDay(halfDay).day))];
  const style = dice.upTo(6);
  const halves = dice.oneOf(HALVES[language]);
  const half = (halfDay: HalfDay): string => halves[splitHalfDay(halfDay).half === 'AM' ? 0 : 1];
  const day = (text: string): string => dayText(text, language, style, days);
  const order = dice.chance(0.5) ? people.map((_, at) => at) : shuffled(dice, people.length);
  const mark = (at: number, halfDay: HalfDay): string => write(truth.get(`${at} ${halfDay}`));
  const rows: Sheet[] = [];
  const title = dice.chance(0.4) ? ['Liste | List'.split(' | ')[language === 'en' ? 1 : 0]!, ''] : [];
  const legend =
    how === 'legend'
      ? [
          `P = ${WORDS[language].present[0]}, L = ${WORDS[language].late[0]}, A = ${WORDS[language].absent[0]}, E = ${WORDS[language].excused[0]}`,
        ]
      : [];
  const totals = dice.chance(0.3) && form !== 'lines' ? ['Total||12'] : [];
  const add = (lines: readonly string[], name = ''): void => void rows.push(sheetOf([...title, ...legend, ...lines, ...totals], name));
  const joined = (...cells: readonly (string | readonly string[])[]): string => cells.flat().join('|');
  if (form === 'halfDays')
    add([
      joined(
        named.headings,
        halfDays.map((one) => `${day(splitHalfDay(one).day)} ${half(one)}`),
      ),
      ...order.map((at) =>
        joined(
          named.cells(at),
          halfDays.map((one) => mark(at, one)),
        ),
      ),
    ]);
  if (form === 'twoRows')
    add([
      joined(
        named.headings,
        days.flatMap((one) => [
          day(one),
          ...halfDays
            .filter((each) => each.startsWith(one))
            .slice(1)
            .map(() => ''),
        ]),
      ),
      joined(
        named.headings.map(() => ''),
        halfDays.map((one) => half(one)),
      ),
      ...order.map((at) =>
        joined(
          named.cells(at),
          halfDays.map((one) => mark(at, one)),
        ),
      ),
    ]);
  if (form === 'days')
    add([
      joined(named.headings, days.map(day)),
      ...order.map((at) =>
        joined(
          named.cells(at),
          days.map((one) =>
            mark(
              at,
              halfDays.find((each) => each.startsWith(one))!,
            ),
          ),
        ),
      ),
    ]);
  if (form === 'lines') {
    const lines = order.flatMap((at) =>
      halfDays
        .filter((one) => truth.has(`${at} ${one}`))
        .map((one) => joined(named.cells(at), day(splitHalfDay(one).day), half(one), mark(at, one))),
    );
    add([joined(named.headings, 'Date', NAMES[language].half, NAMES[language].status), ...lines]);
  }
  if (form === 'session') {
    const [one] = halfDays;
    const where = dice.chance(0.7) ? [`${day(splitHalfDay(one!).day)} ${half(one!)}`] : [];
    add([...where, joined(named.headings, NAMES[language].status), ...order.map((at) => joined(named.cells(at), mark(at, one!)))]);
  }
  if (form === 'sheets')
    for (const one of days) {
      const ours = halfDays.filter((each) => each.startsWith(one));
      add(
        [
          joined(named.headings, ours.map(half)),
          ...order.map((at) =>
            joined(
              named.cells(at),
              ours.map((each) => mark(at, each)),
            ),
          ),
        ],
        day(one),
      );
    }
  const source = sourceOf(...rows);
  const text = rows.map(({ name, rows: lines }) => `[${name}]\n${lines.map(({ cells }) => cells.join(' | ')).join('\n')}`).join('\n');
  return { source, languages: [language], people, halfDays, truth, drawn: `${language} ${form} ${how}\n${text}` };
}

function drawPeople(dice: Dice): string[] {
  const hasRefs = dice.chance(0.5);
  const seen = new Set<string>();
  const people: string[] = [];
  while (people.length < 6 + dice.upTo(10)) {
    const name = `${dice.oneOf(FAMILY)}/${dice.oneOf(GIVEN)}`;
    // Namesakes only where numbers tell them apart.
    if (seen.has(name) && !(hasRefs && dice.chance(0.5))) continue;
    seen.add(name);
    people.push(hasRefs ? `${name}/${people.length % 2 === 0 ? 'K' : 'T'}${100 + people.length * 7}` : name);
  }
  return people;
}

function drawHalfDays(dice: Dice): HalfDay[] {
  const start = Date.UTC(2026, dice.upTo(12), 1 + dice.upTo(27));
  const all = Array.from({ length: 2 + dice.upTo(3) }, (_, at) => new Date(start + at * 86_400_000).toISOString().slice(0, 10)).flatMap(
    (day) => [`${day}-AM`, `${day}-PM`],
  );
  return all;
}

function drawTruth(dice: Dice, people: readonly string[], halfDays: readonly HalfDay[], form: string, ticks: boolean): Map<string, Mark> {
  const truth = new Map<string, Mark>();
  const draw = (): Mark | null => {
    if (dice.chance(0.1)) return null;
    if (ticks) return dice.chance(0.8) ? 'present' : null;
    return dice.chance(0.7) ? 'present' : dice.oneOf(['late', 'absent', 'excused'] as const);
  };
  for (const at of people.keys()) {
    for (const halfDay of form === 'session' ? halfDays.slice(0, 1) : halfDays) {
      const twin = `${at} ${splitHalfDay(halfDay).day}-AM`;
      const mark = form === 'days' && halfDay.endsWith('PM') ? (truth.get(twin) ?? null) : draw();
      if (mark !== null) truth.set(`${at} ${halfDay}`, mark);
    }
  }
  return truth;
}

function writer(dice: Dice, language: Language, how: string): (mark: Mark | undefined) => string {
  const tick = dice.oneOf(['x', 'X', '✓', '✔', '1']);
  return (mark) => {
    if (mark === undefined) return '';
    const kind = mark as 'present' | 'late' | 'absent' | 'excused';
    if (how === 'ticks') return tick;
    if (how === 'legend') return LETTERS.en[kind];
    return how === 'letters' ? LETTERS[language][kind] : dice.oneOf(WORDS[language][kind]);
  };
}

function namer(
  dice: Dice,
  language: Language,
  people: readonly string[],
): { readonly headings: readonly string[]; cells(at: number): readonly string[] } {
  const parts = (at: number): readonly [string, string, string] => {
    const [family = '', given = '', ref = ''] = people[at]!.split('/');
    return [family, given, ref];
  };
  const { whole, family, given, ref } = NAMES[language];
  const hasRefs = parts(0)[2] !== '';
  const numbered = dice.chance(0.3);
  const lead = (row: number): string[] => (numbered ? [String(row + 1)] : []);
  const head = numbered ? ['N°'] : [];
  const plain = (text: string): string => (dice.chance(0.3) ? text.normalize('NFD').replace(/\p{M}/gu, '') : text);
  switch (hasRefs ? dice.oneOf(['ref', 'both', 'two'] as const) : dice.oneOf(['whole', 'two'] as const)) {
    case 'ref':
      return { headings: [ref], cells: (at) => [parts(at)[2]] };
    case 'both':
      return { headings: [...head, ref, whole], cells: (at) => [...lead(at), parts(at)[2], plain(`${parts(at)[0]} ${parts(at)[1]}`)] };
    case 'two':
      return {
        headings: [...head, ...(hasRefs ? [ref] : []), family, given],
        cells: (at) => [...lead(at), ...(hasRefs ? [parts(at)[2]] : []), plain(parts(at)[0]), plain(parts(at)[1])],
      };
    case 'whole':
      return { headings: [...head, whole], cells: (at) => [...lead(at), plain(`${parts(at)[0]} ${parts(at)[1]}`)] };
  }
}

function dayText(day: string, language: Language, style: number, days: readonly string[]): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const weekday = WEEKDAYS[language][new Date(`${day}T00:00:00Z`).getUTCDay()]!;
  const name = MONTHS[language][month - 1]!;
  switch (style) {
    case 0:
      return day;
    case 1:
      return `${String(date).padStart(2, '0')}/${String(month).padStart(2, '0')}/${year}`;
    case 2:
      return `${date}/${month}`;
    case 3:
      return language === 'en' ? `${name} ${date}` : language === 'fr' ? `${date} ${name}` : `${date} de ${name}`;
    case 4:
      return `${weekday} ${date}`;
    default:
      return `${DAY[language]} ${days.indexOf(day) + 1}`;
  }
}

function shuffled(dice: Dice, count: number): number[] {
  const left = Array.from({ length: count }, (_, at) => at);
  return Array.from({ length: count }, () => left.splice(dice.upTo(left.length), 1)[0]!);
}
