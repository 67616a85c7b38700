import type { Language } from '../../../shared/kernel/text.ts';

const words = (text: string): string[] => text.split(', ');

export const HEADINGS: Readonly<Record<string, Readonly<Record<Language, readonly string[]>>>> = {
  family: {
    en: words('Family name, Surname, Last name, DELEGATE LAST NAME, Q1. Family name, last_name'),
    fr: words('Nom, Nom de famille, NOM, 1. Nom, participant/nom, Nom de l’étudiant'),
    es: words('Apellidos, Apellido, Apr_Apellidos'),
    pt: words('Apelido, Apelidos, Sobrenome'),
  },
  given: {
    en: words('Given name, First name, Forename, Other names, Given name(s), first_name'),
    fr: words('Prénom, Prénoms, Prénom(s), 2. Prénom, participant/prenom'),
    es: words('Nombre, Nombres, Primer nombre'),
    pt: words('Nome próprio, Nome, Nomes próprios'),
  },
  whole: {
    en: words('Surname and first name, Name, Participant'),
    fr: words('Nom et prénom, Noms et prénoms, Participant'),
    es: words('Apellidos y nombre, Participante'),
    pt: words('Apelido e nome, Participante'),
  },
  wholeGivenFirst: {
    en: words('Full name, Name'),
    fr: words('Prénom et nom, Nom complet'),
    es: words('Nombre completo, Nombre y apellidos'),
    pt: words('Nome completo, Nome'),
  },
  country: {
    en: words('Country, Country of origin, Nationality'),
    fr: words('Pays, Pays de provenance, Nationalité, Pays de résidence'),
    es: words('País, País de origen, Nacionalidad'),
    pt: words('País, País de origem, Nacionalidade'),
  },
  institution: {
    en: words('Institution, Organisation'),
    fr: words('Institution, Structure, Juridiction'),
    es: words('Institución, Organismo'),
    pt: words('Instituição, Organização'),
  },
  email: {
    en: words('E-mail, Email address, Work email'),
    fr: words('Courriel, Adresse e-mail, Mail'),
    es: words('Correo electrónico, E-mail'),
    pt: words('Correio eletrónico, E-mail, Endereço de correio eletrónico'),
  },
  profession: {
    en: words('Profession, Position'),
    fr: words('Profession, Fonction'),
    es: words('Profesión, Cargo'),
    pt: words('Profissão, Cargo'),
  },
};

export const EXTRAS: Readonly<Record<Language, readonly string[]>> = {
  en: words('Remarks, Room, Diet'),
  fr: words('Observations, Chambre, Régime alimentaire'),
  es: words('Observaciones, Habitación, Dieta'),
  pt: words('Observações, Quarto, Dieta'),
};

export const CIVIL: Readonly<Record<Language, readonly [string, string]>> = {
  en: ['Ms', 'Mr'],
  fr: ['Mme', 'M.'],
  es: ['Sra.', 'Sr.'],
  pt: ['Sra.', 'Sr.'],
};

/** How a column of the sex is headed and filled, a woman first: in words, or with letters that its heading explains. */
export const SEXES: Readonly<Record<Language, readonly { readonly heading: string; readonly of: readonly [string, string] }[]>> = {
  en: [
    { heading: 'Sex', of: ['Female', 'Male'] },
    { heading: 'Gender', of: ['Female', 'Male'] },
    { heading: 'Gender (F/M)', of: ['F', 'M'] },
  ],
  fr: [
    { heading: 'Sexe', of: ['Femme', 'Homme'] },
    { heading: 'Genre', of: ['Femme', 'Homme'] },
    { heading: 'Sexe (F/M)', of: ['F', 'M'] },
  ],
  es: [
    { heading: 'Sexo', of: ['Mujer', 'Hombre'] },
    { heading: 'Género', of: ['Mujer', 'Hombre'] },
    { heading: 'Sexo (H/M)', of: ['M', 'H'] },
  ],
  pt: [
    { heading: 'Sexo', of: ['Mulher', 'Homem'] },
    { heading: 'Género', of: ['feminino', 'masculino'] },
    { heading: 'Sexo (F/M)', of: ['F', 'M'] },
  ],
};

export const PROFESSIONS: Readonly<Record<Language, Readonly<Record<'judge' | 'prosecutor' | 'lawyer', string>>>> = {
  en: { judge: 'Judge', prosecutor: 'Prosecutor', lawyer: 'Lawyer' },
  fr: { judge: 'Juge', prosecutor: 'Procureur', lawyer: 'Avocat' },
  es: { judge: 'Juez', prosecutor: 'Fiscal', lawyer: 'Abogado' },
  pt: { judge: 'Juiz', prosecutor: 'Procurador', lawyer: 'Advogado' },
};

/** Countries of each language, with their people and their capital. */
export const COUNTRIES: Readonly<
  Record<Language, readonly { readonly code: string; readonly people: string; readonly capital: string }[]>
