import type { RejectedRow } from '../../../contract/shapes.ts';
import type { Id } from '../../../kernel/ids.ts';
import { keysAfter } from '../../../kernel/order.ts';
import type { Hasher } from '../../../kernel/ports.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { listedPersonId, type Roster } from '../../../model/derivations.ts';
import type { Account } from '../../intake/account.ts';
import type { Decision, DecisionRefusal, IntakeOptions, PlannedRow } from '../../intake/shapes.ts';
import { inFileOrder, placeKey, rejectedAt } from '../../intake/row-places.ts';
import { askOfRow } from '../../intake/waiting-rows.ts';
import type { Source } from '../../../kernel/source.ts';
import { changesOf, type Change } from './list-changes.ts';
import { identifyRows, type Identity, type KnownPerson } from './list-identity.ts';
import { sayRow, type ListedValues, type ReadList, type ReadPerson } from '../listed/listed-person.ts';
import { homonymGroups } from '../rules.ts';

/** The plan of importing a list into a workshop. */
export interface ListPlan {
  /** In the file's order, those that are left out too. */
  readonly rows: readonly PlannedRow[];
  /** `restore`: was removed from the workshop; the list says the person is in it. */
  readonly additions: readonly {
    readonly id: Id;
    readonly restore: boolean;
    readonly values: Partial<ListedValues> & { readonly position: string };
  }[];
  /** Only the fields that differ. */
  readonly updates: readonly { readonly id: Id; readonly values: Partial<ListedValues> }[];
  readonly unchanged: number;
  readonly homonyms: readonly (readonly Id[])[];
  /** Rows that hold the import up: nobody decided them. */
  readonly rejected: readonly RejectedRow[];
  readonly doubtful: readonly RejectedRow[];
  readonly account: Account;
}

/** The state of a workshop over which a plan is made. */
export interface ListContext {
  readonly known: readonly KnownPerson[];
  readonly roster: Roster;
  readonly hasher: Hasher;
  readonly options: Pick<IntakeOptions, 'decisions'>;
}

/** Plans the import of a list that was read. Refuses as `identifyRows`. */
export function planList(
  source: Source,
  read: ReadList,
  { known, roster, hasher, options }: ListContext,
): Result<ListPlan, DecisionRefusal> {
  const people = withOpenQuestions(read);
  const derive = (...parts: string[]): Id => listedPersonId(hasher, roster, ...parts);
  const identified = identifyRows(people, known, standing(options.decisions ?? [], read), derive);
  if (!identified.ok) return identified;
  const byId = new Map(known.map((person) => [person.id, person]));
  const planned = people.map((person) => plan(person, identified.value.get(person)!, byId));
  for (const { person, fate } of planned) sayRow(read.accounting, person, fate);
  const added = planned.flatMap(({ person, identity }) => (identity.is === 'new' ? [{ person, identity }] : []));
  const last = known.reduce<string | null>(
    (most, { position }) => (position !== null && (most === null || position > most) ? position : most),
    null,
  );
  const positions = keysAfter(last, added.length);
  const updates = planned.flatMap(({ identity, changes }) =>
    identity.is === 'same' && changes.length > 0 ? [{ id: identity.id, values: valuesOf(changes) }] : [],
  );
  const left = read.left.map(({ sheet, row, name, why }): PlannedRow => ({
    sheet,
    row,
    name,
    does: 'leave',
    personId: null,
    candidates: [],
    changes: [],
    asks: [],
    why,
  }));
  const names = source.sheets.map(({ name }) => name);
  return ok({
    rows: inFileOrder([...planned.map(({ shown }) => shown), ...left], names),
    additions: added.map(({ person, identity }, at) => ({
      id: identity.id,
      restore: identity.restore,
      values: { ...valuesToAdd(person, identity, byId), position: positions[at]! },
    })),
    updates,
    unchanged: planned.filter(({ identity, changes }) => identity.is === 'same' && changes.length === 0).length,
    homonyms: homonymsAfter(known, planned),
    rejected: inFileOrder(
      planned.flatMap(({ rejected }) => rejected),
      names,
    ),
    doubtful: planned.flatMap(({ doubtful }) => doubtful),
    account: read.accounting.close(source),
  });
}

