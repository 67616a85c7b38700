import { LISTED_FIELDS, type ListedPersonField } from '../rules.ts';

/** The fields that a column of a list of people may hold: a field of a person, or what several of them come from. */
export type ListField = ListedPersonField | 'secondFamilyName' | 'secondGivenName' | 'fullName' | 'civility' | 'state';

/** The other meanings of a column that go into a field of a person. */
const BESIDE: { readonly [F in ListedPersonField]?: readonly ListField[] } = {
  familyName: ['secondFamilyName'],
  givenName: ['secondGivenName', 'fullName'],
  sex: ['civility'],
};

export const LIST_FIELDS: readonly ListField[] = [
  ...LISTED_FIELDS.flatMap((field): readonly ListField[] => [field, ...(BESIDE[field] ?? [])]),
  'state',
];

/** Whether a column of a list can mean this. */
export function isListField(field: string): field is ListField {
  return LIST_FIELDS.includes(field as ListField);
}

/** The fields that say of a row who the person is. */
export const IDENTIFYING_FIELDS = [
  'ref',
  'familyName',
  'secondFamilyName',
  'givenName',
  'secondGivenName',
  'fullName',
  'email',
  'country',
  'institution',
] as const satisfies readonly ListField[];
export type IdentifyingField = (typeof IDENTIFYING_FIELDS)[number];

export type NameOrder = 'familyFirst' | 'givenFirst';

/** The ranks of a heading's certainty: where two columns claim one field the lower rank holds. */
export type HeadingRank = 0 | 1 | 2;

/**
 * Headings as officers and tools write them in English, French, Spanish and Portuguese. Case, accents, punctuation, articles and words such as *participant* or
 * *your* (`QUALIFIERS`) do not count, so that *Nom de l’institution du participant* is `nom institution`.
 */
