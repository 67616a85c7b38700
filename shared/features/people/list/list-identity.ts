import type { Id } from '../../../kernel/ids.ts';
import { refuse, ok, type Result } from '../../../kernel/result.ts';
import { fold } from '../../../kernel/text.ts';
import { comparedName, nameWords } from '../../intake/names.ts';
import { decisionsByPlace, placeKey } from '../../intake/row-places.ts';
import type { Decision, DecisionRefusal } from '../../intake/shapes.ts';
import { indexPeople, type KnownIdentity, type PersonEvidence, type PeopleIndex } from '../../intake/people-index.ts';
import { whoIs, type Candidate, type Who } from '../../intake/who.ts';
import type { ReadPerson } from '../listed/listed-person.ts';
import type { ParticipantRow } from '../rules.ts';

/** A participant that the store knows, removed ones too. */
export interface KnownPerson extends ParticipantRow {
  readonly live: boolean;
}

/** The identity of a row of a list, or why it cannot be told. */
export type Identity =
  | { readonly is: 'same'; readonly id: Id; readonly why: string }
  /** `restore`: the person was removed, and the list says that they take part. `near`: worth a look. */
  | { readonly is: 'new'; readonly id: Id; readonly restore: boolean; readonly near: boolean; readonly why: string }
  | { readonly is: 'ask'; readonly field: string; readonly why: string; readonly candidates: readonly Pick<Candidate, 'id' | 'why'>[] }
  | { readonly is: 'leave'; readonly why: string };

/** The function that derives an id from what a row says; the same parts give the same id on every laptop. */
export type DeriveId = (...parts: string[]) => Id;

/**
 * Decides who each row is. Rows that one person decided come first; then those whose evidence chooses somebody known, each person once, the row that says most
 * of them before the others; then newcomers, whose ids follow from what the rows say and never from their order or their running numbers. Rows that say one
 * thing twice are asked about. Refuses `intake.rowUnknown` for a decision about no row, `people.unknown` for one that names nobody.
 */
export function identifyRows(
  rows: readonly ReadPerson[],
  known: readonly KnownPerson[],
  decisions: readonly Decision[],
  derive: DeriveId,
): Result<ReadonlyMap<ReadPerson, Identity>, DecisionRefusal> {
  const decided = decisionsOf(rows, decisions);
  if (!decided.ok) return decided;
  const round = new Identification(rows, known, decided.value, derive);
  return round.identify();
}

/** Returns the evidence in a row of who somebody is. */
export function evidenceOf({ values, columns }: Pick<ReadPerson, 'values' | 'columns'>): PersonEvidence {
  const { familyName, givenName = '', email, country, institution, ref } = values;
  const names = columns.has('fullName') ? { wholeName: `${familyName} ${givenName}` } : { familyName, givenName };
  return { ...names, email, country, institution, ref };
}

class Identification {
  readonly #identities = new Map<ReadPerson, Identity>();
  readonly #claimed = new Set<Id>();
  readonly #evidence: ReadonlyMap<ReadPerson, PersonEvidence>;
  readonly #live: PeopleIndex;
  readonly #gone: PeopleIndex;
  readonly #byId: ReadonlyMap<Id, KnownPerson>;
  readonly #rows: readonly ReadPerson[];
  readonly #decided: ReadonlyMap<ReadPerson, Decision>;
  readonly #ids: ReadonlyMap<ReadPerson, (used: (id: Id) => boolean) => Id>;

