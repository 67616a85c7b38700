import type { HeadingRank, ListField } from './headings.ts';

/** The headings of the place that somebody comes from, as schools, offices and courts write it, and how surely. */
const PLACES: readonly (readonly [HeadingRank, string])[] = [
  [0, 'institution, organization, organisation, institucion, organizacion, instituicao, organizacao, entity, entite, entidad, entidade'],
  [1, 'employer, employeur, empleador, empregador, company, entreprise, empresa, organisme, organismo, structure, estructura, estrutura'],
  [
    1,
    'university, universite, universidad, universidade, institute, institut, instituto, agency, orgao, organo, jurisdiction, juridiction',
  ],
  [
    1,
    'school college, college school, ecole universite, universite ecole, institucion educativa, instituicao ensino, etablissement scolaire',
  ],
  [
    1,
    'etablissement, establecimiento, estabelecimento, centre formation, centro formacion, centro formacao, training centre, training center',
  ],
  [2, 'school, ecole, escuela, escola, college, colegio, faculty, faculte, facultad, faculdade, administration, administracion'],
];

/** *School name*, *Nom de l’école*, *Órgão de origem*: the place by its name, or as the one that somebody comes from. */
function placeHeadings(): (readonly [ListField, HeadingRank, string])[] {
  return PLACES.map(([rank, words]) => {
    const phrases = words
      .split(', ')
      .flatMap((word) => [
        word,
        ...['nom', 'nombre', 'nome', 'name'].map((name) => `${name} ${word}`),
        `${word} name`,
        ...[
          'origine',
          'rattachement',
          'provenance',
          'accueil',
          'origen',
          'procedencia',
          'adscripcion',
          'origem',
          'proveniencia',
          'lotacao',
        ].map((origin) => `${word} ${origin}`),
      ]);
    return ['institution', rank, phrases.join(', ')];
  });
}

/** Headings of registers: of schools, courts and offices, and of the address books that mail programs write. */
export const REGISTER_HEADINGS: readonly (readonly [ListField, HeadingRank, string])[] = [
  ...placeHeadings(),
  [
    'institution',
    1,
    'lotacao, unidade lotacao, orgao lotacao, etablissement scolaire centre formation, entidad organizacion, entidade organizacao',
  ],
  ['institution', 2, 'organization department, organisation department'],
  [
    'profession',
    0,
    'organization title, organisation title, puesto, puesto desempenado, cargo funcion, cargo funcao, puesto funcion, poste fonction',
  ],
  ['profession', 2, 'rango, posto, patente'],
  ['country', 1, 'country region name, address country, pays exercice, pais ejercicio, pais exercicio, country practice'],
  [
    'email',
    1,
    'email value, direccion email, endereco email, primary email, mail id, gmail, ticket email, correo electronico institucional, correo electronico personal',
  ],
  [
    'language',
    0,
    'preferred language communication, language communication, langue communication, idioma comunicacion, lingua comunicacao',
  ],
  ['familyName', 0, 'legal last name, legal surname, a paterno, ap paterno, paterno, apellido pat, ap pat'],
  ['secondFamilyName', 0, 'a materno, ap materno, materno, apellido mat, ap mat'],
  ['givenName', 0, 'legal first name, prenom usage'],
  ['givenName', 2, 'preferred first name, preferred given name'],
  [
    'ref',
    1,
    'register number, register no, reg no, reg number, registration no, enrollment no, enrollment number, enrolment no, enrolment number, badge no, participant no, delegate no, student no, member no',
  ],
  [
    'ref',
    1,
    'legajo, numero legajo, n° legajo, numero matricula, n° matricula, no control, numero control, n° control, numero mecanografico, n° mecanografico, codigo estudiante, codigo alumno, n° estudiante, numero estudiante',
  ],
  ['ref', 1, 'codigo inscripcion, codigo inscricao, code inscription, numero inscripcion, numero inscricao, numero inscription'],
  ['state', 0, 'status inscricao, situacao inscricao, situacion inscripcion, status inscripcion, situation inscription'],
];
