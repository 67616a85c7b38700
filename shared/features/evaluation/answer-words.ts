import { fold } from '../../kernel/text.ts';
import type { Wave } from '../../model/vocabularies.ts';

/** The step that words of a scale name, 1 to 5. `soft`: *rather*, *somewhat*, which stand between the steps where a longer scale was used. */
export interface ScaleWord {
  readonly value: string;
  readonly soft: boolean;
}

/** The step of a scale of agreement or of contentment that words name in the four languages; null for others. */
export function scaleWord(text: string): ScaleWord | null {
  return steps().get(keyOf(text)) ?? null;
}

/** Whether words praise (1) or blame (-1), whatever the steps of their scale are; 0 where they do neither. */
export function polarity(text: string): -1 | 0 | 1 {
  const step = scaleWord(text);
  if (step) return step.value > '3' ? 1 : step.value < '3' ? -1 : 0;
  const key = keyOf(text);
  return PRAISE.has(key) ? 1 : BLAME.has(key) ? -1 : 0;
}

/** Whether an answer says that there is none: *no opinion*, *ne sait pas*, *no aplica*. */
export function isNoOpinion(text: string): boolean {
  return NO_OPINION.has(keyOf(text));
}

/** Which of the two tests a cell names by all its words; null for others. */
export function waveNamed(text: string): Wave | null {
  const key = keyOf(text);
  return PRE.has(key) ? 'pre' : POST.has(key) ? 'post' : null;
}

const PRE_PHRASE =
  /(?<![\p{L}\d])(?:pre[\s_-]?(?:tests?|testes?|training|formation|curso|evaluacion|avaliacao|evaluation)|test (?:prealable|initial|diagnosti\w+|d.entree|de entrada)|(?:evaluation|evaluacion|prueba|teste|avaliacao|examen) (?:prealable|initiale?|inicial|diagnosti\w+|previ[ao]|de entrada)|(?:avant|before|antes d[ea]l?|antes do) (?:la |the |el |o |a )?(?:formation|training|course|cours|curso|formacion|formacao|atelier|taller)|pre)(?![\p{L}\d])/u;
const POST_PHRASE =
  /(?<![\p{L}\d])(?:pos(?:t)?[\s_-]?(?:tests?|testes?|training|formation|curso|evaluacion|avaliacao|evaluation)|test (?:final|de sortie|de salida)|(?:evaluation|evaluacion|prueba|teste|avaliacao|examen) (?:finale?|de sortie|de salida|posterior)|(?:apres|after|despues d[ea]l?|depois d[aeo]) (?:la |the |el |o |a )?(?:formation|training|course|cours|curso|formacion|formacao|atelier|taller)|post)(?![\p{L}\d])/u;

/** Which test a title, a sheet's name or a heading is about, and its text without the words that say so; null where it names none or both. */
export function waveIn(text: string): { readonly wave: Wave; readonly rest: string } | null {
  const folded = fold(text).replaceAll('_', ' ');
  const [pre, post] = [PRE_PHRASE.exec(folded), POST_PHRASE.exec(folded)];
  if ((pre === null) === (post === null)) return null;
  const found = (pre ?? post)!;
  const rest = `${folded.slice(0, found.index)} ${folded.slice(found.index + found[0].length)}`;
  return { wave: pre === null ? 'post' : 'pre', rest: rest.replace(/^[\s\-–—:.\])]+|[\s\-–—:.([]+$/gu, '').trim() };
}

/** Headings of the column that says which test a sheet is of, folded. */
export const WAVE_HEADINGS: ReadonlySet<string> = words(
  'wave,vague,ronda,momento,moment,test,prueba,teste,phase,fase,pre/post,type de test,tipo de prueba,tipo de teste,test type',
);

/** Headings of the number or token of a sheet, folded; *N°* and *#* are line numbers. */
export const SHEET_HEADINGS: ReadonlySet<string> = words(
  'sheet,sheet no,sheet number,feuille,feuille n°,n° feuille,numero de feuille,fiche,n° fiche,numero de fiche,hoja,ficha,folha,token,jeton,code,codigo,id,no,n,nr,num,#,n°,nº,number,numero,' +
    '_id,_uuid,uuid,_index,index,instanceid,meta/instanceid,response id,responseid,id de la reponse,id de respuesta,id da resposta,reponse,response,respuesta,resposta,questionnaire,questionnaire n°,' +
    'cuestionario,questionario,formulaire,formulario,form,copie,copia,exemplaire,ejemplar,exemplar,respondent id,respondentid,id du repondant',
);