export const HEADINGS: readonly (readonly [ListField, HeadingRank, string])[] = [
  ['ref', 0, 'id, uid, ref, reference, referencia, identifiant, identificador, code, codigo, matricule, matricula, identification'],
  [
    'ref',
    0,
    'registration number, registration no, registration id, ref no, reference number, reference no, id number, id no, identity number',
  ],
  [
    'ref',
    0,
    'numero inscription, numero inscripcion, numero inscricao, n° inscription, n° matricule, numero matricule, numero identification',
  ],
  [
    'ref',
    0,
    'numero reference, numero referencia, n° id, numero id, numero identificacion, numero identificacao, staff number, badge number',
  ],
  [
    'ref',
    1,
    'roll no, roll number, index number, numero etudiant, numero aluno, numero carte, person id, employee id, staff id, payroll number',
  ],
  [
    'familyName',
    0,
    'family name, family names, family, surname, surnames, last name, last names, last, lname, lastname, surname family name',
  ],
  ['familyName', 0, 'nom famille, noms famille, patronyme, nom patronymique, nom naissance, nom usage, nom usuel, nom marital'],
  [
    'familyName',
    0,
    'apellido 1, 1o apellido, ape1, primer ape, apelido 1, sobrenome 1, primeiro apelido, surname 1, last name 1, family name 1, nom 1, 1er nom, premier nom, 1st surname, first surname',
  ],
  [
    'familyName',
    0,
    'apellido, apellidos, primer apellido, apellido paterno, 1er apellido, 1 apellido, apelido, apelidos, sobrenome, sobrenomes',
  ],
  ['familyName', 0, 'nome familia, ultimo nome, ultimos nomes, ultimo apelido, cognome, nachname, familienname, name nom, nom name'],
  ['secondFamilyName', 0, 'segundo apellido, second surname, second last name, second family name, segundo apelido, deuxieme nom famille'],
  [
    'secondFamilyName',
    0,
    'apellido 2, 2o apellido, ape2, apelido 2, sobrenome 2, surname 2, last name 2, family name 2, nom 2, 2eme nom, 2e nom, 2nd surname, apellido materno, 2do apellido, 2 apellido, 2º apellido, second nom, deuxieme nom',
  ],
  ['givenName', 0, 'given name, given names, given, first name, first names, first, fname, firstname, forename, forenames, christian name'],
  ['givenName', 0, 'prenom, prenoms, prenom usuel, 1er prenom, premier prenom, prenom 1, nombre pila, nombres, primer nombre, 1er nombre'],
  [
    'givenName',
    0,
    'nombre 1, nome 1, first name 1, given name 1, forename 1, nombre propio, nome proprio, nomes proprios, primeiro nome, primeiros nomes, 1 nombre, vorname, nom prenoms usuels',
  ],
  [
    'givenName',
    1,
    'other names, other name, others names, othernames, autres noms, otros nombres, outros nomes, names other than surname, personal name',
  ],
  [
    'secondGivenName',
    0,
    'middle name, middle names, middle, second name, second given name, second first name, segundo nombre, segundos nombres',
  ],
  [
    'secondGivenName',
    0,
    'nombre 2, nome 2, first name 2, given name 2, forename 2, 2do nombre, 2 nombre, second prenom, deuxieme prenom, autres prenoms, 2eme prenom, prenom 2, segundo nome, nomes meio, nome meio',
  ],
  ['secondGivenName', 0, 'middle initial, middle names initials, otros nombres, other first names, other given names'],
  [
    'sex',
    0,
    'sex, gender, sexe, genre, sexo, genero, m f, f m, h f, f h, h m, m h, m w, gender identity, sexe genre, sex gender, sexo genero',
  ],
  [
    'civility',
    0,
    'civilite, civ, salutation, title, titre, titulo, tratamiento, tratamento, prefix, honorific, mr mrs, mr ms, m mme, mme m',
  ],
  [
    'civility',
    0,
    'courtesy title, name prefix, titre civilite, forma tratamento, formula tratamiento, honorific prefix, anrede, titulo cortesia',
  ],
  [
    'profession',
    0,
    'profession, role, profesion, profissao, rol, current position, fonction actuelle, cargo actual, cargo atual, funcao atual',
  ],
  [
    'profession',
    0,
    'profession exercee, profession fonction, fonction profession, profesion cargo, cargo profesion, profissao cargo, cargo funcao',
  ],
  [
    'profession',
    1,
    'occupation, fonction, fonctions, function, functions, cargo, cargos, funcao, funcion, position, poste, job title, puesto, qualite',
  ],
  [
    'profession',
    1,
    'corps, category, categorie, categoria, metier, ocupacion, ocupacao, categorie professionnelle, categoria profesional, job',
  ],
  [
    'profession',
    1,
    'categoria profissional, designation, rank, grade, grado, titre fonction, fonction titre, position title, title position',
  ],
  [
    'profession',
    1,
    'poste occupe, fonction occupee, puesto trabajo, cargo desempenado, position held, professional category, emploi, titre professionnel',
  ],
  [
    'profession',
    1,
    'professional title, professional background, titulo profesional, job position, position job title, official title, poste fonction',
  ],
  [
    'country',
    0,
    'country, pays, pais, country name, country code, code pays, nom pays, codigo pais, country region, country territory, nombre pais',
  ],
  [
    'country',
    0,
    'country origin, pays origine, pais origen, pais origem, pays provenance, pais procedencia, pais proveniencia, home country',
  ],
  ['country', 0, 'country residence, pays residence, pais residencia, nome pais, etat membre, member state, estado miembro, estado membro'],
  [
    'country',
    1,
    'nationality, nationalite, nacionalidad, nacionalidade, citizenship, citoyennete, ciudadania, cidadania, country nationality',
  ],
  ['country', 1, 'delegation, delegacion, delegacao, country represented, pays represente, country delegation, land, nation, origine'],
  [
    'institution',
    0,
    'institution, organisation, organization, institucion, instituicao, organizacion, organizacao, institutions, organizations',
  ],
  [
    'institution',
    0,
    'institution name, name institution, nom institution, nombre institucion, nome instituicao, organisation name, organization name',
  ],
  [
    'institution',
    0,
    'name organization, name organisation, institution origine, institution provenance, institucion origen, instituicao origem',
  ],
  [
    'institution',
    0,
    'organisation represented, organization represented, institution represented, institution representee, organisation representee, organisme, organismo, home institution, institution organisation, organisation institution, institution organization',
  ],
  [
    'institution',
    0,
    'organization institution, institution affiliation, nom organisation, nombre organizacion, nome organizacao, nom structure',
  ],
  [
    'institution',
    1,
    'organo judicial, orgao judicial, organo jurisdiccional, partido judicial, comarca, juzgado, juizo, vara, corte, cour, parquet, fiscalia, procuradoria, structure, etablissement, employer, employeur, juridiction, tribunal, service, court, entity, entite, entidad, entidade',
  ],
  [
    'institution',
    1,
    'affiliation, orgao, organo, jurisdiccion, jurisdicao, structure origine, servico, servicio, company, company name, entreprise',
  ],
  [
    'institution',
    1,
    'empresa, societe, compania, companhia, nom entreprise, nombre empresa, nome empresa, ministry, ministere, ministerio, agency',
  ],
  [
    'institution',
    1,
    'agence, agencia, office, workplace, place work, lieu travail, lugar trabajo, local trabalho, work place, unit, unite, unidad',
  ],
  [
    'institution',
    1,
    'unidade, filiacion, filiacao, afiliacion, afiliacao, university, universite, universidad, universidade, duty station',
  ],
  [
    'institution',
    1,
    'court station, station, lieu affectation, centro trabajo, dependencia, juridiction affectation, cour tribunal, laboratory, labo',
  ],
  [
    'institution',
    1,
    'laboratoire, laboratorio, institute, institut, instituto, employing organisation, organisation company, company organisation',
  ],
  [
    'institution',
    1,
    'company organization, organization company, company business, empresa organizacion, empresa organizacao, organisation entreprise, entreprise organisation, organizacion empresa, ministry agency, ministere organisme, court institution, employing institution',
  ],
  [
    'institution',
    1,
    'court name, name court, name courts, nom tribunal, nom cour, nom juridiction, nombre tribunal, nombre juzgado, nome tribunal, tribunal name, juzgado, fiscalia, parquet, cour, corte',
  ],
  [
    'institution',
    1,
    'comarca, vara, procuradoria, promotoria, police station, comisaria, commissariat, gendarmerie, brigade, barreau, bar association, institution actuelle, current institution',
  ],
  [
    'institution',
    2,
    'department, departement, departamento, division, direction, direccion general, section, faculty, faculte, bureau, school, ecole',
  ],
  [
    'language',
    0,
    'language, languages, langue, langues, idioma, idiomas, lengua, lenguas, lingua, linguas, lang, working language, langue travail',
  ],
  [
    'language',
    0,
    'idioma trabajo, lengua trabajo, lingua trabalho, idioma trabalho, preferred language, langue preferee, idioma preferido',
  ],
  ['language', 0, 'lingua preferida, language preference, preferred working language, working languages, langue correspondance, locale'],
  ['language', 0, 'langue parlee, langues parlees, spoken language, language spoken, languages spoken, idioma preferencia, langue choisie'],
  ['email', 0, 'email, emails, mail, mails, e mail, mail address, email address, adresse email, adresse mail, adresse electronique, mel'],
  [
    'email',
    0,
    'courriel, adresse courriel, courrier electronique, correo, correo electronico, correo e, direccion correo, correos electronicos',
  ],
  ['email', 0, 'direccion correo electronico, direccion electronica, correio eletronico, correio electronico, endereco email, e mails'],
  [
    'email',
    0,
    'endereco eletronico, endereco electronico, endereco correio eletronico, email id, e mail id, correio, adresse courrier electronique',
  ],
  ['email', 1, 'email pro, mail pro, courriel pro, correo profesional, email profissional, correo laboral, email institutionnel'],
  [
    'email',
    2,
    'email perso, mail perso, courriel perso, email secondaire, mail secondaire, courriel secondaire, autre courriel, other email',
  ],
  [
    'email',
    2,
    'alternate email, correo secundario, correo alternativo, email alternativo, email secundario, outro email, second email, autre adresse email',
  ],
  ['email', 2, 'e mail 2, mail 2, courriel 2, correo 2, adresse mail 2, adresse email 2, email address 2, correo electronico 2, email bis'],
  [
    'email',
    1,
    'email professionnel, courriel professionnel, work email, official email, email professionnelle, adresse email professionnelle',
  ],
  [
    'email',
    1,
    'email personnel, personal email, private email, email personal, correo personal, correo institucional, email institucional',
  ],
  [
    'email',
    1,
    'email pessoal, business email, office email, email 1, email2, email 2, alternative email, secondary email, autre email, otro correo',
  ],
  [
    'email',
    2,
    'contact details, contact information, coordonnees, datos contacto, dados contacto, telephone email, phone email, tel email, tel mail, telefono email, telefone email',
  ],
  [
    'email',
    2,
    'telefono correo, telephone mail, phone mail, email telephone, email phone, email tel, mail tel, correo telefono, telefono correo electronico, email telefone, email telefono',
  ],
  ['email', 1, 'adresse mail professionnelle, adresse mail personnelle, upn, user principal name, contact email, adresse contact'],
  [
    'phone',
    0,
    'telephone, phone, tel, phone number, telephone number, numero telephone, n° telephone, n° tel, numero tel, telefono, numero telefono, telefone, numero telefone',
  ],
  [
    'phone',
    0,
    'contact number, contact no, contact numbers, numero contact, numero contacto, contact phone, telephone contact, telefono contacto',
  ],
  [
    'phone',
    0,
    'mobile, mobile number, mobile phone, cell, cell phone, cellphone, gsm, n° gsm, telemovel, celular, numero celular, movil, telefono movil',
  ],
  [
    'phone',
    0,
    'tel mobile, tel portable, telephone portable, telephone mobile, numero portable, n° portable, mobile no, phone no, telephone no, tel no',
  ],
  [
    'phone',
    1,
    'whatsapp, numero whatsapp, whatsapp number, n° whatsapp, office phone, work phone, telephone professionnel, telephone bureau, tel bureau',
  ],
  [
    'accessNeeds',
    0,
    'access needs, accessibility, accessibility needs, accessibility requirements, special needs, special requirements, disability needs',
  ],
  [
    'accessNeeds',
    0,
    'besoins acces, besoins accessibilite, accessibilite, besoins particuliers, besoins specifiques, amenagements, amenagements necessaires',
  ],
  [
    'accessNeeds',
    0,
    'necesidades acceso, accesibilidad, necesidades accesibilidad, necesidades especiales, necesidades especificas, necesidades particulares',
  ],
  ['accessNeeds', 0, 'necessidades acesso, acessibilidade, necessidades acessibilidade, necessidades especiais, necessidades especificas'],
  [
    'diet',
    0,
    'diet, dietary requirements, dietary restrictions, dietary needs, dietary preferences, special diet, food requirements, meal preference',
  ],
  [
    'diet',
    0,
    'regime alimentaire, regimes alimentaires, restrictions alimentaires, preferences alimentaires, regime, alimentation, contraintes alimentaires',
  ],
  [
    'diet',
    0,
    'regimen alimentario, dieta, restricciones alimentarias, restricciones alimenticias, preferencias alimentarias, necesidades dieteticas',
  ],
  ['diet', 0, 'regime alimentar, restricoes alimentares, preferencias alimentares, necessidades alimentares, restricao alimentar'],
  ['notes', 0, 'notes person, notes personne, notas sobre persona, notas sobre pessoa, notas persona, notas pessoa'],
  [
    'state',
    0,
    'registration state, registration status, etat inscription, statut inscription, estado inscripcion, estado inscricao, state',
  ],
  [
    'state',
    0,
    'status, statut, etat, estado, situacao, situacion, approval status, order status, attendee status, application status, rsvp',
  ],
  [
    'state',
    0,
    'confirmed, confirme, confirmee, confirmado, confirmada, confirmacion, confirmacao, participation confirmee, asistencia confirmada, presenca confirmada, attending, will attend, asistira, asiste, viendra, comparecera, vem, estado registro, registration approval, confirmation, decision, statut candidature, estado candidatura, etat candidature',
  ],
  [
    'state',
    0,
    'enrolment status, enrollment status, invitation status, reponse invitation, statut participation, participation status, response',
  ],
  ['state', 0, 'admission, acceptance, acceptation, aceptacion, aceitacao, ticket status, cancelled, canceled, annule, anulado, cancelado'],
];

