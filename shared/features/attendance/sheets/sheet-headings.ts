import { fold } from '../../../kernel/text.ts';

/** The meaning of a column in a table with a line for each person and session, beside who the person is. */
export type LineField = (typeof LINE_FIELDS)[number];

/**
 * The fields of a line for each person and session. `hour`: the time at which a line was written; `event`: whether it tells of coming or of going; `lateBy`:
 * minutes that somebody came late; `justified`: whether an absence is.
 */
export const LINE_FIELDS = [
  'when',
  'hour',
  'half',
  'session',
  'status',
  'event',
  'joined',
  'left',
  'minutes',
  'lateBy',
  'justified',
] as const;

export function isLineField(field: string): field is LineField {
  return LINE_FIELDS.includes(field as LineField);
}

/** Fields whose column has a heading of its own; a column of events is known by its cells. */
type HeadedField = Exclude<LineField, 'event'>;

/** Headings of such columns in four languages and as meeting tools, clocks and forms write them, folded. */
const HEADINGS: Readonly<Record<HeadedField, string>> = {
  when:
    'date,dates,day,jour,fecha,dia,data,session date,date de la session,date de la seance,fecha de la sesion,data da sessao,attendance date,date presence,date de presence,fecha de asistencia,data de presenca,' +
    'timestamp,horodateur,horodatage,marca temporal,marca de tiempo,carimbo de data hora,carimbo de data/hora,date time,datetime,date et heure,date/time,date heure,fecha y hora,fecha hora,data e hora,data hora,' +
    'scan time,scanned at,scan date,check in date,checked in at,event date,start date,completion time,submission time,submitted at,recorded at,punch time,created at,date d emargement,journee',
  hour: 'time,hour,heure,hora,tiempo,temps,tempo,clock time,punch time,scan hour,time of day,time stamp,horario,check time,hora registro,heure pointage,hora de registo,time marked,marked at,hora de marcacao,hora marcaje,hora de marcaje,heure de passage,heure d emargement,hora de firma,hora da assinatura',
  half: 'half day,halfday,half,demi journee,demi-journee,half-day,media jornada,meio dia,meio-dia,meia jornada,periode,period,periodo,moment,momento,am/pm,am pm,matin/apres-midi,turno,jornada,shift,creneau,slot,franja,part of day,partie de la journee',
  session:
    'session,seance,sesion,sessao,session name,session title,nom de la session,titre de la session,nom de la seance,nombre de la sesion,nome da sessao,event,evenement,evento,class,classe,clase,activity,activite,actividad,atividade,' +
    'module,modulo,topic,theme,tema,meeting,reunion,reuniao,agenda item,workshop session,session n°,n° de session,session no,session number,numero de sesion',
  status:
    'status,statut,estado,etat,situacao,attendance,attendance status,presence,presences,presenca,presencas,asistencia,asistencias,present,presente,present?,present/absent,presence/absence,present ou absent,presente/ausente,' +
    'statut de presence,estado de asistencia,estado da presenca,statut presence,p/a,mark,marque,marca,code,code presence,attended,attended?,was present,attendance mark,emargement,asistio,asistio?,compareceu,compareceu?,' +
    'participated,participation,participacion,participacao,presence status,attendance code,attendance type,result,here,action,event type,type,nature,naturaleza,natureza,in/out,entree/sortie,entrada/salida,entrada/saida,direction,on time,was on time,on time?,punctuality,ponctualite,puntualidad,pontualidade,signature,signatures,firma,assinatura',
  joined:
    'join time,joined,joined at,join,first join,first join time,time joined,time in,in,check in,check-in,checkin,checkin time,clockin,sign in,sign in time,check in time,check-in time,clock in,clock-in,arrival,arrival time,arrived,entry,entry time,start,start time,login,login time,log in,' +
    'heure d arrivee,arrivee,heure d entree,entree,premiere connexion,heure de connexion,connexion,debut,heure de debut,rejoint,rejoint a,participation a,heure de participation,premiere participation,hora de entrada,entrada,hora de llegada,llegada,hora de ingreso,ingreso,' +
    'hora de union,primera union,se unio,inicio,hora de inicio,hora de conexion,conexion,hora de chegada,chegada,hora de adesao,primeira adesao,primeiro ingresso,primeira entrada,primera entrada,primer ingreso,primera conexion,primeira ligacao,primeira conexao,primera participacion,premiere entree,premiere arrivee,heure de la premiere participation,hora de ingresso,ingresso,ingressou,hora de participacao,primeira participacao,hora em que entrou,first seen,from,time of entry,time of arrival,time of check in,time entered,time arrived,heure d enregistrement',
  left:
    'leave time,left,left at,leave,last leave,last leave time,time left,time exited,time out,out,check out,check-out,checkout,checkout time,clockout,sign out,sign out time,check out time,check-out time,clock out,clock-out,departure,departure time,departed,exit,exit time,end,end time,logout,logout time,log out,' +
    'heure de depart,depart,heure de sortie,sortie,derniere sortie,dernier depart,heure de deconnexion,deconnexion,fin,heure de fin,quitte,quitte a,hora de salida,salida,ultima salida,fin,hora de fin,hora de desconexion,desconexion,' +
    'hora de saida,saida,ultima saida,termo,hora de termo,fim,hora de fim,hora em que saiu,last seen,to,time of exit,time of departure,time departed',
  minutes:
    'duration,duration minutes,total duration,total duration minutes,duration (minutes),total duration (minutes),in-meeting duration,in meeting duration,time in session,time in session minutes,time in meeting,time in session (minutes),attendance duration,' +
    'time in class,time attended,attended time,total time,time spent,attended minutes,minutes attended,minutes present,connected time,temps total,temps passe,temps en reunion,temps de connexion,' +
    'tiempo total,tiempo en la reunion,tiempo de conexion,tiempo de asistencia,minutos asistidos,tempo total,tempo em reuniao,tempo de ligacao,tempo de participacao,' +
    'minutes,min,duree,duree totale,duree minutes,duree (minutes),duree totale minutes,duree en reunion,duree de la reunion,duree de participation,duracion,duracion total,duracion minutos,duracion (minutos),duracion total minutos,duracion en la reunion,' +
    'duracao,duracao total,duracao minutos,duracao (minutos),duracao total minutos,duracao na reuniao,minutos,tempo na reuniao,tempo de permanencia,temps de presence,tiempo de permanencia,hours,heures,horas,' +
    'time in call,call duration,duration in call,time on call,minutes in call,temps dans l appel,duree de l appel,duree dans l appel,tiempo en la llamada,duracion de la llamada,tempo na chamada,tempo da chamada,duracao da chamada,attended duration,time attended min,session duration',
  lateBy:
    'late by,minutes late,late minutes,late min,lateness,lateness minutes,delay,delay minutes,retard,retard min,retard minutes,minutes de retard,duree retard,duree du retard,retraso,retraso min,retraso minutos,minutos de retraso,' +
    'minutos tarde,tardanza,minutos tardanza,tardanza minutos,atraso,atraso min,atraso minutos,minutos de atraso',
  justified:
    'justified,justified?,excused,excused?,excuse,justifie,justifiee,justifiee?,excusee,absence justifiee,justificado,justificada,justificada?,justificacion,ausencia justificada,falta justificada,justificacao,is excused,is justified',
};

const BY_KEY: ReadonlyMap<string, readonly LineField[]> = (() => {
  const found = new Map<string, LineField[]>();
  for (const field of Object.keys(HEADINGS) as HeadedField[])
    for (const words of HEADINGS[field].split(',')) found.set(keyOf(words), [...new Set([...(found.get(keyOf(words)) ?? []), field])]);
  return found;
})();

/** Returns the meanings that a heading gives a column of sessions, the likeliest first; empty where its words are of something else. */
export function lineFields(heading: string): readonly LineField[] {
  const spaced = heading.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replaceAll('_', ' ');
  const key = keyOf(spaced);
  return BY_KEY.get(key) ?? BY_KEY.get(keyOf(spaced.replace(/\([^()]*\)/g, ' '))) ?? [];
}

function keyOf(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}°]+/gu, ' ')
    .replaceAll(/\b(?:the|le|la|les|el|los|las|o|a|os|as|de|du|des|del|do|da|l|d)\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
