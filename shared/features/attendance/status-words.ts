import { fold } from '../../kernel/text.ts';
import { LETTERS, MARKS, type Mark, type Status } from '../../model/vocabularies.ts';

/** Words as sheets in the four languages have them, folded; the domain's own from the glossary. */
const WORDS: Readonly<Record<Mark, readonly string[]>> = {
  present: ['present', 'presente'],
  late: ['late', 'en retard', 'retard', 'con retraso', 'retraso', 'tarde', 'atrasado', 'atrasada', 'atraso'],
  leftEarly: [
    'left early',
    'depart anticipe',
    'parti plus tot',
    'partie plus tot',
    'salida anticipada',
    'salio antes',
    'saida antecipada',
    'saiu mais cedo',
  ],
  excused: ['excused', 'excuse', 'excusee', 'justificado', 'justificada', 'excusado', 'excusada'],
  absent: ['absent', 'absente', 'ausente'],
  remote: ['remote', 'online', 'a distance', 'en ligne', 'a distancia', 'en linea', 'em linha'],
};

const BY_WORD: ReadonlyMap<string, Status> = new Map<string, Status>([
  ...Object.entries(LETTERS).map(([status, letter]) => [letter.toLowerCase(), status as Status] as const),
  ...Object.entries(WORDS).flatMap(([status, words]) => words.map((word) => [word, status as Status] as const)),
]);

/**
 * The status that a cell of a list means: P L D E A R in either case, the word in English, French, Spanish or Portuguese
 * (*présent(e)*, *atrasado(a)*), a blank for not taken. Undefined for anything else: it is not guessed.
 */
export function statusOfWord(cell: string): Status | undefined {
  return BY_WORD.get(fold(cell).replace(/\s*\([ae]\)$/, ''));
}

const BY_LETTER: ReadonlyMap<string, Mark> = new Map(MARKS.map((mark) => [LETTERS[mark], mark]));

/** The status that a typed letter means, in either case; undefined for any other key. */
export function markOfLetter(key: string): Mark | undefined {
  return key.length === 1 ? BY_LETTER.get(key.toUpperCase()) : undefined;
}
