import type { SpaceKind } from '../../model/entity.ts';
import type { Role } from './reading.ts';

/** Roles that may open a workshop that the repository does not know yet; its spaces then are theirs to read. */
export const CREATES_WORKSHOPS: readonly Role[] = ['trainer', 'officer', 'administrator'];

/** A row of the table of writing: who may write what, and why. Of a record it is every field that is or is not allowed. `every` stands for types of newer programs too. */
export interface Permit {
  readonly role: Role;
  readonly space: SpaceKind;
  readonly types: 'every' | readonly string[];
  /** `own`: records this user created, and new ones; `new`: only such as nobody has written yet. */
  readonly records: 'any' | 'own' | 'new';
  /** Only for a device whose scope is `all`. */
  readonly central?: true;
  /** From PRODUCT, *Who uses it*. */
  readonly because: string;
}

const WORKSHOP: readonly SpaceKind[] = ['plan', 'people', 'answers'];
const EVERY_KIND: readonly SpaceKind[] = ['library', 'institution', 'calendar', 'directory', ...WORKSHOP];
const MATERIALS = ['material', 'materialVersion'];
/** The name of a laptop, by whoever writes on it. */
const LAPTOP = ['laptop'];
const NAMES_LAPTOPS: readonly Role[] = ['trainer', 'expert', 'curriculum', 'officer', 'coordinator'];
const COURSES = ['course', 'module', 'session', 'courseVersion', 'suggestionAnswer', 'form', 'formItem', 'formVersion', ...MATERIALS];

function permit(
  role: Role,
  space: SpaceKind,
  types: Permit['types'],
  records: Permit['records'],
  because: string,
  more: { central?: true } = {},
): Permit {
  return { role, space, types, records, because, ...more };
}

/** Everything that may be written; what no row allows is refused. */
export const PERMITS: readonly Permit[] = [
  ...WORKSHOP.map((space) => permit('trainer', space, 'every', 'any', 'runs sessions, attendance, tests and evaluations')),
  permit('trainer', 'library', MATERIALS, 'own', 'shares materials; the central courses are not theirs'),

  permit('expert', 'plan', ['agendaItem'], 'any', 'co-runs, on site or remote'),
  permit('expert', 'plan', MATERIALS, 'any', 'brings materials'),
  permit('expert', 'library', MATERIALS, 'own', "brings materials; must not edit a country's own adaptation"),

  permit('curriculum', 'institution', 'every', 'any', 'adapts courses to national law, keeps the local curriculum'),
  permit('curriculum', 'library', MATERIALS, 'own', 'shares materials'),
  permit(
    'curriculum',
    'library',
    COURSES,
    'any',
    'keeps the central courses where the scope is all; an institution must not overwrite them',
    {
      central: true,
    },
  ),

  permit('officer', 'plan', 'every', 'any', 'plans activities'),
  permit('officer', 'calendar', 'every', 'any', 'imports calendars', { central: true }),
  permit('officer', 'people', ['roster'], 'new', 'opens the list of a workshop that they create; the people in it are for others'),
  permit('officer', 'answers', ['answerBook'], 'new', 'opens the answers of a workshop that they create, and writes none'),
  permit('officer', 'library', MATERIALS, 'own', 'shares templates'),

  permit('coordinator', 'people', 'every', 'any', 'validates lists, completes walk-ins, settles attendance'),

  ...NAMES_LAPTOPS.map((role) => permit(role, 'library', LAPTOP, 'own', 'is told apart by the laptop that they write on')),

  ...EVERY_KIND.map((space) => permit('administrator', space, 'every', 'any', 'publishes; every write is signed and kept, none is silent')),
];
