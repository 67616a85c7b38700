/** What a column of a list of people may hold. */
export type ListField =
  | 'ref'
  | 'familyName'
  | 'secondFamilyName'
  | 'givenName'
  | 'fullName'
  | 'sex'
  | 'profession'
  | 'country'
  | 'institution'
  | 'language'
  | 'email';

export type NameOrder = 'familyFirst' | 'givenFirst';

/** Headers as officers write them in English, French, Spanish and Portuguese; case, accents, blanks and punctuation do not count. */
const SURE: readonly (readonly [ListField, string])[] = [
  ['ref', 'id, uid, ref, reference, referencia, participant id, id participant, id participante, person id, identifiant, identificador'],
  ['ref', 'code, codigo, participant code, code participant, matricule, matricula, registration number, ref no, identification'],
  [
    'ref',
    'numero d inscription, numero de inscripcion, numero de inscricao, identifiant du participant, id du participant, n° d inscription, n° inscription, n° matricule',
  ],
  ['familyName', 'family name, family names, family, surname, surnames, last name, last names, last, nom de famille, noms de famille'],
  ['familyName', 'nom famille, patronyme, apellido, apellidos, primer apellido, apelido, apelidos, sobrenome, sobrenomes, nome de familia'],
  ['secondFamilyName', 'segundo apellido, second surname, second last name, segundo apelido'],
  ['givenName', 'given name, given names, given, first name, first names, first, forename, forenames, prenom, prenoms, nombre de pila'],
  ['givenName', 'nombres, nombre propio, nome proprio, nomes proprios, primeiro nome'],
  ['sex', 'sex, gender, sexe, genre, sexo, genero, m f, f m, h f, f h, h m, m h'],
  ['profession', 'profession, role, profesion, profissao, rol'],
  ['country', 'country, pays, pais, country name, country code, code pays, nom du pays, codigo pais, codigo de pais, codigo do pais'],
  [
    'country',
    'country of origin, pays d origine, pais de origen, pais de origem, pays de provenance, pais de procedencia, pais de proveniencia',
  ],
  ['institution', 'institution, organisation, organization, institucion, instituicao, organizacion, organizacao, institutions'],
  [
    'institution',
    'institution name, name of institution, nom de l institution, nombre de la institucion, nome da instituicao, organisation name',
  ],
  ['country', 'country of residence, pays de residence, pais de residencia, pais residencia'],
  ['profession', 'current position, fonction actuelle, cargo actual, cargo atual, funcao atual, profession exercee'],
  ['institution', 'institution d origine, institution de provenance, institucion de origen, instituicao de origem, organisme, organismo'],
  ['language', 'language, languages, langue, langues, idioma, idiomas, lengua, lenguas, lingua, linguas, lang, working language'],
  ['language', 'langue de travail, idioma de trabajo, lengua de trabajo, lingua de trabalho, idioma de trabalho, preferred language'],
  ['language', 'langue preferee, idioma preferido, lingua preferida'],
  ['email', 'email, emails, mail, e mail address, email address, adresse email, adresse e mail, adresse mail, adresse electronique, mel'],
  ['email', 'courriel, adresse courriel, courrier electronique, correo, correo electronico, correo e, direccion de correo'],
  [
    'email',
    'direccion de correo electronico, direccion electronica, correio eletronico, correio electronico, endereco de email, endereco email',
  ],
  ['email', 'endereco eletronico, endereco electronico, endereco de correio eletronico, email professionnel, courriel professionnel'],
];

/** Headers that count only where none of the above claims the field. */
const LIKELY: readonly (readonly [ListField, string])[] = [
  ['profession', 'occupation, fonction, fonctions, function, cargo, funcao, funcion, position, poste, job title, puesto, qualite, corps'],
  ['profession', 'category, categorie, categoria, metier, ocupacion, ocupacao, categorie professionnelle, categoria profesional'],
  [
    'institution',
    'structure, etablissement, employer, employeur, juridiction, tribunal, service, court, entity, entite, entidad, entidade',
  ],
  ['institution', 'affiliation, orgao, organo, jurisdiccion, jurisdicao, structure d origine, servico, servicio'],
];

/** Columns that number the lines: the list's own id for want of a better one. */
export const LINE_NUMBERS: ReadonlySet<string> = new Set(
  keysOf('n°, no, nr, n, num, number, numero, nro, #, s n, serial, serial no, ordre, n° d ordre, no d ordre, numero d ordre, orden, ordem'),
);

/** One column for the whole name, and which part it puts first. */
export const FULL_NAMES: ReadonlyMap<string, NameOrder> = new Map([
  ...keysOf(
    'nom et prenom, nom et prenoms, noms et prenoms, nom prenom, nom prenoms, noms prenoms, nom et prenom s, apellidos y nombre, ' +
      'apellidos y nombres, apellido y nombre, apellidos nombre, apelido e nome, apelidos e nome, surname and name, surname and first name, ' +
      'surname and given name, surname first name, last name first name, family name and given name, family and given name, nom et prenom du participant',
  ).map((key) => [key, 'familyFirst'] as const),
  ...keysOf(
    'full name, full names, nom complet, prenom et nom, prenoms et nom, prenoms et noms, prenom nom, nombre completo, nombre y apellido, ' +
      'nombre y apellidos, nombres y apellidos, nombre apellidos, nome completo, nome e apelido, nome e apelidos, name and surname, ' +
      'first name and surname, first and last name, given and family name, participant, participants, participante, participantes, ' +
      'participant name, name of participant, nom du participant, nombre del participante, nome do participante, nome do a participante',
  ).map((key) => [key, 'givenFirst'] as const),
]);

interface HeaderMeaning {
  readonly field: ListField;
  /** 0 sure, 1 likely. */
  readonly rank: number;
}

/** Headers whose meaning hangs on the other columns. */
export const AMBIGUOUS_NAMES: ReadonlyMap<string, NameOrder> = new Map([
  ...keysOf('nom, noms').map((key) => [key, 'familyFirst'] as const),
  ...keysOf('nombre, nome, nomes, name, names').map((key) => [key, 'givenFirst'] as const),
]);

export const HEADERS: ReadonlyMap<string, HeaderMeaning> = new Map<string, HeaderMeaning>([
  ...LIKELY.flatMap(([field, words]) => keysOf(words).map((key) => [key, { field, rank: 1 }] as const)),
  ...SURE.flatMap(([field, words]) => keysOf(words).map((key) => [key, { field, rank: 0 }] as const)),
]);

function keysOf(words: string): string[] {
  return words.split(',').map((word) => word.replaceAll(' ', ''));
}