  constructor(rows: readonly ReadPerson[], known: readonly KnownPerson[], decided: ReadonlyMap<ReadPerson, Decision>, derive: DeriveId) {
    this.#rows = rows;
    this.#decided = decided;
    this.#evidence = new Map(rows.map((row) => [row, evidenceOf(row)]));
    const said = [...this.#evidence.values()];
    const people = known.filter(({ erased }) => erased !== 1);
    this.#live = indexPeople(
      people.filter(({ live }) => live),
      said,
    );
    this.#gone = indexPeople(
      people.filter(({ live }) => !live),
      said,
    );
    this.#byId = new Map(known.map((person) => [person.id, person]));
    this.#ids = derivedIds(rows, this.#evidence, derive);
  }

  identify(): Result<ReadonlyMap<ReadPerson, Identity>, 'people.unknown'> {
    const open: ReadPerson[] = [];
    for (const row of this.#rows) {
      const decision = this.#decided.get(row);
      const said = decision === undefined ? row.withoutName : null;
      if (decision?.take === 'leave') this.#identities.set(row, { is: 'leave', why: 'decided' });
      else if (decision?.take === 'same') {
        const settled = this.#same(row, decision);
        if (!settled.ok) return settled;
      } else if (said === 'leave') this.#identities.set(row, { is: 'leave', why: 'noName' });
      else if ((row.values.familyName === '' && said !== 'known') || (row.asks.length > 0 && decision === undefined))
        this.#ask(row, row.asks[0]?.field ?? 'familyName', row.asks[0]?.code ?? 'required');
      else if (decision === undefined) open.push(row);
    }
    const rest = this.#claim(open).filter((row) => row.withoutName === null);
    for (const row of open)
      if (row.withoutName !== null && this.#identities.get(row)?.is !== 'same') this.#identities.set(row, { is: 'leave', why: 'noName' });
    this.#newcomers([...rest, ...this.#rows.filter((row) => this.#decided.get(row)?.take === 'new' && !this.#identities.has(row))]);
    this.#numbers();
    return ok(this.#identities);
  }

  #same(row: ReadPerson, { personId }: Decision): Result<null, 'people.unknown'> {
    const who = personId === undefined ? this.#whoIs(row) : null;
    const only = who === null ? [] : who.is === 'same' ? [who.id] : who.is === 'ask' ? who.candidates.map(({ id }) => id) : [];
    const id = personId ?? (only.length === 1 ? only[0] : undefined);
    const person = id === undefined ? undefined : this.#byId.get(id);
    if (!person || person.erased === 1) return refuse('people.unknown');
    if (this.#claimed.has(person.id)) this.#ask(row, 'familyName', 'row.duplicate');
    else this.#take(row, person.id, 'decided');
    return ok(null);
  }

  #take(row: ReadPerson, id: Id, why: string): void {
    this.#claimed.add(id);
    const restore = !this.#byId.get(id)!.live;
    this.#identities.set(row, restore ? { is: 'new', id, restore, near: false, why: 'restored' } : { is: 'same', id, why });
  }

  #ask(row: ReadPerson, field: string, why: string, candidates: readonly Candidate[] = []): void {
    this.#identities.set(row, { is: 'ask', field, why, candidates: candidates.map(({ id, why: because }) => ({ id, why: because })) });
  }

  #whoIs(row: ReadPerson): Who {
    const evidence = this.#evidence.get(row)!;
    const here = whoIs(evidence, this.#live, { except: this.#claimed });
    // Without a name nobody is brought back who was removed.
    if (here.is !== 'new' || row.values.familyName === '') return here;
    const removed = whoIs(evidence, this.#gone, { except: this.#claimed });
    return removed.is === 'new' ? here : removed;
  }

  /** Gives rows the people that they name, and returns those that name nobody known. */
  #claim(open: readonly ReadPerson[]): ReadPerson[] {
    let rest = [...open];
    for (;;) {
      const told = rest.map((row) => ({ row, who: this.#whoIs(row) }));
      const claims = new Map<Id, { readonly row: ReadPerson; readonly who: Who & { is: 'same' } }[]>();
      for (const { row, who } of told) {
        if (who.is !== 'same') continue;
        const claim = claims.get(who.id);
        if (claim) claim.push({ row, who });
        else claims.set(who.id, [{ row, who }]);
      }
      for (const claim of claims.values()) this.#settleClaim(claim);
      const settled = rest.filter((row) => this.#identities.has(row)).length;
      rest = rest.filter((row) => !this.#identities.has(row));
      if (settled > 0) continue;
      for (const { row, who } of told)
        if (who.is === 'ask') this.#ask(row, who.why.startsWith('ref.') ? 'ref' : 'familyName', who.why, who.candidates);
      return rest.filter((row) => !this.#identities.has(row));
    }
  }

  /** Of several rows that name one person the one that says most is that person's; the others are it once more, or are looked at again. */
  #settleClaim(claim: readonly { readonly row: ReadPerson; readonly who: Who & { is: 'same' } }[]): void {
    const weight = ({ who }: (typeof claim)[number]): number =>
      (who.names === 'equal' ? 10 : 0) + 2 * who.support + (who.why === 'names.country' ? 1 : 0);
    const most = Math.max(...claim.map(weight));
    const [first, ...equals] = claim.filter((one) => weight(one) === most);
    const again = (row: ReadPerson): string | null => (row === first!.row ? null : this.#again(row, first!.row));
    if (equals.some(({ row }) => again(row) === null)) {
      // Nothing says which of two that differ is the one who is known.
      const { id, why } = first!.who;
      for (const { row } of [first!, ...equals]) this.#ask(row, 'familyName', 'person.homonyms', [{ id, why, differs: 0 }]);
      return;
    }
    this.#take(first!.row, first!.who.id, first!.who.why);
    for (const { row } of claim) {
      const why = again(row);
      if (why !== null) this.#ask(row, 'familyName', why);
    }
  }

  /** Why a row may be another one's person once more; null where something tells two people apart. */
  #again(row: ReadPerson, other: ReadPerson): string | null {
    return againBecause(whoIs(this.#evidence.get(row)!, indexPeople([asKnown(other, 'row')])));
  }

  #newcomers(rows: readonly ReadPerson[]): void {
    const keys = new Map(rows.map((row, at) => [String(at), row]));
    const index = indexPeople(
      [...keys].map(([key, row]) => asKnown(row, key)),
      this.#evidence.values(),
    );
    const taken = new Set<Id>();
    // The fullest first, so that the order of the list does not tell which of two rows is the other once more.
    const ordered = [...keys].map(([key, row]) => ({ key, row, full: Object.keys(row.values).length, text: contentOf(row) }));
    ordered.sort((a, b) => b.full - a.full || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
    for (const { key, row } of ordered) {
      const again = whoIs(this.#evidence.get(row)!, index, { except: { has: (id) => id === key || !taken.has(id) } });
      const why = this.#decided.has(row) ? null : againBecause(again);
      if (why !== null) this.#ask(row, 'familyName', why);
      else if (this.#add(row)) taken.add(key);
    }
  }

  /** Takes somebody new; asks where the id that follows from the row is somebody's whose name has changed since. */
  #add(row: ReadPerson): boolean {
    const idOf = this.#ids.get(row)!;
    const holder = this.#byId.get(idOf(() => false));
    if (holder && !this.#decided.has(row) && !this.#claimed.has(holder.id)) {
      if (holder.erased === 1) this.#ask(row, 'familyName', 'person.erased');
      else this.#ask(row, 'familyName', 'person.nameDiffers', [{ id: holder.id, why: 'person.nameDiffers', differs: 0 }]);
      return false;
    }
    const id = idOf((one) => this.#claimed.has(one) || this.#byId.has(one));
    const who = this.#whoIs(row);
    const why = this.#decided.has(row) ? 'decided' : who.is === 'new' ? who.why : 'person.nobody';
    this.#claimed.add(id);
    this.#identities.set(row, { is: 'new', id, restore: false, near: why === 'person.homonym' || why === 'person.similar', why });
    return true;
  }

  /** A number that is another's, in the workshop or in the list, is never taken. */
  #numbers(): void {
    const holders = new Map<string, Id>();
    for (const { id, ref, live, erased } of this.#byId.values()) if (ref && live && erased !== 1) holders.set(fold(ref), id);
    const listed = new Map<string, ReadPerson>();
    for (const row of this.#rows) {
      const [ref, identity] = [fold(row.values.ref ?? ''), this.#identities.get(row)!];
      if (ref === '' || (identity.is !== 'same' && identity.is !== 'new')) continue;
      const holder = holders.get(ref);
      if (listed.has(ref)) this.#ask(row, 'ref', 'ref.duplicate');
      else if (holder !== undefined && holder !== identity.id && !this.#decided.has(row))
        this.#ask(row, 'ref', 'ref.otherPerson', [{ id: holder, why: 'ref.otherPerson', differs: 0 }]);
      else listed.set(ref, row);
    }
  }
}

function againBecause(who: Who): string | null {
  if (who.is === 'same') return who.names === 'equal' ? 'row.duplicate' : 'person.nameClose';
  return who.is === 'ask' && who.why === 'person.homonyms' ? who.why : null;
}

function asKnown({ values }: ReadPerson, id: Id): KnownIdentity {
  const { familyName, givenName = null, email = null, country = null, institution = null, ref = null } = values;
  return { id, familyName, givenName, email, country, institution, ref };
}

function decisionsOf(
  rows: readonly ReadPerson[],
  decisions: readonly Decision[],
): Result<ReadonlyMap<ReadPerson, Decision>, 'intake.rowUnknown'> {
  const decided = decisionsByPlace(rows, decisions);
  if (!decided.ok) return decided;
  return ok(
    new Map(
      rows.flatMap((row) => {
        const decision = decided.value.get(placeKey(row));
        return decision === undefined ? [] : [[row, decision] as const];
      }),
    ),
  );
}

const contentOfValues = new WeakMap<ReadPerson['values'], string>();

/** All that a row says of a person, in a form that order and spelling of the list do not touch. */
function contentOf({ values }: ReadPerson): string {
  const known = contentOfValues.get(values);
  if (known !== undefined) return known;
  const { familyName, givenName = '', country = '', institution = '', email = '', ref = '' } = values;
  const { sex = '', profession = '', language = '' } = values;
  const names = [familyName, givenName, institution].map((text) => nameWords(text).join(''));
  const content = [...names, country, fold(email), fold(ref), sex, profession, language].join('\n');
  contentOfValues.set(values, content);
  return content;
}

/**
 * The ids that follow from what rows say: from the names and, of what else they say, what identifies most: an address that the list gives to one name, else the list's
 * own code, else country and institution. Where that is the same for several rows, from all that they say; of rows that say the same, from which time it is.
 */
function derivedIds(
  rows: readonly ReadPerson[],
  evidence: ReadonlyMap<ReadPerson, PersonEvidence>,
  derive: DeriveId,
): ReadonlyMap<ReadPerson, (used: (id: Id) => boolean) => Id> {
  const { sharedMailboxes } = indexPeople([], evidence.values());
  const baseOf = ({ values }: ReadPerson): string[] => {
    const names = [...(comparedName(values)?.words ?? [])].sort().join(' ');
    const email = fold(values.email ?? '');
    if (email !== '' && !sharedMailboxes.has(email)) return ['person', names, 'email', email];
    if (values.ref !== undefined) return ['person', names, 'ref', fold(values.ref)];
    return ['person', names, values.country ?? '', nameWords(values.institution ?? '').join(' ')];
  };
  const bases = new Map(rows.map((row) => [row, baseOf(row)]));
  const contents = new Map<string, Set<string>>();
  for (const [row, parts] of bases) {
    const base = parts.join('\n');
    contents.set(base, (contents.get(base) ?? new Set()).add(contentOf(row)));
  }
  return new Map(
    [...bases].map(([row, base]) => {
      const parts = contents.get(base.join('\n'))!.size > 1 ? [...base, contentOf(row)] : base;
      const ids: Id[] = [];
      return [
        row,
        (used) => {
          for (let time = 1; ; time++) {
            const id = (ids[time - 1] ??= time === 1 ? derive(...parts) : derive(...parts, 'again', String(time)));
            if (!used(id)) return id;
          }
        },
      ];
    }),
  );
}
