import { fold } from '../../kernel/text.ts';

/** Whether a cell says *nothing* by a sign or a word of the four languages: `-`, `N/A`, *néant*, *s/o*, *ninguno*, *não se aplica*, a spreadsheet's error. */
export function saysNothing(text: string): boolean {
  if (text.length > LONGEST || beginsOtherwise(text)) return false;
  if (/^[-–—−.…/_?*·•xX\s]*$/u.test(text) && !/^x$/iu.test(text.trim())) return true;
  if (/^#(n\/?[ad]|ref|value|valeur|valor|null|name|nom|nombre|div\/0)[!?]?$/iu.test(text.trim())) return true;
  return NOTHING.has(fold(text).replace(/[^\p{L}\p{N}]+/gu, ''));
}

/**
 * Whether the same letters may be somebody's name or a country's code (*NA*, *SD*, *NC*): with a stroke or points between them they say nothing, bare ones may
 * mean something, as the rest of the list tells.
 */
export function mayBeSomething(text: string): boolean {
  return /^\p{L}{2,5}$/u.test(text.trim());
}

/** Whether the first letters are those of no word for nothing; most cells of a list are told by them. */
function beginsOtherwise(text: string): boolean {
  const [first, second] = [text.charCodeAt(0) | 0x20, text.charCodeAt(1) | 0x20];
  const isPlain =
    first >= 0x61 && first <= 0x7a && second >= 0x61 && second <= 0x7a && text.charCodeAt(0) > 0x40 && text.charCodeAt(1) > 0x40;
  if (!isPlain) return /^\d/.test(text);
  return first !== 0x78 && !BEGINNINGS.has(first * 256 + second);
}

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
/** The first two letters of these words, as one number. */
const BEGINNINGS: ReadonlySet<number> = new Set([...NOTHING].map((word) => word.charCodeAt(0) * 256 + word.charCodeAt(1)));