/** Without those that leave out what the reader leaves out by itself. */
function standing(decisions: readonly Decision[], { left }: ReadList): readonly Decision[] {
  return decisions.filter(
    ({ take, row, sheet }) => take !== 'leave' || !left.some((one) => one.row === row && (sheet === undefined || one.sheet === sheet)),
  );
}

interface Planned {
  readonly person: ReadPerson;
  readonly identity: Identity;
  readonly changes: readonly Change[];
  readonly shown: PlannedRow;
  readonly fate: Parameters<typeof sayRow>[2];
  readonly rejected: readonly RejectedRow[];
  readonly doubtful: readonly RejectedRow[];
}

function plan(person: ReadPerson, identity: Identity, byId: ReadonlyMap<Id, KnownPerson>): Planned {
  const { sheet, row, name, doubts } = person;
  const before = identity.is === 'same' || (identity.is === 'new' && identity.restore) ? byId.get(identity.id) : undefined;
  const changes = before ? changesOf(before, person.values, !person.columns.has('fullName')) : [];
  const does = identity.is === 'same' && changes.length > 0 ? 'change' : identity.is;
  const nameOf = (id: Id): string => [byId.get(id)?.familyName, byId.get(id)?.givenName].filter(Boolean).join(' ');
  const candidates = identity.is === 'ask' ? identity.candidates : [];
  const asks = person.asks.length > 0 && person.asks[0]!.code === identity.why ? person.asks : null;
  const rejected = identity.is === 'ask' ? (asks ?? [{ field: identity.field, code: identity.why }]) : [];
  const shown: PlannedRow = {
    ...{ sheet, row, name, does, why: identity.why },
    personId: 'id' in identity ? identity.id : null,
    candidates: candidates.slice(0, MOST_CANDIDATES).map(({ id, why }) => ({ personId: id, name: nameOf(id), why })),
    changes: changes.map((change) => ({ ...change })),
    asks: rejected.map((one) => askOfRow(one)),
  };
  const near = identity.is === 'new' && identity.near ? [{ field: 'familyName', code: identity.why }] : [];
  return {
    ...{ person, identity, changes, shown, rejected: rejected.map((told) => rejectedAt(person, told)) },
    fate: identity.is === 'leave' ? 'rowLeft' : identity.is === 'ask' ? 'asked' : 'taken',
    doubtful: identity.is === 'leave' ? [] : [...doubts, ...near].map((told) => rejectedAt(person, told)),
  };
}

/** Of a hundred who bear one name a row shows so many; whoever of the workshop it is may be chosen. */
const MOST_CANDIDATES = 20;

/** A question that nobody answered and that has no likely answer holds up the rows that hang on it. */
function withOpenQuestions({ rows, questions }: ReadList): readonly ReadPerson[] {
  const open = new Map(
    questions.flatMap(({ chosen, code, rows: hanging }) =>
      chosen === null ? hanging.map((place) => [placeKey(place), code] as const) : [],
    ),
  );
  if (open.size === 0) return rows;
  return rows.map((person) => {
    const code = open.get(placeKey(person));
    return code === undefined || person.asks.length > 0 ? person : { ...person, asks: [{ field: '', code }] };
  });
}

/** Somebody who comes back keeps what is known, but for what the list says otherwise. */
function valuesToAdd(
  person: ReadPerson,
  { id, restore }: Identity & { is: 'new' },
  byId: ReadonlyMap<Id, KnownPerson>,
): Partial<ListedValues> {
  return restore ? valuesOf(changesOf(byId.get(id)!, person.values, !person.columns.has('fullName'))) : person.values;
}

function valuesOf(changes: readonly Change[]): Partial<ListedValues> {
  return Object.fromEntries(changes.map(({ field, to }) => [field, to]));
}

function homonymsAfter(known: readonly KnownPerson[], planned: readonly Planned[]): Id[][] {
  const after = new Map(
    known.filter(({ live }) => live).map((person) => [person.id, person as Parameters<typeof homonymGroups>[0][number]]),
  );
  for (const { person, identity, changes } of planned) {
    if (identity.is === 'new') {
      const { familyName, givenName = null } = person.values;
      after.set(identity.id, { id: identity.id, familyName, givenName });
    } else if (identity.is === 'same') after.set(identity.id, { ...after.get(identity.id)!, ...valuesOf(changes) });
  }
  return homonymGroups([...after.values()]);
}
