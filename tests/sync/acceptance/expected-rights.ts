import type { Role } from '../../../shared/features/sync/reading.ts';
import type { SpaceKind } from '../../../shared/model/entity.ts';

/**
 * PRODUCT's table *Who uses it*, written down a second time and apart from the code, so that a change of the code's own tables shows. Nothing here may
 * be imported from what decides.
 */

export type Ownership = 'new' | 'own' | 'other';

export const KINDS: readonly SpaceKind[] = ['library', 'institution', 'calendar', 'directory', 'plan', 'people', 'answers'];

/** Role -> kinds of space that it reads where its scope reaches. */
export const READABLE: Readonly<Record<Role, readonly SpaceKind[]>> = {
  trainer: ['library', 'institution', 'calendar', 'plan', 'people', 'answers'],
  expert: ['library', 'institution', 'calendar', 'plan'],
  curriculum: ['library', 'institution', 'calendar'],
  officer: ['library', 'institution', 'calendar', 'plan', 'people', 'answers'],
  coordinator: ['library', 'institution', 'calendar', 'plan', 'people', 'answers'],
  administrator: KINDS,
};

/** Who may open a workshop that the repository does not know. */
export const OPENS_WORKSHOPS: Readonly<Record<Role, boolean>> = {
  trainer: true,
  expert: false,
  curriculum: false,
  officer: true,
  coordinator: false,
  administrator: true,
};

/** Role -> space kind -> what may be written: types and whose records; `everything` stands for those of newer programs too. */
export const WRITABLE: Readonly<Record<Role, Partial<Record<SpaceKind, Readonly<Record<string, readonly Ownership[]>> | 'everything'>>>> = {
  trainer: {
    plan: 'everything',
    people: 'everything',
    answers: 'everything',
    library: { material: ['new', 'own'], materialVersion: ['new', 'own'], laptop: ['new', 'own'] },
  },
  expert: {
    plan: { agendaItem: ['new', 'own', 'other'], material: ['new', 'own', 'other'], materialVersion: ['new', 'own', 'other'] },
    library: { material: ['new', 'own'], materialVersion: ['new', 'own'], laptop: ['new', 'own'] },
  },
  curriculum: {
    institution: 'everything',
    library: {
      ...Object.fromEntries(
        [
          'course',
          'module',
          'session',
          'courseVersion',
          'suggestionAnswer',
          'form',
          'formItem',
          'formVersion',
          'material',
          'materialVersion',
        ].map((type) => [type, ['new', 'own', 'other'] as const]),
      ),
      laptop: ['new', 'own'],
    },
  },
  officer: {
    plan: 'everything',
    calendar: 'everything',
    people: { roster: ['new'] },
    answers: { answerBook: ['new'] },
    library: { material: ['new', 'own'], materialVersion: ['new', 'own'], laptop: ['new', 'own'] },
  },
  coordinator: { people: 'everything', library: { laptop: ['new', 'own'] } },
  administrator: {
    library: 'everything',
    institution: 'everything',
    calendar: 'everything',
    directory: 'everything',
    plan: 'everything',
    people: 'everything',
    answers: 'everything',
  },
};

/** What a role writes only with the scope `all`: role, kind of space, and what is left to it with any other. */
export const CENTRAL: readonly {
  readonly role: Role;
  readonly kind: SpaceKind;
  readonly left: Readonly<Record<string, readonly Ownership[]>>;
}[] = [
  { role: 'curriculum', kind: 'library', left: { material: ['new', 'own'], materialVersion: ['new', 'own'], laptop: ['new', 'own'] } },
  { role: 'officer', kind: 'calendar', left: {} },
];

/** Whether this table lets a role write a type in a kind of space. */
export function mayWrite(role: Role, kind: SpaceKind, type: string, ownership: Ownership, central: boolean): boolean {
  const narrowed = central ? undefined : CENTRAL.find((row) => row.role === role && row.kind === kind);
  const rights = narrowed?.left ?? WRITABLE[role][kind];
  return rights === 'everything' || (rights?.[type]?.includes(ownership) ?? false);
}

/** A space of the matrix: of which kind, and whose. */
export interface Place {
  readonly name: string;
  readonly kind: SpaceKind;
  /** The workshop it belongs to; null: none. */
  readonly workshop: 'here' | 'elsewhere' | null;
}

/** `here` is a workshop in SN, `elsewhere` one in FR. */
export const PLACES: readonly Place[] = [
  { name: 'library', kind: 'library', workshop: null },
  { name: 'institution/ENM', kind: 'institution', workshop: null },
  { name: 'institution/OTHER', kind: 'institution', workshop: null },
  { name: 'calendar', kind: 'calendar', workshop: null },
  { name: 'directory', kind: 'directory', workshop: null },
  ...(['here', 'elsewhere'] as const).flatMap((workshop) =>
    (['plan', 'people', 'answers'] as const).map((kind) => ({ name: `${workshop} ${kind}`, kind, workshop })),
  ),
];

const EVERYWHERE = ['library', 'calendar'];
const HERE = ['here plan', 'here people', 'here answers'];

/** Scope -> the spaces that it reaches. A country reaches the workshops in it, and no institution's courses. */
export const REACHED: Readonly<Record<string, readonly string[]>> = {
  all: PLACES.map(({ name }) => name),
  'country:SN': [...EVERYWHERE, ...HERE],
  'workshop:HERE': [...EVERYWHERE, ...HERE],
  'institution:ENM': [...EVERYWHERE, 'institution/ENM'],
};

/** Kind of space -> the types that live there; a newer program's live anywhere. */
export const TYPES_IN: Readonly<Record<SpaceKind, readonly string[]>> = {
  library: [
    'course',
    'module',
    'session',
    'courseVersion',
    'suggestionAnswer',
    'form',
    'formItem',
    'formVersion',
    'material',
    'materialVersion',
    'laptop',
    'awardDesign',
  ],
  institution: [
    'course',
    'module',
    'session',
    'courseVersion',
    'suggestion',
    'suggestionAnswer',
    'form',
    'formItem',
    'formVersion',
    'material',
    'materialVersion',
    'awardDesign',
    'institution',
  ],
  calendar: ['activity'],
  directory: [],
  plan: ['activity', 'agendaItem', 'material', 'materialVersion', 'formVersion'],
  people: ['roster', 'participant', 'mark', 'personLink', 'intakeForm', 'award'],
  answers: ['answerBook', 'sheet'],
};

/** Whom a repository has people erased for in a workshop that somebody else opened. */
export const ERASES: Readonly<Record<Role, boolean>> = {
  trainer: false,
  expert: false,
  curriculum: false,
  officer: false,
  coordinator: true,
  administrator: true,
};

/** Whether somebody with a role and a scope reads a space. */
export function reaches(role: Role, scope: string, { name, kind }: Place): boolean {
  return READABLE[role].includes(kind) && REACHED[scope]!.includes(name);
}

/** Whether what somebody writes in a space is to be seen by others; `newerThing` is of no known type. */
export function shallShow(role: Role, scope: string, place: Place, type: string, ownership: Ownership): boolean {
  const lives = type === 'newerThing' || TYPES_IN[place.kind].includes(type);
  return reaches(role, scope, place) && lives && mayWrite(role, place.kind, type, ownership, scope === 'all');
}
