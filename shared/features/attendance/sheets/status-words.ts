import { fold } from '../../../kernel/text.ts';
import { MARKS, type Mark, type Status } from '../../../model/vocabularies.ts';

/** Words and signs as sheets in the four languages have them, folded, without brackets and points. */
const WORDS: Readonly<Record<Mark, string>> = {
  present:
    'present,presente,presents,presentes,attended,attending,attend,here,there,in attendance,asistio,asiste,asistencia,asistente,a participe,participe,participated,participo,participou,compareceu,comparecio,' +
    'comparece,presence,presenca,presencia,checked in,check in,checked-in,signe,signee,signed,firmo,firmado,firma,assinou,assinado,assinada,emarge,venu,venue,oui,yes,si,sim,true,vrai,verdadero,verdadeiro,' +
    'y,✓,✔,☑,✅,√,🗸,full,present in person,en presentiel,presentiel,presencial,en salle,in person,in-person,ok,on time,a l heure,a tiempo,a horas',
  late:
    'late,en retard,retard,retards,retardataire,con retraso,retraso,retardo,tarde,tardanza,llego tarde,llegada tarde,llegada tardia,atrasado,atrasada,atraso,com atraso,chegou tarde,chegou atrasado,' +
    'chegou atrasada,chegada tardia,tardy,tardio,arrive en retard,arrivee tardive,arrived late,came late,late arrival,present late,present en retard,presente con retraso,presente com atraso,impuntual',
  leftEarly:
    'left early,early departure,early leave,left,depart anticipe,depart avant la fin,parti plus tot,partie plus tot,parti avant la fin,partie avant la fin,parti,partie,salida anticipada,salio antes,se retiro,retirado,retirada,' +
    'retiro,saida antecipada,saiu mais cedo,saiu antes,saiu,retirou-se,retirou se,partial,partiel,partielle,parcial,partially present,present partiel,presencia parcial,presenca parcial',
  excused:
    'excused,excuse,excusee,excuses,justificado,justificada,excusado,excusada,justifie,justifiee,absence justifiee,absence excusee,absent excuse,absente excusee,absent justifie,absente justifiee,' +
    'falta justificada,ausencia justificada,ausente justificado,ausente justificada,inasistencia justificada,permiso,con permiso,licencia,licenca,dispense,dispensee,dispensado,dispensada,authorised absence,' +
    'authorized absence,excused absence,absent excused,absent with leave,autorise,autorisee,escusado,escusada',
  absent:
    'absent,absente,absents,absentes,ausente,ausentes,absence,ausencia,falta,falto,faltou,inasistencia,no asistio,no asiste,nao compareceu,no comparecio,no show,no-show,did not attend,not present,' +
    'pas venu,pas venue,non presente,non present,nao presente,no presente,absence injustifiee,absence non justifiee,falta injustificada,ausencia injustificada,unexcused,absent unexcused,unexcused absence,' +
    'missing,manquant,manquante,non,no,nao,false,faux,falso,✗,✘,❌,☐,not attended,injustificado,injustificada,non excuse,non excusee',
  remote:
    'remote,remotely,online,virtual,virtually,a distance,en ligne,distanciel,en distanciel,en visio,visio,visioconference,a distancia,en linea,em linha,remoto,remota,por videoconferencia,videoconferencia,' +
    'videoconference,zoom,teams,on line,conectado,connecte,connectee,em remoto,en remoto',
};

const BY_WORD: ReadonlyMap<string, Mark> = new Map(
  MARKS.flatMap((mark) => WORDS[mark].split(',').map((word) => [keyOf(word), mark] as const)),
);

/** Words that say that a mark was not taken, or that nothing was held. */
const NOT_TAKEN: ReadonlySet<string> = new Set(
  (
    'not taken,not recorded,n/a,na,nd,nan,null,none,non pris,non renseigne,no tomado,nao registado,not yet taken,.,..,...,…,/,' +
    'cancelled,canceled,annule,annulee,anulado,anulada,cancelado,cancelada,holiday,public holiday,ferie,jour ferie,feriado,festivo,no class,no session,pas de cours,sin clase,sem aula'
  )
    .split(',')
    .map(keyOf),
);

/**
 * The status that the words of a cell mean in English, French, Spanish or Portuguese (*présent(e)*, *Late (10 min)*, a tick), a blank for not taken. Undefined
 * for a letter, which an institution uses as it likes, and for anything else: it is not guessed.
 */
export function statusOfWord(cell: string): Status | undefined {
  const key = keyOf(cell);
  if (key === '') return cell.trim() === '' || /^[.…/]+$/u.test(cell.trim()) ? 'notTaken' : undefined;
  if (NOT_TAKEN.has(key)) return 'notTaken';
  return BY_WORD.get(key);
}

/** The status that a phrase of a legend begins with: *retard de plus de 15 minutes* is late. */
export function statusOfPhrase(phrase: string): Mark | undefined {
  const words = keyOf(phrase).split(' ');
  for (let count = words.length; count > 0; count--) {
    const found = BY_WORD.get(words.slice(0, count).join(' '));
    if (found) return found;
  }
  return undefined;
}

/** Returns the key by which a cell is compared: folded, without figures of minutes or sessions and without marks. */
export function keyOf(cell: string): string {
  return fold(cell)
    .replace(/^\s*([01])[.,]0+\s*$/u, '$1')
    .replace(/\((?:e|a|s|es|as|e\/a)\)/gu, '')
    .replace(/\((?:[^()]*\d[^()]*)\)/gu, ' ')
    .replace(/(?<=\p{L})[\s:+-]+\d+\s*(?:min(?:utes?|utos?)?|mn|h|')$|(?<=\p{L}{4})[\s:+]+\d+$/u, '')
    .replace(/[.,;:!'"()[\]]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}
