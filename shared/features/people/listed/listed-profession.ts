import { keepingAnswers } from '../../../kernel/kept-answers.ts';
import { fold } from '../../../kernel/text.ts';
import type { Profession } from '../../../model/vocabularies.ts';

/**
 * The profession that a cell states in one of the four languages, in either gender, with the court or the place behind it (*Judge of the High Court*, *Juiz de Direito*)
 * and the rank before it (*Senior State Prosecutor*); null when it cannot be told. *Magistrat*, *magistrado*, *magistrate* are never mapped: in French and Portuguese the word
 * includes prosecutors, in English it is a lower-court judge; nor are words that are another office with another place behind them (`STANDS_ALONE`).
 */
export const professionOf: (text: string) => Profession | null = keepingAnswers((text) => {
  const bare = text.replace(/\([^()]*\)/g, ' ');
  const whole = WORDS.get(keyOf(text)) ?? WORDS.get(keyOf(bare));
  if (whole) return whole;
  const genders = bare.split('/').map((part) => sayingOf(part));
  const [first] = genders;
  return first && genders.every((part) => part === first) ? first : null;
});

/** *Judge, High Court* and *Juge - TGI de Thiès*; null where what follows is another profession. */
function sayingOf(text: string): Profession | null {
  const [first = '', ...others] = text.split(/\s+[-–—]\s+|[,;]/u);
  const found = phraseOf(wordsOf(first));
  return found && others.every((other) => (phraseOf(wordsOf(other)) ?? found) === found) ? found : null;
}

/** Longer texts are descriptions. */
const MOST_WORDS = 20;

function phraseOf(words: readonly string[]): Profession | null {
  if (words.length === 0 || words.length > MOST_WORDS) return null;
  const bare = withoutRank(words);
  const whole = WORDS.get(bare.join(''));
  if (whole) return whole;
  for (let end = bare.length - 1; end > 0; end--) {
    const start = bare.slice(0, end).join('');
    const found = WORDS.get(start);
    if (found && PLACES.has(bare[end]!) && !STANDS_ALONE.has(start)) return found;
  }
  return null;
}

/** *Senior*, *High Court*, *First Instance* before *Judge* or *Prosecutor*; *Vice-* and the like anywhere before. */
function withoutRank(words: readonly string[]): readonly string[] {
  const own = words.slice(words.findIndex((word) => !RANKS.has(word)));
  const at = own.findIndex((word) => word === 'judge' || word === 'prosecutor');
  return at > 0 && own.slice(0, at).every((word) => RANKS.has(word) || COURTS.has(word)) ? own.slice(at) : own;
}

const RANKS: ReadonlySet<string> = new Set(
  'senior,chief,deputy,acting,assistant,associate,principal,honourable,honorable,hon,the,first,second,1er,1ere,2eme,premier,premiere,ler,i,ii,iii,primer,primera,primero,segundo,segunda'.split(
    ',',
  ),
);
const COURTS: ReadonlySet<string> = new Set(
  'high,court,district,county,supreme,appeal,appeals,appellate,federal,state,circuit,resident,presiding,trial,family,commercial,criminal,civil,juvenile,regional,labour,labor,administrative,constitutional,magistrate,magistrates,special,public,crown,of,instance,sessions,city,provincial,municipal,military'.split(
    ',',
  ),
);

/** The words that may follow an office: where it is held. */
const PLACES: ReadonlySet<string> = new Set(
  'of,at,in,for,to,with,de,du,des,d,da,do,das,dos,del,la,le,pres,a,au,aux,en,e,el,y,et,dans,na,no,nas,nos,junto,titular,adscrito,adscrita,chez,sur,from,attached,detache,detachee,regional,departemental,superieur,superior,supreme,suprema,tgi,tpi,tribunal'.split(
    ',',
  ),
);

/** *Inspector de trabajo*, *fiscal de obras*, *registrar of companies*, *procurador dos tribunais* are of other offices. */
const STANDS_ALONE: ReadonlySet<string> = new Set(
  'fiscal,fiscala,procurador,procuradora,inspector,inspectora,inspetor,inspetora,inspecteur,inspectrice,clerk,registrar,investigator,enqueteur,enquetrice,police,policia,polices,attorney,substitut,substitute,substituto,substituta,advocate,solicitor,other,autre,otro,otra,outro,outra,lawenforcement,agent,commissaire,comisario,comisaria,comissario,comissaria,superintendent,captain'.split(
    ',',
  ),
);

