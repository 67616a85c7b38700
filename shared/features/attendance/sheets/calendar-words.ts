import type { Half } from '../../../kernel/dates.ts';

/** Months as headings write them in four languages, folded; the number of each from 1. */
export const MONTHS: ReadonlyMap<string, number> = numbered([
  'january jan janvier janv enero ene janeiro',
  'february feb fevrier fevr fev febrero fevereiro',
  'march mar mars marzo marco',
  'april apr avril avr abril abr',
  'may mai mayo maio',
  'june jun juin junio junho',
  'july jul juillet juil julio julho',
  'august aug aout agosto ago',
  'september sep sept septembre septiembre setembro set',
  'october oct octobre octubre outubro out',
  'november nov novembre noviembre novembro',
  'december dec decembre diciembre dic dezembro dez',
]);

/** Days of the week, 0 for Sunday. A word that is also something else names several, or a month as well; the dates of the workshop decide. */
export const WEEKDAYS: ReadonlyMap<string, readonly number[]> = weekdays([
  'sunday sun dimanche dim domingo dom',
  'monday mon lundi lun lunes segunda segunda-feira seg 2a-feira',
  'tuesday tue tues mardi mar martes terca terca-feira ter 3a-feira',
  'wednesday wed mercredi mer miercoles mie mier quarta quarta-feira qua 4a-feira',
  'thursday thu thur thurs jeudi jeu jueves jue quinta quinta-feira qui 5a-feira',
  'friday fri vendredi ven viernes vie sexta sexta-feira sex 6a-feira',
  'saturday sat samedi sam sabado sab',
]);

/** The words that are seldom a day of the week where no number stands beside them. */
export const WEAK_WEEKDAYS: ReadonlySet<string> = new Set([
  'sex',
  'mar',
  'ter',
  'seg',
  'qui',
  'qua',
  'mer',
  'sun',
  'sat',
  'sam',
  'dim',
  'dom',
  'ven',
  'vie',
  'mon',
]);

/** Halves of a day; the longer phrase first. Of `a.-m.`, `m` and `am` the other headings of a sheet decide (`halvesOf`). */
export const HALVES: readonly (readonly [RegExp, Half])[] = [
  [/\bapres[\s-]?midis?\b|\baprem\b|\bap\.?\s?-?m\b\.?|\bpm\b|\bp\.\s?m\b\.?|\bafternoons?\b|\bsoir(?:ee)?s?\b|\btardes?\b/u, 'PM'],
  [/\bam\b|\ba(?:\.\s?-?|-)m\b\.?|\bmatin(?:s|ee|ees)?\b|\bmat\b\.?|\bmornings?\b|\bmananas?\b|\bmanhas?\b|\bforenoon\b/u, 'AM'],
];

/** Letters that stand for a half at the end of a heading or in brackets. */
export const HALF_LETTERS: Readonly<Record<string, Half>> = { m: 'AM', t: 'PM' };

export const DAY_WORDS = 'day|jour|journee|dia|jornada';
export const HALF_DAY_WORDS = 'half[\\s-]?days?|demi[\\s-]?journees?|media jornada|medio dia|meio[\\s-]dia|meia jornada|1/2 journee';
export const SESSION_WORDS = 'session|seance|sesion|sessao|aula|class|clase|cours|modulo|module|reunion|meeting|slot|creneau';

/** Numbers written as words, folded. */
export const NUMBER_WORDS: ReadonlyMap<string, number> = numbered([
  'one first un une premier premiere 1er 1ere uno primer primero primera um primeiro primeira',
  'two second deux deuxieme 2e 2eme dos segundo segunda dois duas',
  'three third trois troisieme 3e 3eme tres tercer tercero tercera terceiro terceira',
  'four fourth quatre quatrieme 4e 4eme cuatro cuarto cuarta quatro quarto',
  'five fifth cinq cinquieme 5e 5eme cinco quinto',
]);

/** The words that add nothing to what a heading says of when. */
export const FILLERS: ReadonlySet<string> = new Set(
  (
    'le la les l de du des d el los las en o a os as do da dos das no na em the of on at in and et y e au al ao date fecha data dates session seance sesion sessao half ' +
    'presence presences presenca presencas asistencia attendance emargement signature signatures firma firmas assinatura assinaturas status statut estado mark marks marca ' +
    'day jour dia journee jornada week semaine semana demi media meia period periode periodo horaire horario time heure hora from to h utc gmt'
  ).split(' '),
);

function numbered(lines: readonly string[]): Map<string, number> {
  return new Map(lines.flatMap((line, index) => line.split(' ').map((word) => [word, index + 1] as const)));
}

function weekdays(lines: readonly string[]): Map<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const [day, line] of lines.entries()) for (const word of line.split(' ')) found.set(word, [...(found.get(word) ?? []), day]);
  return found;
}