/** One column for the whole name, and which part its words put first. */
export const WHOLE_NAMES: readonly (readonly [NameOrder, string])[] = [
  [
    'familyFirst',
    'nom prenom, nom prenoms, noms prenoms, noms prenom, nom prenom s, nom s prenom s, apellidos nombre, apellidos nombres, apellido nombre',
  ],
  ['familyFirst', 'apellido nombres, apelido nome, apelidos nome, apelidos nomes, surname name, surname first name, surname given name'],
  [
    'familyFirst',
    'surname given names, surname other names, surname othernames, last name first name, family name given name, family given name',
  ],
  [
    'familyFirst',
    'family name first name, surname forename, surname forenames, surname names, last first name, nom famille prenom, nom famille prenoms',
  ],
  [
    'familyFirst',
    'apellidos y nombre, apellidos y nombres, apellido y nombre, sobrenome nome, last first, cognome nome, surname firstname',
  ],
  [
    'familyFirst',
    'surname first names, last names first names, sobrenome e nome, family name given names, last name given name, paterno materno nombres',
  ],
  [
    'givenFirst',
    'prenom nom, prenoms nom, prenoms noms, prenom noms, nombre apellido, nombre apellidos, nombres apellidos, nombres apellido',
  ],
  [
    'givenFirst',
    'nome apelido, nome apelidos, nomes apelidos, name surname, names surname, first name surname, first last name, given family name',
  ],
  ['givenFirst', 'first name last name, given name family name, given name surname, first names surname, forename surname, nome sobrenome'],
  ['givenFirst', 'first last, prenom nom famille, primeiro ultimo nome, primeiro nome ultimo nome, nome cognome, first name family name'],
];

