import { LANGUAGES, wordsIn, type Language } from '../../kernel/text.ts';

/**
 * A term of the field in the four languages. `brazilian`: what Portuguese texts of Brazil say, which is not what is written here. The wordings of the Convention on Cybercrime (ETS No. 185)
 * and its protocol are those of its official texts and published translations; a wording alone is nobody's, and the list is part of the program under its licence (MIT).
 */
export interface Term {
  readonly key: string;
  readonly texts: Readonly<Record<Language, string>>;
  readonly brazilian?: string;
}

/** [key, en, fr, es, pt, Brazilian where it differs]: spellings stand behind ` / ` or within brackets. */
const TERMS: readonly (readonly [key: string, en: string, fr: string, es: string, pt: string, brazilian?: string])[] = [
  ['cybercrime', 'cybercrime', 'cybercriminalité', 'ciberdelincuencia', 'cibercrime', 'crime cibernético'],
  ['e_evidence', 'electronic evidence', 'preuve électronique', 'prueba electrónica', 'prova eletrónica', 'prova eletrônica'],
  [
    'convention',
    'Budapest Convention (Convention on Cybercrime)',
    'Convention de Budapest (Convention sur la cybercriminalité)',
    'Convenio de Budapest (Convenio sobre la Ciberdelincuencia)',
    'Convenção de Budapeste (Convenção sobre o Cibercrime)',
    'Convenção sobre o Crime Cibernético',
  ],
  [
    'protocol2',
    'Second Additional Protocol',
    'Deuxième Protocole additionnel',
    'Segundo Protocolo Adicional',
    'Segundo Protocolo Adicional',
  ],
  ['computer_system', 'computer system', 'système informatique', 'sistema informático', 'sistema informático', 'sistema de computador'],
  ['computer_data', 'computer data', 'données informatiques', 'datos informáticos', 'dados informáticos', 'dados de computador'],
  [
    'service_provider',
    'service provider',
    'fournisseur de services',
    'proveedor de servicios',
    'fornecedor de serviços',
    'provedor de serviço',
  ],
  [
    'subscriber_info',
    'subscriber information',
    'données relatives aux abonnés',
    'datos relativos a los abonados',
    'dados relativos aos assinantes',
    'dados cadastrais do assinante',
  ],
  ['traffic_data', 'traffic data', 'données relatives au trafic', 'datos sobre el tráfico', 'dados de tráfego'],
  ['content_data', 'content data', 'données relatives au contenu', 'datos relativos al contenido', 'dados de conteúdo'],
  ['illegal_access', 'illegal access', 'accès illégal', 'acceso ilícito', 'acesso ilegítimo', 'acesso ilegal'],
  [
    'illegal_interception',
    'illegal interception',
    'interception illégale',
    'interceptación ilícita',
    'interceção ilegítima',
    'interceptação ilícita',
  ],
  [
    'data_interference',
    'data interference',
    "atteinte à l'intégrité des données",
    'ataques a la integridad de los datos',
    'interferência em dados',
    'violação de dados',
  ],
  [
    'system_interference',
    'system interference',
    "atteinte à l'intégrité du système",
    'ataques a la integridad del sistema',
    'interferência em sistemas',
    'interferência em sistema',
  ],
  [
    'misuse_devices',
    'misuse of devices',
    'abus de dispositifs',
    'abuso de los dispositivos',
    'uso abusivo de dispositivos',
    'uso indevido de aparelhagem',
  ],
  [
    'forgery',
    'computer-related forgery',
    'falsification informatique',
    'falsificación informática',
    'falsidade informática',
    'falsificação informática',
  ],
  ['fraud', 'computer-related fraud', 'fraude informatique', 'fraude informático', 'burla informática', 'fraude informática'],
  [
    'preservation',
    'expedited preservation of stored computer data',
    'conservation rapide de données informatiques stockées',
    'conservación rápida de datos informáticos almacenados',
    'conservação expedita de dados informáticos armazenados',
    'preservação expedita de dados de computador',
  ],
  [
    'partial_disclosure',
    'expedited preservation and partial disclosure of traffic data',
    'conservation et divulgation partielle rapides de données relatives au trafic',
    'conservación y revelación parcial rápidas de datos sobre el tráfico',
    'conservação expedita e divulgação parcial de dados de tráfego',
    'preservação expedita e revelação parcial de dados de tráfego',
  ],
  ['production_order', 'production order', 'injonction de produire', 'orden de presentación', 'injunção', 'ordem de exibição'],
  [
    'search_seizure',
    'search and seizure of stored computer data',
    'perquisition et saisie de données informatiques stockées',
    'registro y confiscación de datos informáticos almacenados',
    'busca e apreensão de dados informáticos armazenados',
    'busca e apreensão de dados de computador',
  ],
  [
    'realtime',
    'real-time collection of traffic data',
    'collecte en temps réel des données relatives au trafic',
    'obtención en tiempo real de datos sobre el tráfico',
    'recolha em tempo real de dados de tráfego',
    'coleta em tempo real de dados de tráfego',
  ],
  [
    'content_interception',
    'interception of content data',
    'interception de données relatives au contenu',
    'interceptación de datos relativos al contenido',
    'interceção de dados de conteúdo',
    'interceptação de dados de conteúdo',
  ],
  ['safeguards', 'conditions and safeguards', 'conditions et sauvegardes', 'condiciones y salvaguardias', 'condições e salvaguardas'],
  [
    'mla',
    'mutual legal assistance',
    'entraide judiciaire',
    'asistencia judicial recíproca',
    'auxílio judiciário mútuo',
    'assistência jurídica mútua',
  ],
  ['letters_rogatory', 'letters rogatory', 'commission rogatoire', 'carta rogatoria', 'carta rogatória'],
  ['central_authority', 'central authority', 'autorité centrale', 'autoridad central', 'autoridade central'],
  ['network_247', '24/7 Network', 'réseau 24/7', 'red 24/7', 'rede 24/7'],
  ['contact_point', 'point of contact', 'point de contact', 'punto de contacto', 'ponto de contacto', 'ponto de contato'],
  ['spontaneous', 'spontaneous information', 'information spontanée', 'información espontánea', 'informação espontânea'],
  [
    'transborder',
    'transborder access to stored data',
    'accès transfrontière à des données stockées',
    'acceso transfronterizo a datos almacenados',
    'acesso transfronteiriço a dados armazenados',
  ],
  [
    'jit',
    'joint investigation team',
    "équipe commune d'enquête",
    'equipo conjunto de investigación',
    'equipa de investigação conjunta',
    'equipe conjunta de investigação',
  ],
  ['dual_criminality', 'dual criminality', 'double incrimination', 'doble tipificación penal', 'dupla incriminação', 'dupla tipicidade'],
  ['chain_custody', 'chain of custody', 'chaîne de possession (chain of custody)', 'cadena de custodia', 'cadeia de custódia'],
  ['forensics', 'digital forensics', 'criminalistique numérique', 'informática forense', 'informática forense', 'perícia digital'],
  ['hash', 'hash value', 'empreinte numérique (hachage)', 'valor hash', 'valor de hash', 'código hash'],
  ['admissibility', 'admissibility', 'recevabilité', 'admisibilidad', 'admissibilidade'],
  ['proceeds', 'proceeds of crime', 'produits du crime', 'productos del delito', 'produtos do crime', 'proveitos do crime'],
  ['virtual_assets', 'virtual assets', 'actifs virtuels', 'activos virtuales', 'ativos virtuais'],
  ['judge', 'judge', 'juge', 'juez / jueza', 'juiz / juíza'],
  [
    'prosecutor',
    'prosecutor',
    'procureur / procureure',
    'fiscal',
    'procurador(a) (magistrado/a do Ministério Público)',
    'promotor(a) / procurador(a)',
  ],
  [
    'law_enforcement',
    'law enforcement authorities',
    'services répressifs',
    'fuerzas del orden',
    'autoridades policiais (órgãos de polícia criminal)',
    'autoridades policiais',
  ],
  [
    'training_institution',
    'judicial training institution',
    'institution de formation judiciaire',
    'institución de formación judicial',
    'instituição de formação judiciária',
  ],
  ['trainer', 'national trainer', 'formateur national / formatrice nationale', 'formador(a) nacional', 'formador(a) nacional'],
  ['tot', 'training of trainers (ToT)', 'formation de formateurs', 'formación de formadores', 'formação de formadores'],
  [
    'trainee',
    'trainee / participant',
    'stagiaire / participant(e)',
    'participante',
    'formando(a) / participante',
    'cursista / participante',
  ],
  ['intro_course', 'introductory course', "cours d'introduction", 'curso introductorio', 'curso introdutório'],
  ['adv_course', 'advanced course', 'cours avancé', 'curso avanzado', 'curso avançado'],
  ['spec_course', 'specialised course', 'cours spécialisé', 'curso especializado', 'curso especializado'],
  ['session', 'session', 'séance', 'sesión', 'sessão'],
  ['half_day', 'half-day', 'demi-journée', 'media jornada', 'meio dia', 'meio período'],
  [
    'attendance_sheet',
    'attendance sheet',
    "feuille d'émargement (feuille de présence)",
    'lista de asistencia',
    'folha de presenças',
    'lista de presença',
  ],
  ['present', 'present', 'présent(e)', 'presente', 'presente'],
  ['late', 'late', 'en retard', 'con retraso', 'atrasado(a)'],
  ['excused', 'excused', 'excusé(e)', 'justificado(a)', 'justificado(a)'],
  ['absent', 'absent', 'absent(e)', 'ausente', 'ausente'],
  ['signature', 'signature', 'signature (émargement)', 'firma', 'assinatura'],
  [
    'certificate',
    'certificate of participation',
    'attestation de participation',
    'certificado de participación',
    'certificado de participação',
  ],
  ['pretest', 'pre-training test', 'test préalable', 'prueba inicial', 'teste inicial'],
  ['posttest', 'post-training test', 'test final', 'prueba final', 'teste final'],
  ['evaluation', 'evaluation questionnaire', "questionnaire d'évaluation", 'cuestionario de evaluación', 'questionário de avaliação'],
  ['agenda', 'programme / agenda', 'programme', 'programa', 'programa'],
  ['trainer_manual', "trainer's manual", 'manuel du formateur', 'manual del formador', 'manual do formador'],
  ['case_study', 'case scenario', 'cas pratique', 'caso práctico', 'caso prático'],
  ['mock_trial', 'mock trial', 'procès simulé', 'juicio simulado', 'julgamento simulado'],
  [
    'mainstreaming',
    'mainstreaming into the curriculum',
    'intégration dans les programmes de formation',
    'integración en los planes de estudio',
    'integração nos planos curriculares',
    'integração na grade curricular',
  ],
  [
    'curriculum',
    'curriculum',
    'programme de formation (maquette)',
    'plan de estudios (malla curricular)',
    'plano curricular',
    'matriz curricular',
  ],
  [
    'needs_assessment',
    'needs assessment',
    'évaluation des besoins',
    'evaluación de necesidades',
    'avaliação de necessidades',
    'levantamento de necessidades',
  ],
  ['hub_country', 'hub country', 'pays pôle', 'país hub', 'país-polo'],
  ['steering_committee', 'Steering Committee', 'comité de pilotage', 'comité directivo', 'comité de pilotagem', 'comitê diretor'],
  ['date_tbc', 'date to be confirmed (TBC)', 'date à confirmer', 'fecha por confirmar', 'data a confirmar'],
  [
    'repository',
    'repository of training materials',
    'répertoire commun de supports de formation',
    'repositorio de materiales de formación',
    'repositório de materiais de formação',
  ],
];