/** Headings of what tools write beside the answers, folded: times, versions, ways in. */
export const TECHNICAL_HEADINGS: ReadonlySet<string> = words(
  'timestamp,horodateur,horodatage,marca temporal,marca de tiempo,carimbo de data/hora,carimbo de data e hora,start time,heure de debut,hora de inicio,completion time,heure de fin,hora de finalizacion,' +
    'hora de conclusao,hora de fin,last modified time,heure de la derniere modification,hora de la ultima modificacion,hora da ultima modificacao,language,langue,idioma,lingua,start,end,today,deviceid,' +
    'username,submitted on,envoye le,enviado el,enviado em,started on,commence le,comenzado el,iniciada a,completed,completado,termine,concluido,time taken,temps utilise,tiempo requerido,tempo gasto,state,etat,' +
    'estado,statut,status,date,fecha,data,course,cours,curso,group,groupe,grupo,groups,groupes,grupos,submit date,date de soumission,date submitted,last page,derniere page,start language,seed,graine,' +
    'date started,date last action,ip address,adresse ip,direccion ip,endereco ip,referrer url,duration,duree,duracion,duracao,startdate,enddate,recordeddate,recipientlastname,distributionchannel,userlanguage,progress,' +
    'finished,network id,attempt,tentative,intento,tentativa,feedback,remarks,observations,observaciones,observacoes,remarques,comments by trainer,signature,firma,assinatura',
);

/** Headings of points, folded, without *of 20* and without the words of the test. */
export const POINTS_HEADINGS: ReadonlySet<string> = words(
  'note,notes,score,scores,mark,marks,points,point,grade,grades,total,result,results,resultat,resultats,resultado,resultados,nota,notas,puntaje,puntuacion,puntos,calificacion,calificaciones,pontuacao,pontos,' +
    'classificacao,note finale,total score,total points,total marks,total grade,final grade,final score,note totale,total des points,score total,nota final,nota total,puntaje total,puntuacion total,total de puntos,' +
    'calificacion final,pontuacao total,total de pontos,classificacao final,total score points,percentage,percent,pourcentage,porcentaje,percentagem,bonnes reponses,right answers,correct answers,respuestas correctas,' +
    'respostas certas,respostas corretas,reponses justes,reponses correctes',
);

/** The headings, as a pattern, of columns that are about an item and no answer to it. */
export const ASIDE_HEADING =
  /^(?:points?|feedback|score|comment(?:s|aires?)?|comentarios?|commentaires? sur|why|pourquoi|por que|justif\w*|observations?|remarques?|puntos|pontos|retroalimentacion|comentarios de)\s*(?:[-–—:(]|sur\b|on\b|sobre\b)|\[(?:score|points?|feedback|comments?|commentaires?|puntuacion|comentarios?|pontuacao|other|autre|otro|outro)\]\s*$|(?:[-–—:_/]\s*|\()(?:comments?|commentaires?|comentarios?|other|autre|otro|outro|score|feedback)\)?\s*$|^q\.?\s*\d+\s*\/\s*\d/u;

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(','));
}

function keyOf(text: string): string {
  return fold(text).replace(/[^\p{L}]+/gu, '');
}

let known: ReadonlyMap<string, ScaleWord> | undefined;

function steps(): ReadonlyMap<string, ScaleWord> {
  known ??= new Map(
    STEPS.flatMap(([value, sure, soft]) => [
      ...sure.split(',').map((text): [string, ScaleWord] => [keyOf(text), { value, soft: false }]),
      ...soft.split(',').map((text): [string, ScaleWord] => [keyOf(text), { value, soft: true }]),
    ]),
  );
  return known;
}