/** Headings of whole names that put no part first by their words, but by a custom of their language: `given` first. */
export const CUSTOMARY_NAMES =
  'full name, full names, fullname, complete name, nombre completo, nombres completos, nome completo, name full, names full, display name, complete names, billing name, ' +
  'user full name, user name original name, name original name, attendee, real name, vor nachname';

/** Headings of whole names that tell no order. */
export const NEUTRAL_NAMES = 'nom complet, noms complets, identite, names, name s, nom s, nom entier, identity, personne, person name';

/** Headings whose meaning hangs on the other columns. */
export const AMBIGUOUS_NAMES: readonly (readonly [NameOrder, string])[] = [
  ['familyFirst', 'nom, noms'],
  ['givenFirst', 'nombre, nome, nomes, name, names'],
];

/** The headings of columns that number the lines. */
export const LINE_NUMBERS =
  'n°, no, nr, n, num, number, numero, nro, #, s n, sn, s no, sno, serial, serial no, serial number, sr, sr no, sl no, ordre, n° ordre, no ordre, numero ordre, ' +
  'orden, ordem, n ordre, n orden, n ordem, num ordre, line, ligne, linha, linea, row, item, index, rang, № , nº, n.º, no., nos';

/** Headings of things that are nobody's name, number or address, though their words look like it. */
export const TECHNICAL =
  'start, end, start time, end time, completion time, started, submitted, submission time, horodateur, timestamp, marca temporal, carimbo data hora, ' +
  'uuid, instanceid, instance id, meta instanceid, submission uuid, submission id, index, parent index, validation status, deviceid, device id, username, user name, ' +
  'nom utilisateur, nombre usuario, nome utilizador, today, version, tags, response id, id reponse, id respuesta, ip address, adresse ip, ' +
  'token, jeton, seed, password, mot passe, lastpage, startlanguage, formhub uuid, xform id string, status submission, last modified time, ' +
  'order code, order id, order no, order number, order date, ticket type, ticket number, barcode, quantity, price, registration time, join time, leave time, first join, ' +
  'last leave, duration, in meeting duration, time in session, approval date, source name, secret, product, voucher, invoice, payment, montant, amount, ' +
  'date, fecha, data, signature, firma, assinatura, emargement, ' +
  'consent photographs, consent directory participants, consent follow up after workshop, accord photographies, accord annuaire participants, accord suivi apres atelier, ' +
  'consentimiento fotografias, consentimiento directorio participantes, consentimiento seguimiento despues taller, consentimento fotografias, ' +
  'consentimento lista contactos, consentimento acompanhamento depois atelie, date naissance, date birth, fecha nacimiento, data nascimento, age, edad, idade, dob, passport, passport number, passeport, numero passeport, cni, dni, national id, ' +
  'notes, note, remarks, remarques, observations, observaciones, observacoes, comments, commentaires, comentarios, address, adresse, direccion, endereco, city, ville, ciudad, cidade';

