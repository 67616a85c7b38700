import { fold } from '../../kernel/text.ts';
import type { Mode } from '../../model/vocabularies.ts';

/** The words of the modes, folded, in four languages. */
const MODE_WORDS: readonly (readonly [Mode, string])[] = [
  [
    'hybrid',
    'hybrid|hybride|hibrid[oa]|blended|mixed|mixte|mixt[oa]|mist[oa]|online and in[- ]person|in[- ]person and online|in[- ]person/online|online/in[- ]person',
  ],
  [
    'online',
    'online|on-line|virtual|virtuelle?|virtuell?ement|remote|remotely|webinar|en ligne|a distance|en linea|em linha|a distancia|en distanciel|distanciel|visioconference|videoconference|videoconferencia|(?:via |on |by |par |por )?(?:zoom|teams|ms teams|microsoft teams|webex|kudo|bluejeans)',
  ],
  [
    'inPerson',
    'in[- ]person|in[- ]presence|face[- ]to[- ]face|f2f|on[- ]site|onsite|physical|in situ|presential|(?:en )?presentiel(?:le)?|en presence|en personne|presencial|sur place|en persona',
  ],
  [
    'desk',
    'desk|etude documentaire|recherche documentaire|travail de bureau|travail sur dossier|sur dossier|estudio documental|investigacion documental|trabajo de gabinete|trabajo de escritorio|estudo documental|pesquisa documental|trabalho de gabinete',
  ],
];

/** The words that may stand behind the word of a mode and say no more than it does. */
const BESIDE =
  '(?:[ -]?(?:only|event|events|meeting|meetings|workshop|activity|activities|format|mode|participation|training|session|sessions|course|study|studies|review|reviews|research|assessment|assessments|work|analysis|based|exercise|translation|drafting|report|reunion|atelier|taller|evenement|evento|formation|formato|reuniao|actividad|atividade|activite|self-paced|at own pace))*';

const WHOLE: readonly (readonly [Mode, RegExp])[] = MODE_WORDS.map(([mode, words]) => [mode, new RegExp(`^(?:${words})${BESIDE}$`, 'u')]);
const SELF_PACED = /^(?:self[- ]paced|auto-?formation|autoformativ[oa]|a son rythme|a su propio ritmo|tutored|tutore)$/u;

/** The mode that a whole segment of a line says; null where it says something else or more. */
export function modeSaid(segment: string): Mode | null {
  if (segment.length > 60) return null;
  const folded = fold(segment)
    .replace(/^[([*_]+|[)\]*_.:;]+$/gu, '')
    .trim();
  return WHOLE.find(([, whole]) => whole.test(folded))?.[0] ?? null;
}

/** Whether a segment only says more of a mode that stands beside it. */
export function isBesideMode(segment: string): boolean {
  return segment.length <= 60 && SELF_PACED.test(fold(segment).replace(/[).]+$/u, ''));
}