/** Per step of the scale: what names it on any scale of five, and what names it only where nothing stands between it and the middle. */
const STEPS: readonly (readonly [string, string, string])[] = [
  [
    '1',
    'strongly disagree,disagree strongly,completely disagree,totally disagree,fully disagree,do not agree at all,not at all agree,i strongly disagree,pas du tout d accord,tout a fait en desaccord,fortement en desaccord,' +
      'totalement en desaccord,completement en desaccord,absolument pas d accord,totalmente en desacuerdo,muy en desacuerdo,completamente en desacuerdo,en total desacuerdo,nada de acuerdo,fuertemente en desacuerdo,' +
      'discordo totalmente,discordo fortemente,discordo completamente,discordo plenamente,totalmente em desacordo,muito em desacordo,very dissatisfied,very unsatisfied,tres insatisfait,tres insatisfaite,pas du tout satisfait,' +
      'pas du tout satisfaite,muy insatisfecho,muy insatisfecha,muito insatisfeito,muito insatisfeita,nada satisfecho,nada satisfeito',
    'not at all',
  ],
  [
    '2',
    'disagree,i disagree,do not agree,pas d accord,en desaccord,je ne suis pas d accord,en desacuerdo,no estoy de acuerdo,discordo,em desacordo,nao concordo,dissatisfied,unsatisfied,insatisfait,insatisfaite,' +
      'pas satisfait,insatisfecho,insatisfecha,insatisfeito,insatisfeita',
    'somewhat disagree,rather disagree,tend to disagree,mostly disagree,partially disagree,partly disagree,slightly disagree,plutot pas d accord,plutot en desaccord,peu d accord,partiellement en desaccord,algo en desacuerdo,' +
      'parcialmente en desacuerdo,mas bien en desacuerdo,poco de acuerdo,bastante en desacuerdo,discordo parcialmente,discordo em parte,discordo pouco,pouco de acordo,somewhat dissatisfied,plutot insatisfait,peu satisfait,' +
      'peu satisfaite,poco satisfecho,pouco satisfeito',
  ],
  [
    '3',
    'neutral,neither agree nor disagree,neither agree or disagree,neither,neither disagree nor agree,undecided,neutre,ni d accord ni pas d accord,ni d accord ni en desaccord,ni en accord ni en desaccord,ni en desaccord ni en accord,' +
      'ni pas d accord ni d accord,moyennement d accord,indecis,ni de acuerdo ni en desacuerdo,ni en desacuerdo ni de acuerdo,indeciso,indiferente,neutro,nem concordo nem discordo,nao concordo nem discordo,nem discordo nem concordo,' +
      'nem de acordo nem em desacordo,neither satisfied nor dissatisfied,ni satisfait ni insatisfait,ni satisfecho ni insatisfecho,nem satisfeito nem insatisfeito',
    'moyennement satisfait',
  ],
  [
    '4',
    'agree,i agree,d accord,en accord,je suis d accord,de acuerdo,estoy de acuerdo,concordo,de acordo,satisfied,satisfait,satisfaite,satisfecho,satisfecha,satisfeito,satisfeita',
    'somewhat agree,rather agree,tend to agree,mostly agree,partially agree,partly agree,slightly agree,plutot d accord,assez d accord,partiellement d accord,algo de acuerdo,parcialmente de acuerdo,mas bien de acuerdo,' +
      'bastante de acuerdo,concordo parcialmente,concordo em parte,bastante de acordo,somewhat satisfied,plutot satisfait,plutot satisfaite,assez satisfait,bastante satisfecho',
  ],
  [
    '5',
    'strongly agree,agree strongly,completely agree,totally agree,fully agree,i strongly agree,agree completely,tout a fait d accord,entierement d accord,totalement d accord,completement d accord,fortement d accord,' +
      'absolument d accord,pleinement d accord,tout a fait en accord,totalmente de acuerdo,muy de acuerdo,completamente de acuerdo,plenamente de acuerdo,fuertemente de acuerdo,concordo totalmente,concordo plenamente,' +
      'concordo fortemente,concordo completamente,totalmente de acordo,muito de acordo,very satisfied,tres satisfait,tres satisfaite,tout a fait satisfait,muy satisfecho,muy satisfecha,muito satisfeito,muito satisfeita',
    'absolutely',
  ],
];

const PRAISE: ReadonlySet<string> = new Set(
  'excellent,excellente,excelente,tres bien,tres bon,tres bonne,very good,good,bon,bonne,bien,muy bueno,muy buena,muy bien,bueno,buena,muito bom,muito boa,muito bem,bom,boa,outstanding,best,le meilleur,mejor,melhor,highest,high,eleve,alto'
    .split(',')
    .map(keyOf),
);
const BLAME: ReadonlySet<string> = new Set(
  'poor,very poor,bad,very bad,mauvais,mauvaise,tres mauvais,tres mauvaise,malo,mala,muy malo,muy mala,deficiente,mau,ma,muito mau,pessimo,pesimo,insuffisant,insuficiente,weak,faible,debil,fraco,worst,le pire,peor,pior,lowest,low,bas,bajo,baixo'
    .split(',')
    .map(keyOf),
);
const NO_OPINION: ReadonlySet<string> = new Set(
  (
    'no opinion,dont know,do not know,dk,i dont know,not sure,cannot say,prefer not to say,no answer,not answered,unanswered,not applicable,sans opinion,sans avis,pas d opinion,ne sait pas,je ne sais pas,nsp,ne se prononce pas,' +
    'sans reponse,pas de reponse,non applicable,sans objet,sin opinion,no sabe,no se,ns nc,no contesta,no sabe no contesta,sin respuesta,no aplica,no procede,sem opiniao,nao sei,nao sabe,nao responde,nao sabe nao responde,' +
    'sem resposta,nao aplicavel,nao se aplica'
  )
    .split(',')
    .map(keyOf),
);
const PRE: ReadonlySet<string> = new Set(
  'pre,pre-test,pretest,pre-teste,before,pre-training test,pre-training,avant,avant la formation,test prealable,prealable,antes,antes del curso,antes do curso,prueba inicial,teste inicial,inicial,initial,test initial,evaluation initiale,entrada,diagnostico,baseline'
    .split(',')
    .map(keyOf),
);
const POST: ReadonlySet<string> = new Set(
  'post,post-test,posttest,postest,pos-teste,pos,after,post-training test,post-training,apres,apres la formation,test final,despues,depois,despues del curso,depois do curso,prueba final,teste final,final,evaluation finale,salida,endline'
    .split(',')
    .map(keyOf),
);