/**
 * Words about the person or the question that add nothing to what a heading names. Where only such words stand (*Participant*, *Delegate*), they head the names
 * if names stand under them.
 */
export const QUALIFIERS: ReadonlySet<string> = new Set(
  (
    'participant participants participante participantes delegate delegates delegue deleguee delegues delegado delegada delegados attendee attendees student students etudiant etudiante ' +
    'etudiants eleve eleves stagiaire stagiaires alumno alumna alumnos aluno aluna alunos formando formanda formandos candidate candidates candidat candidate candidats ' +
    'candidato candidata candidatos learner learners trainee trainees apprenant apprenante apprenants apprenti registrant registrants invite invitee invites guest guests ' +
    'invitado invitada convidado convidada person personne personnes persona personas pessoa pessoas member members membre membres miembro membro user utilisateur usuario ' +
    'utilizador contact contacto contato employee employe agent agents applicant applicants postulant postulante requerente inscrit inscrits inscrito inscritos ' +
    'beneficiary beneficiaire beneficiario asistente asistentes expert experts speaker speakers panelist beneficiaires representative representant representante nominee ' +
    'auditeur auditrice auditeurs trainer formateur formatrice formador nomine nominated designated designe judge judges juge juges juez jueces juiz juizes magistrat ' +
    'estudiante estudiantes estudante estudantes servidor servidora servidores ' +
    'magistrats magistrate magistrates magistrado magistrados prosecutor prosecutors procureur procureurs fiscal fiscales procurador procuradores lawyer avocat abogado ' +
    'advogado scholar scholars fellow fellows intern interns boursier boursiere boursiers becario becaria becarios bolseiro bolseira bolseiros volunteer volunteers officer officers investigator enqueteur policier'
  ).split(' '),
);

