import { keepingAnswers } from '../../kernel/kept-answers.ts';
import { fold } from '../../kernel/text.ts';

/** Whether a cell says *nothing* by a sign or a word of the four languages: `-`, `N/A`, *néant*, *s/o*, *ninguno*, *não se aplica*, a spreadsheet's error. */
export function saysNothing(text: string): boolean {
  if (text.length > LONGEST || beginsOtherwise(text)) return false;
  return PLAIN_WORD.test(text) ? NOTHING.has(text.toLowerCase()) : isNothing(text);
}

/** *X* in a row crosses out. */
const PLAIN_WORD = /^[A-WYZa-wyz][A-Za-z]*$/;

const isNothing = keepingAnswers((text) => {
  if (/^[-–—−.…/_?*·•xX\s]*$/u.test(text) && !/^x$/iu.test(text.trim())) return true;
  if (/^#(n\/?[ad]|ref|value|valeur|valor|null|name|nom|nombre|div\/0)[!?]?$/iu.test(text.trim())) return true;
  return NOTHING.has(fold(text).replace(/[^\p{L}\p{N}]+/gu, ''));
});

/**
 * Whether the same letters may be somebody's name or a country's code (*NA*, *SD*, *NC*): with a stroke or points between them they say nothing, bare ones may
 * mean something, as the rest of the list tells.
 */
export function mayBeSomething(text: string): boolean {
  return /^\p{L}{2,5}$/u.test(text.trim());
}

/** Whether the first letters are those of no word for nothing; most cells of a list are told by them. */
function beginsOtherwise(text: string): boolean {
  const first = text.charCodeAt(0);
  if (isFigure(first)) return true;
  const second = text.charCodeAt(1);
  const one = letterOf(first);
  const other = letterOf(second);
  if (one < 0 || one === X) return false;
  if (isFigure(second)) return true;
  const third = letterOf(text.charCodeAt(2));
  return other >= 0 && BEGINNINGS[placeOf(one, other, third)] === 0;
}

/** `third`: -1 where another sign follows the first two letters, or none. */
function placeOf(one: number, other: number, third: number): number {
  return (one * LETTERS + other) * (LETTERS + 1) + third + 1;
}

function isFigure(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** The place in the alphabet of a plain letter, large or small; -1 for any other sign. */
function letterOf(code: number): number {
  const place = (code | 0x20) - 0x61;
  return code > 0x40 && place >= 0 && place < LETTERS ? place : -1;
}

const LETTERS = 26;
const X = 23;
/** No word for nothing is longer, blanks and brackets included. */
const LONGEST = 40;
const NOTHING: ReadonlySet<string> = new Set(
  (
    'vacant,vacante,vago,vaga,poste vacant,na,nd,nc,ns,nr,so,sd,nsp,nsnr,nan,null,nil,none,nothing,not applicable,not available,not known,unknown,not stated,not specified,not provided,not given,no data,tbc,tbd,tba,to be confirmed,' +
    'to be determined,blank,empty,no answer,no email,no mail,no e mail,neant,aucun,aucune,rien,sans objet,non applicable,non renseigne,non renseignee,non communique,non communiquee,non precise,non precisee,' +
    'non indique,non disponible,inconnu,inconnue,pas de mail,pas d email,pas d adresse,a confirmer,a completer,a preciser,vide,sans,sans email,ninguno,ninguna,ningun,nada,no aplica,no aplicable,no procede,no consta,' +
    'no disponible,no tiene,no indica,no indicado,no especificado,sin dato,sin datos,sin correo,sin especificar,desconocido,desconocida,por confirmar,por definir,vacio,nenhum,nenhuma,nao aplicavel,' +
    'nao se aplica,no se aplica,nao disponivel,nao tem,nao indicado,nao indicada,nao especificado,sem dados,sem email,sem informacao,desconhecido,desconhecida,a confirmar,a definir,vazio,nao consta'
  )
    .split(',')
    .map((words) => words.replaceAll(' ', '')),
);
/** 1 at the first letters of these words. */
const BEGINNINGS = new Uint8Array(placeOf(LETTERS, 0, -1));
for (const word of NOTHING) {
  const [one, other, third] = [0, 1, 2].map((at) => letterOf(word.charCodeAt(at))) as [number, number, number];
  // Signs between the letters count for nothing: *n/a*, *na - *.
  for (const next of [third, -1]) BEGINNINGS[placeOf(one, other, next)] = 1;
}
