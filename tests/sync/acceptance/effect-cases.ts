import type { Role } from '../../../shared/features/sync/reading.ts';
import { peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { newWorkshopId } from '../../../shared/model/workshop-id.ts';
import { nodeHasher, nodeRandom } from '../../../shared/node/crypto.ts';
import { sealChangeSet } from '../../../shared/sync/change-set.ts';
import type { ChangeSet, ChangeSetKind, FieldValue, Op, SpaceId } from '../../../shared/sync/types.ts';
import type { BareDevice } from '../../support/laptops/bare-device.ts';
import { ERASES, OPENS_WORKSHOPS, PLACES, reaches, shallShow, TYPES_IN, type Ownership, type Place } from './expected-rights.ts';

/** The change-sets of the matrix by effect: what somebody writes, and what everybody else is to see of it. */

type Written = readonly [field: string, form: 'plain' | 'erasable', value: FieldValue];

const ID = '00000000-0000-4000-8000-0000000000aa';
const NEWER: Written = ['fieldOfANewerProgram', 'plain', 7];

/** Type -> a field of each kind it has, with a value of the model. */
const FIELDS: Readonly<Record<string, readonly Written[]>> = {
  course: [
    ['code', 'plain', 'X1'],
    ['title@fr', 'plain', 'Cours'],
    ['level', 'plain', 'advanced'],
    ['days', 'plain', 3],
    ['variants', 'plain', [3]],
    ['_deleted', 'plain', true],
    NEWER,
  ],
  module: [['title@pt', 'plain', 'Módulo'], ['placement', 'plain', [ID, 'a0']], ['_deleted', 'plain', true], NEWER],
  session: [['title@es', 'plain', 'Sesión'], ['minutes', 'plain', 45], ['layouts', 'plain', {}], ['_deleted', 'plain', true], NEWER],
  form: [
    ['code', 'plain', 'q1'],
    ['kind', 'plain', 'satisfaction'],
    ['title@en', 'plain', 'Form'],
    ['anonymous', 'plain', true],
    ['key', 'plain', {}],
    ['_deleted', 'plain', true],
    NEWER,
  ],
  formItem: [
    ['type', 'plain', 'several'],
    ['text@fr', 'plain', 'Quels pouvoirs ?'],
    ['optionTexts@fr', 'plain', { a: 'Conservation' }],
    ['placement', 'plain', [ID, 'a0']],
    ['_deleted', 'plain', true],
    NEWER,
  ],
  formVersion: [
    ['version', 'plain', '1.1'],
    ['notes@fr', 'plain', 'Droit national'],
    ['publishedAt', 'plain', '2026-03-02T08:00:00.000Z'],
    ['parts', 'plain', {}],
    ['_deleted', 'plain', true],
    NEWER,
  ],
  material: [
    ['name', 'plain', 'Diapositives'],
    ['title@fr', 'plain', 'Diapositives'],
    ['kind', 'plain', 'slides'],
    ['_deleted', 'plain', true],
    NEWER,
  ],
  materialVersion: [
    ['fileName', 'plain', 'x.pdf'],
    ['language', 'plain', 'fr'],
    ['size', 'plain', 5],
    ['addedAt', 'plain', '2026-03-02'],
    ['_deleted', 'plain', true],
    NEWER,
  ],
  awardDesign: [
    ['heading@fr', 'plain', 'École de la magistrature'],
    ['main', 'plain', '#7a1e2e'],
    ['logo', 'plain', ID],
    ['name1', 'plain', 'Ana LOPES'],
    ['_deleted', 'plain', true],
    NEWER,
  ],
  courseVersion: [
    ['version', 'plain', '1.1'],
    ['notes@fr', 'plain', 'Droit national'],
    ['publishedAt', 'plain', '2026-03-02T08:00:00.000Z'],
    ['parts', 'plain', {}],
    ['_deleted', 'plain', true],
    NEWER,
  ],
  institution: [
    ['name', 'plain', 'Escola Nacional'],
    ['country', 'plain', 'CV'],
    ['languages', 'plain', ['pt']],
    ['_deleted', 'plain', true],
    NEWER,
  ],
  laptop: [['name', 'plain', 'Bureau'], ['_deleted', 'plain', true], NEWER],
  activity: [
    ['name', 'plain', 'Atelier'],
    ['title@fr', 'plain', 'Atelier'],
    ['languages', 'plain', ['fr']],
    ['mode', 'plain', 'online'],
    ['dateTbc', 'plain', true],
    NEWER,
  ],
  agendaItem: [
    ['name', 'plain', 'Preuve'],
    ['title@en', 'plain', 'Evidence'],
    ['placement', 'plain', ['2026-03-02-AM', 'a0']],
    ['mode', 'plain', 'online'],
    ['counts', 'plain', true],
    ['_deleted', 'plain', true],
    NEWER,
  ],
  roster: [['key', 'plain', 'k1'], ['_deleted', 'plain', true], NEWER],
  participant: [
    ['familyName', 'erasable', 'KONÉ'],
    ['sex', 'erasable', 'female'],
    ['position', 'plain', 'a0'],
    ['_deleted', 'plain', true],
    NEWER,
  ],
  mark: [
    ['status', 'plain', 'present'],
    ['method', 'plain', 'list'],
    ['happenedAt', 'plain', '2026-03-02'],
    ['_deleted', 'plain', true],
    NEWER,
  ],
  answerBook: [['key', 'plain', 'k1'], ['_deleted', 'plain', true], NEWER],
  sheet: [
    ['wave', 'plain', 'pre'],
    ['answers', 'erasable', { Q1: 'a' }],
    ['day', 'plain', '2026-03-02'],
    ['_deleted', 'plain', true],
    NEWER,
  ],
  newerThing: [
    ['note', 'plain', 'n'],
    ['secret', 'erasable', 's'],
    ['_deleted', 'plain', true],
  ],
};

/** Somebody who writes, and with which rights. */
export interface Writer {
  readonly role: Role;
  readonly scope: string;
  readonly device: BareDevice;
}

/** What a third laptop is to show. */
export interface Expectation {
  readonly says: string;
  readonly type: string;
  readonly id: string;
  readonly register: string;
  /** The value is a head: of this change-set, or (`null`) the value that was there before. */
  readonly of: string | null;
  /** `value`: it is read; `nothing`: no such head; `erased`: a head without a value. */
  readonly shows: 'value' | 'nothing' | 'erased';
}

let count = 0;
let rotation = 0;

/** An id that no other test of this file has. */
export function freshId(): string {
  return `00000000-0000-4000-8000-${(++count).toString(16).padStart(12, '0')}`;
}

/** The end of a chain in a space. */
interface End {
  seq: number;
  prev: string | null;
}

/** Seals change-sets of one device, one after the other in each space. */
export class Chains {
  readonly #ends = new Map<SpaceId, End>();
  readonly device: BareDevice;
  /** In the order of sealing. */
  readonly sealed: ChangeSet[] = [];

  constructor(device: BareDevice) {
    this.device = device;
  }

  /** `fork`: what comes next names the same one before it, for a repository keeps this one beside the log. */
  seal(space: SpaceId, ops: readonly Op[], kind: ChangeSetKind = 'data', fork = false): ChangeSet {
    const { signer, replica } = this.device;
    const { seq, prev } = this.#ends.get(space) ?? { seq: 0, prev: null };
    const header = {
      version: 1,
      space,
      replica,
      seq: seq + 1,
      prev,
      t: 1_700_000_000_000 + ++count,
      tq: 0,
      schema: 1,
      author: '',
      kind,
    } as const;
    const changeSet = sealChangeSet(header, ops, signer, nodeHasher);
    if (!fork) this.#ends.set(space, { seq: seq + 1, prev: changeSet.hash });
    this.sealed.push(changeSet);
    return changeSet;
  }
}

export function op(entityType: string, entityId: string, [field, form, value]: Written): Op {
  const content = form === 'plain' ? ({ form, value } as const) : ({ form, value, salt: 'ab'.repeat(16) } as const);
  return { entityType, entityId, field, supersedes: [], content };
}

/** A record that somebody else has written, on which a rule is tried. */
export interface Victim {
  readonly type: string;
  readonly id: string;
  readonly register: string;
  readonly hash: string;
}

/** What is in a space before anybody of the matrix writes: records of somebody else, taken one after the other. */
export interface Ground {
  space(place: Place): SpaceId;
  /** A record of a type that somebody else wrote. */
  other(place: Place, type: string): string;
  victim(place: Place): Victim;
}

/** A record of a type that lives in a space, for what is tried once in each. */
export function nativeType({ kind }: Place): string {
  return kind === 'people' ? 'participant' : (TYPES_IN[kind].at(-1) ?? 'newerThing');
}

export function fieldsOf(type: string): readonly Written[] {
  return FIELDS[type]!;
}

/**
 * Everything that somebody tries in every space. `carrier`: a repository keeps some of it beside its log and rules what it was asked to erase; a laptop takes
 * all of it into its log, and an erasure waits there for the repository. `thorough`: each field of a type where the space is open (of the two workshops in the
 * one), and every type everywhere; else one field after the other, and types where they do not live here and there.
 */
export function casesOf(
  writer: Writer,
  ground: Ground,
  carrier: 'repository' | 'laptop',
  thorough: boolean,
): { chains: Chains; expected: Expectation[] } {
  const { role, scope, device } = writer;
  const chains = new Chains(device);
  const expected: Expectation[] = [];
  const types = Object.keys(FIELDS);
  for (const place of PLACES) {
    const space = ground.space(place);
    const who = `${role} ${scope} in ${place.name}`;
    const tries = (
      type: string,
      id: string,
      written: Written,
      ownership: Ownership,
      kind: ChangeSetKind = 'data',
      shows?: boolean,
    ): void => {
      const { hash } = chains.seal(space, [op(type, id, written)], kind);
      const isShown = shows ?? shallShow(role, scope, place, type, ownership);
      const says = `${who}: ${kind} ${type}.${written[0]} ${ownership}`;
      expected.push({ says, type, id, register: written[0], of: hash, shows: isShown ? 'value' : 'nothing' });
    };
    const isOpen = reaches(role, scope, place);
    for (const type of types) {
      const [fields, native] = [fieldsOf(type), type === 'newerThing' || TYPES_IN[place.kind].includes(type)];
      if (!native && !thorough && ++rotation % types.length !== 0) continue;
      const each = thorough && native && isOpen && place.workshop !== 'elsewhere' ? fields : [fields[count % fields.length]!];
      const isWorkshop = type === 'activity' && place.kind === 'plan';
      for (const written of each) {
        if (!isWorkshop) {
          const id = freshId();
          tries(type, id, written, 'new');
          if (native && shallShow(role, scope, place, type, 'new')) tries(type, id, fields[(count + 1) % fields.length]!, 'own');
        }
        if (native) tries(type, ground.other(place, type), written, 'other');
      }
    }
    const type = nativeType(place);
    const [first] = fieldsOf(type) as [Written];
    tries(type, freshId(), first, 'new', 'reissue');
    // Nobody begins a space of a workshop that is another's.
    tries(type, freshId(), first, 'new', 'genesis', place.workshop === null && shallShow(role, scope, place, type, 'new'));
    expected.push(...rulingsOf(writer, place, ground, chains, carrier));
  }
  return { chains, expected };
}

/** What calls itself a ruling, or writes as if it were one: of it nothing ever shows, but for an erasure by whom the repository has people erased for. */
function rulingsOf({ role, scope }: Writer, place: Place, ground: Ground, chains: Chains, carrier: 'repository' | 'laptop'): Expectation[] {
  const space = ground.space(place);
  const who = `${role} ${scope} in ${place.name}`;
  const type = nativeType(place);
  const written = fieldsOf(type)[0]!;
  const fork = carrier === 'repository';
  const expected: Expectation[] = [];
  const spared = (says: string, { type, id, register }: Victim): void => {
    expected.push({ says: `${who}: ${says} spares what is there`, type, id, register, of: null, shows: 'value' });
  };

  const person = ground.victim(place);
  const isErased = place.kind === 'people' && reaches(role, scope, place) && ERASES[role];
  const mayAsk = place.kind === 'people' && reaches(role, scope, place);
  chains.seal(space, [op(person.type, person.id, ['_erased', 'plain', null])], 'erase', fork && !mayAsk);
  if (isErased && carrier === 'repository') {
    expected.push({ ...{ says: `${who}: erase`, type: person.type, id: person.id, register: person.register }, of: null, shows: 'erased' });
  } else {
    spared('erase', person);
  }

  const ruled = ground.victim(place);
  const refusal = op('_changeSet', ruled.hash, ['_refused', 'plain', 'sync.notEntitled']);
  chains.seal(space, [refusal], 'refuse', fork);
  chains.seal(space, [refusal], 'data', fork);
  chains.seal(space, [op(ruled.type, ruled.id, ['_erased', 'plain', null])], 'data', fork);
  spared('refuse', ruled);
  for (const kind of ['refuse', 'erase'] as const) {
    const id = freshId();
    const { hash } = chains.seal(space, [op(type, id, written)], kind, fork);
    expected.push({
      says: `${who}: ${kind} that writes ${type}.${written[0]}`,
      type,
      id,
      register: written[0],
      of: hash,
      shows: 'nothing',
    });
  }
  return expected;
}

/**
 * What comes of workshops that somebody opens: one under an id of their own, with a person in it whom they then erase, and one under an id of `other`, which is
 * nobody's yet.
 */
export function openingsOf({ role, scope, device }: Writer, other: string): { chains: Chains; expected: Expectation[] } {
  const chains = new Chains(device);
  const expected: Expectation[] = [];
  const [own, foreign] = [device.replica, other].map((replica) => newWorkshopId(replica, nodeRandom, nodeHasher)) as [string, string];
  for (const id of [own, foreign]) {
    const { hash: of } = chains.seal(planSpace(id), [op('activity', id, ['name', 'plain', 'Atelier'])], 'genesis');
    const isOpened = id === own && OPENS_WORKSHOPS[role];
    const says = `${role} ${scope} opens a workshop under ${id === own ? 'an id of their own' : "another's id"}`;
    expected.push({ says, type: 'activity', id, register: 'name', of, shows: isOpened ? 'value' : 'nothing' });
  }
  // Whoever opened a workshop has people erased in it, whatever their scope; an officer writes none into it.
  const [kept, erased] = [freshId(), freshId()];
  for (const id of [kept, erased]) {
    const { hash: of } = chains.seal(peopleSpace(own), [op('participant', id, ['familyName', 'erasable', 'KONÉ'])]);
    const isThere = role === 'trainer' || role === 'administrator';
    const shows = !isThere ? 'nothing' : id === kept ? 'value' : 'erased';
    expected.push({
      says: `${role} ${scope}: a person ${shows} in their own workshop`,
      type: 'participant',
      id,
      register: 'familyName',
      of,
      shows,
    });
  }
  chains.seal(peopleSpace(own), [op('participant', erased, ['_erased', 'plain', null])], 'erase');
  return { chains, expected };
}