export const GLOSSARY: readonly Term[] = TERMS.map(([key, en, fr, es, pt, brazilian]) => ({
  key,
  texts: { en, fr, es, pt },
  ...(brazilian !== undefined && { brazilian }),
}));

/** The most terms that are told of one text. */
const MOST_TOLD = 8;

/** Returns the terms that texts use, whichever language they are in, the longest first. */
export function termsIn(texts: Iterable<string>, glossary: readonly Term[] = GLOSSARY): Term[] {
  const said = [...texts].map((text) => ` ${wordsIn(text).join(' ')} `);
  const spelt = glossary === GLOSSARY ? (own ??= glossary.map(speltOf)) : glossary.map(speltOf);
  return spelt
    .filter(({ spellings }) => spellings.some((spelling) => said.some((text) => text.includes(spelling))))
    .map(({ term }) => term)
    .toSorted((a, b) => b.texts.en.length - a.texts.en.length)
    .slice(0, MOST_TOLD);
}

/** A term in the four languages, in one line. */
export function termLine({ texts }: Term): string {
  return LANGUAGES.map((language) => texts[language]).join(' = ');
}

interface Spelt {
  readonly term: Term;
  readonly spellings: readonly string[];
}
let own: readonly Spelt[] | undefined;

function speltOf(term: Term): Spelt {
  const spellings = LANGUAGES.flatMap((language) => spellingsOf(term.texts[language])).map(
    (spelling) => ` ${wordsIn(spelling).join(' ')} `,
  );
  return { term, spellings: [...new Set(spellings)].filter((spelling) => spelling.trim() !== '') };
}

/** *national trainer (f) / trainer* is two; what stands in brackets behind a blank is another, and an ending in brackets (`présent(e)`) is left out. */
function spellingsOf(text: string): string[] {
  return text.split(' / ').flatMap((one) => {
    const plain = one.replace(/(?<=\S)\([^)]*\)/g, '');
    const bracketed = [...plain.matchAll(/\s\(([^)]*)\)/g)].map(([, inside]) => inside!);
    return [plain.replace(/\s\([^)]*\)/g, ''), ...bracketed];
  });
}