> = {
  en: places(
    'GH Ghanaian Accra, NG Nigerian Abuja, GM Gambian Banjul, SL Sierra_Leonean Freetown, KE Kenyan Nairobi, ZM Zambian Lusaka, ZA South_African Pretoria',
  ),
  fr: places(
    'SN sénégalaise Dakar, ML malienne Bamako, BF burkinabè Ouagadougou, NE nigérienne Niamey, CI ivoirienne Abidjan, BJ béninois Cotonou, TG togolaise Lomé, MR mauritanien Nouakchott',
  ),
  es: places('CO colombiana Bogotá, PE peruana Lima, CL chilena Santiago, AR argentina Buenos_Aires, CR costarricense San_José'),
  pt: places('CV cabo-verdiana Praia, AO angolana Luanda, MZ moçambicano Maputo, ST são-tomense São_Tomé'),
};

function places(text: string): { code: string; people: string; capital: string }[] {
  return words(text).map((place) => {
    const [code, people, capital] = place.split(' ').map((word) => word.replaceAll('_', ' ')) as [string, string, string];
    return { code, people, capital };
  });
}

/** Lines under a list that count it. */
export const TOTALS: Readonly<Record<Language, (count: number) => string>> = {
  en: () => 'Total number of participants',
  fr: (count) => `Total : ${count} participants`,
  es: () => 'TOTAL:',
  pt: (count) => `${count} participantes`,
};

export const INSTITUTIONS: Readonly<Record<Language, readonly string[]>> = {
  en: words('Supreme Court, Ministry of Justice, High Court of Accra, Judicial Training Institute'),
  fr: words('Cour d’appel de Dakar, Parquet de Thiès, Tribunal de grande instance, Ministère de la Justice'),
  es: words('Corte Suprema de Justicia, Fiscalía General, Escuela Judicial, Ministerio de Justicia'),
  pt: words('Tribunal Judicial da Beira, Procuradoria-Geral da República, Supremo Tribunal de Justiça, Ministério da Justiça'),
};

export const TITLES: Readonly<Record<Language, string>> = {
  en: 'List of participants, introductory training',
  fr: 'Liste des participants, formation introductive',
  es: 'Lista de participantes, formación introductoria',
  pt: 'Lista de participantes, formação introdutória',
};

export const SIGNED: Readonly<Record<Language, string>> = {
  en: 'Signature of the trainer',
  fr: 'Signature du formateur',
  es: 'Firma del formador',
  pt: 'Assinatura do formador',
};

export const NAMES: Readonly<
  Record<Language, { readonly families: readonly string[]; readonly female: readonly string[]; readonly male: readonly string[] }>
> = {
  en: {
    families: words(
      'Mensah, Okafor, Boateng, Owusu, Adeyemi, Jallow, Kamara, Banda, Mwale, Wanjiku, Otieno, Asante, Bangura, Eze, Danso, Tembo, Njoroge, Quaye, O’Brien, Smith-Jones, Amoah, Sesay, Phiri, Kiptoo, Conteh, Nyambe, van der Berg',
    ),
    female: words('Ama, Grace, Ngozi, Mary Ann, Fatou, Esther, Abena, Joyce'),
    male: words('Kwame, Chidi, John, Samuel, Lamin, Peter, Kofi, Daniel'),
  },
  fr: {
    families: words(
      'Diop, Traoré, Koné, Maïga, N’Guessan, Ouédraogo, Sawadogo, Cissé, Diallo, Bâ, Ndiaye, Sarr, Hounkpè, Dossou, Agbeko, Zongo, Coulibaly, Keïta, Sanogo, Bérété, Gbagbo-Kouassi, Fall, Lefèvre, Adjovi, Camara, Soumahoro, Ould Ahmed, Dossou-Yovo',
    ),
    female: words('Awa, Aïssata, Hélène, Marie-Thérèse, Fatoumata, Clémence, Rokia, Ndèye'),
    male: words('Moussa, Ibra, Rodrigue, François, Abdoulaye, Jean-Pierre, Sègla, Boubacar'),
  },
  es: {
    families: words(
      'García López, Rojas, Quispe Mamani, Muñoz, Peña, Gutiérrez Díaz, Ibáñez, Castaño, Vargas, Núñez, Córdoba, Fernández Ruiz, Suárez, Aráoz, Cárdenas, Olmedo, Salazar, Zúñiga, Ponce, Valdés, Yáñez, Benítez, Escobar, Hurtado, Lagos, Marín',
    ),
    female: words('María José, Juana, Lucía, Inés, Sofía, Concepción, Begoña, Elena'),
    male: words('Pedro, José Luis, Íñigo, Andrés, Tomás, Raúl, Martín, Joaquín'),
  },
  pt: {
    families: words(
      'Tavares, Monteiro, Évora, Gonçalves, Brandão, Simões, Lourenço, Fonseca, Machava, Guambe, Cossa, Tembe, Baptista, Sequeira, Pinto da Costa, Araújo, Semedo, Varela, Correia, Mendonça, Assunção, Magalhães, Nhantumbo, Chissano, Cabral, Freire, de Sousa Lima',
    ),
    female: words('Conceição, Ana Paula, Inês, Graça, Lídia, Benvinda, Celeste, Fátima'),
    male: words('João, António, Armindo, José, Estêvão, Hélder, Luís, Inácio'),
  },
};