function wordsOf(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function keyOf(text: string): string {
  return wordsOf(text).join('');
}

const LISTS: readonly (readonly [Profession, string])[] = [
  [
    'judge',
    'judge, juge, juez, jueza, juiz, juíza, juez/jueza, juiz/juíza, juge du siège, judge (bench), desembargador, desembargadora, judges, juiz desembargador, juíza desembargadora, juiz conselheiro, juíza conselheira',
  ],
  [
    'judge',
    'président du tribunal, présidente du tribunal, vice-président du tribunal, vice-présidente du tribunal, président de tribunal, président de chambre, présidente de chambre',
  ],
  [
    'judge',
    'conseiller à la cour, conseillère à la cour, conseiller à la cour d’appel, conseillère à la cour d’appel, conseiller à la cour suprême, premier président de la cour d’appel',
  ],
  [
    'judge',
    'juge au siège, presidente del tribunal, presidente do tribunal, presidenta del tribunal, presidente de la audiencia, chief justice, justice of the supreme court',
  ],
  [
    'prosecutor',
    'prosecutor, public prosecutor, state prosecutor, deputy prosecutor, procureur, procureure, procureur/procureure, procureur de la République',
  ],
  [
    'prosecutor',
    'procureure de la République, procureur général, procureure générale, procureur adjoint, procureure adjointe, substitut, substitute',
  ],
  [
    'prosecutor',
    'substitut du procureur, substitute du procureur, substitut général, substitut du procureur de la République, fiscal, fiscala, fiscal adjunto',
  ],
  [
    'prosecutor',
    'fiscal adjunta, procurador, procuradora, procurador(a), procurador da República, procuradora da República, procurador-geral, procuradora-geral',
  ],
  [
    'prosecutor',
    'avocat général, avocate générale, premier substitut, premier avocat général, fiscal provincial, fiscal adjunto provincial, fiscal adjunta provincial, fiscal provincial adjunto, fiscal provincial adjunta, fiscal general, fiscal jefe, fiscal superior, fiscal de sala, fiscal de distrito, fiscal del ministerio público',
  ],
  [
    'prosecutor',
    'agente del ministerio público, promotor de justiça, promotora de justiça, procurador de justiça, procuradora de justiça, procurador adjunto, procuradora adjunta, procureur de la république adjoint, director of public prosecutions',
  ],
  [
    'investigatingJudge',
    'investigating judge, investigatingJudge, investigative judge, juge d’instruction, juez de instrucción, jueza de instrucción',
  ],
  [
    'investigatingJudge',
    'juez / jueza de instrucción, juiz / juíza de instrução, juez instructor, jueza instructora, juiz de instrução, juíza de instrução, examining judge',
  ],
  [
    'lawEnforcement',
    'law enforcement, lawEnforcement, law enforcement officer, law enforcement authorities, police, police officer, policeman, policewoman',
  ],
  [
    'lawEnforcement',
    'policier, policière, gendarme, gendarmerie, officier de police, officier de police judiciaire, OPJ, services répressifs, service répressif',
  ],
  [
    'lawEnforcement',
    'forces de l’ordre, police judiciaire, policía, policía judicial, agente de policía, fuerzas del orden, polícia, polícia judiciária',
  ],
  [
    'lawEnforcement',
    'agente da polícia, autoridades policiais, órgão de polícia criminal, órgãos de polícia criminal, investigator, enquêteur, enquêtrice',
  ],
  [
    'lawEnforcement',
    'criminal investigator, police investigator, investigador criminal, investigadora criminal, investigador policial, inspector, inspectora, inspetor, inspetora, inspecteur, inspectrice, inspecteur de police, inspector de policía, inspectora de policía, inspetor da polícia judiciária, inspetora da polícia judiciária, guardia civil',
  ],
  [
    'lawEnforcement',
    'inspetor da pj, inspetora da pj, commissaire, commissaire de police, comisario, comisaria, comisario de policía, comisaria de policía, comissário, comissária, comissário da polícia, superintendent of police',
  ],
  [
    'lawEnforcement',
    'police superintendent, police inspector, inspector of police, police commissioner, detective, police sergeant, constable, police constable, agent de police, agent de police judiciaire, officier de gendarmerie',
  ],
  [
    'courtStaff',
    'court staff, courtStaff, court clerk, clerk, registrar, court registrar, greffier, greffière, greffier en chef, greffière en chef',
  ],
  [
    'courtStaff',
    'clerk of court, clerk of the court, registrar of the court, registrar of the high court, personnel judiciaire, personnel des tribunaux, secretario judicial, secretaria judicial, letrado de la Administración de Justicia',
  ],
  [
    'courtStaff',
    'personal judicial, funcionario judicial, funcionaria judicial, oficial de justiça, escrivão, escrivã, funcionário judicial, funcionária judicial',
  ],
  [
    'lawyer',
    'lawyer, attorney, defence lawyer, defense lawyer, barrister, solicitor, advocate, avocat, avocate, abogado, abogada, advogado, advogada, avocat stagiaire, avocate stagiaire, advogado estagiário, advogada estagiária',
  ],
  [
    'trainingInstitution',
    'training institution, trainingInstitution, judicial training institution, institution de formation, institution de formation judiciaire',
  ],
  [
    'trainingInstitution',
    'institución de formación, institución de formación judicial, instituição de formação, instituição de formação judiciária',
  ],
  ['other', 'other, autre, otro, otra, outro, outra'],
];

const WORDS: ReadonlyMap<string, Profession> = new Map(
  LISTS.flatMap(([profession, words]) => words.split(',').map((word) => [keyOf(word), profession] as const)),
);