/** Words that link others, or ask: they never count. */
export const LINKS: ReadonlySet<string> = new Set(
  (
    'le la les l un une de du des d et ou au aux a el los las del y o u en lo os as do da dos das e ou no na the of and or for to your you my their his her in s votre vos ' +
    'mon ma mes ses sa son su sus tu tus mi seu sua seus suas teu tua meu minha quel quelle quels quelles est sont etes vous what which is are cual cuales es son qual ' +
    'quais sao please enter indicate write give state provide specify veuillez indiquer indiquez saisir saisissez preciser precisez renseigner renseignez entrez entrer ' +
    'donnez ecrire ecrivez merci svp indique escriba ingrese introduzca por favor ponga escriva insira introduza complete full completo completa complets completos completas choose select ' +
    'choisissez choisir sur on as shown appears appear it passport passeport pasaporte passaporte certificate certificat certificado diploma majuscules capital capitals ' +
    'letters mayusculas maiusculas lettres letras block english francais french official officiel oficial current actuel actuelle actual atual where work from ' +
    'donde trabaja trabalha onde travaillez dans qui that which with com con avec se vive vient viene venez vous como figura figurant required obligatoire obligatorio obrigatorio optional facultatif ' +
    'en fr es pt eng lat latin anglais que do does represent represents representing representez representes representent representa representas representam representan ' +
    'em para pour based nos visita reside resides residen residem labora laboras pertenece perteneces pertence desempena desempenas desempenha ocupa ocupas debe deve figurar constar aparecer'
  ).split(' '),
);
