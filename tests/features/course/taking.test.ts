import { describe, expect, it } from 'vitest';
import { comparedAdaptation, isLevel, type AdaptedPart } from '../../../shared/features/course/adaptation.ts';
import type { Choice } from '../../../shared/features/course/take-upstream.ts';
import { planTaking, type TakingStep } from '../../../shared/features/course/taking.ts';
import type { Heads, TypedPart } from '../../../shared/features/course/upstream.ts';
import type { FieldValue } from '../../../shared/sync/types.ts';

/** What a taking does to the records of an adaptation, part by part. */

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [COURSE, MODULE, SESSION, OTHER, EXTRA] = [id(1), id(2), id(3), id(4), id(5)];
const [C, M, S] = [id(11), id(12), id(13)];
const copyIdOf = (part: string) => part.replace('0000-4000', '0001-4000');

/** Values are named after what they say. */
const values = new Map<string, FieldValue>();
const value = (said: FieldValue): string => {
  const key = JSON.stringify(said);
  values.set(key, said);
  return key;
};
const heads = (said: Record<string, FieldValue>): Heads =>
  Object.fromEntries(Object.entries(said).map(([register, one]) => [register, [value(one)]]));

const course = { 'title@en': 'Course', version: '1.0' };
const module = { 'title@en': 'Module', placement: [COURSE, 'aV'] };
const session = { 'title@en': 'Session', minutes: 60, placement: [MODULE, 'aV'] };
const copied = (said: Record<string, FieldValue>, parent: string | null): Heads =>
  heads({ ...said, ...(parent !== null && { placement: [parent, 'aV'] }) });

interface Here {
  readonly live?: Readonly<Record<string, boolean>>;
  readonly ofCourse?: Heads;
  readonly session?: Record<string, FieldValue>;
  readonly ofSession?: Heads;
}

function adaptation(source: readonly TypedPart[], { live = {}, ofCourse = {}, session: said = {}, ofSession }: Here = {}) {
  const part = (type: string, own: string, origin: string, parent: string | null, says: Record<string, FieldValue>): AdaptedPart => ({
    ...{ id: own, type, origin, parent, live: live[own] ?? true, heads: copied(says, parent), originHeads: heads(says) },
  });
  const parts = [
    { ...part('course', C, COURSE, null, course), originHeads: { ...heads(course), ...ofCourse } },
    part('module', M, MODULE, C, module),
    {
      ...part('session', S, SESSION, M, session),
      ...{ heads: copied({ ...session, ...said }, M), originHeads: ofSession ?? heads(session) },
    },
  ];
  return { ...comparedAdaptation(parts, source, (one) => values.get(one)), level: isLevel(parts, source) };
}

const published = (...changed: readonly TypedPart[]): TypedPart[] => {
  const before: TypedPart[] = [
    { id: COURSE, type: 'course', heads: heads({ ...course, version: '1.1' }) },
    { id: MODULE, type: 'module', heads: heads(module) },
    { id: SESSION, type: 'session', heads: heads(session) },
  ];
  return [...before.filter((one) => !changed.some((other) => other.id === one.id)), ...changed];
};
const changedSession = (said: Record<string, FieldValue>): TypedPart => ({
  id: SESSION,
  type: 'session',
  heads: heads({ ...session, ...said }),
});
const addition: TypedPart = { id: OTHER, type: 'session', heads: heads({ 'title@en': 'Other', placement: [MODULE, 'aX'] }) };

/** The steps without the base, by the record that they are of. */
const told = (steps: readonly TakingStep[]) =>
  steps.map((step) => (step.does === 'write' ? [step.write.entityId, step.write.field, step.write.value] : [step.id, step.does]));
const taken = (from: ReturnType<typeof adaptation>, ...choices: Choice[]) => {
  const { steps, counts } = planTaking(from, choices, copyIdOf);
  return { counts, does: told(steps) };
};
const bases = (does: unknown[][], of: string) => does.find(([part, field]) => part === of && field === 'originHeads')?.[2];

describe('a taking', () => {
  it('writes what theirs says and moves the base, and comes to their version where nothing stays open', () => {
    const from = adaptation(published(changedSession({ minutes: 75 })));
    expect(from.level).toBe(false);
    const { counts, does } = taken(from, { part: S, take: 'theirs' });
    expect(counts).toEqual({ taken: 1, kept: 0, merged: 0, open: 0 });
    expect(does).toContainEqual([S, 'minutes', 75]);
    expect(bases(does, S)).toEqual(heads({ ...session, minutes: 75 }));
    expect(bases(does, C)).toEqual(heads({ ...course, version: '1.1' }));
    expect([from.from, from.to]).toEqual(['1.0', '1.1']);
  });

  it('writes nothing of what is kept, and not their version where something stays open', () => {
    const from = adaptation(published(changedSession({ minutes: 75, 'title@en': 'Session, again' })));
    const { counts, does } = taken(from, { part: S, field: 'minutes', take: 'mine' });
    expect(counts).toEqual({ taken: 0, kept: 1, merged: 0, open: 1 });
    expect(does.filter(([, field]) => field !== 'originHeads')).toEqual([]);
    expect(bases(does, S)).toEqual(heads({ ...session, minutes: 75 }));
    expect((bases(does, C) as Heads | undefined)?.['version'] ?? heads(course)['version']).toEqual(heads(course)['version']);
  });

  it('names the values that the form had shown', () => {
    const from = adaptation(published(changedSession({ minutes: 75 })), { session: { minutes: 90 } });
    const { steps } = planTaking(from, [{ part: S, field: 'minutes', take: 'theirs', seen: ['shown'] }], copyIdOf);
    expect(steps[0]).toEqual({
      does: 'write',
      write: { entityType: 'session', entityId: S, field: 'minutes', value: 75, supersedes: ['shown'] },
    });
  });

  it('merges by itself one value alone: of two that stand here a person decides', () => {
    const said = (first: string, last: string): Record<string, FieldValue> => ({ 'title@en': `${first}\nof\n${last}\n` });
    const before = heads({ ...session, ...said('a', 'b') });
    const from = adaptation(published(changedSession(said('a', 'theirs'))), { session: said('mine', 'b'), ofSession: before });
    const choice = { part: S, field: 'title', language: 'en', take: 'merge' } as const;
    expect(taken(from, choice).does).toContainEqual([S, 'title@en', 'mine\nof\ntheirs\n']);
    const [change] = from.changes;
    const two = { ...from, changes: [{ ...change!, seen: [...change!.seen, 'another'] }] };
    expect(taken(two, choice).counts).toMatchObject({ merged: 0, open: 1 });
  });

  it('copies an addition to where its module stands here, and keeps what it was copied from', () => {
    const { counts, does } = taken(adaptation(published(addition)), { part: OTHER, take: 'theirs' });
    expect(counts.taken).toBe(1);
    const copy = copyIdOf(OTHER);
    expect(does.slice(0, 5)).toEqual([
      [copy, 'title@en', 'Other'],
      [copy, 'placement', [M, 'aX']],
      [copy, 'origin', OTHER],
      [copy, 'originHeads', addition.heads],
      [copy, 'restore'],
    ]);
  });

  it('leaves an addition open whose module is not here', () => {
    const elsewhere: TypedPart = { ...addition, heads: heads({ 'title@en': 'Other', placement: [EXTRA, 'aX'] }) };
    expect(taken(adaptation(published(elsewhere)), { part: OTHER, take: 'theirs' })).toMatchObject({ counts: { taken: 0, open: 1 } });
  });

  it('takes a module that was added, and in the same taking what stands in it', () => {
    const newModule: TypedPart = { id: EXTRA, type: 'module', heads: heads({ 'title@en': 'New', placement: [COURSE, 'aX'] }) };
    const inside: TypedPart = { ...addition, heads: heads({ 'title@en': 'Other', placement: [EXTRA, 'aV'] }) };
    const { counts, does } = taken(
      adaptation(published(newModule, inside)),
      { part: EXTRA, take: 'theirs' },
      { part: OTHER, take: 'theirs' },
    );
    expect(counts.taken).toBe(2);
    expect(does).toContainEqual([copyIdOf(OTHER), 'placement', [copyIdOf(EXTRA), 'aV']]);
  });

  it('remembers an addition that is left out by its values, and does not offer it again', () => {
    const { counts, does } = taken(adaptation(published(addition)), { part: OTHER, take: 'mine' });
    expect(counts.kept).toBe(1);
    const ofCourse = bases(does, C) as Heads;
    expect(ofCourse[OTHER]).toEqual(Object.values(addition.heads).flat().toSorted());
    const after = adaptation(published(addition), { ofCourse });
    expect(after.changes).toEqual([]);
    expect(after.level).toBe(true);
  });

  it('offers again what was brought and taken back, and takes the mark of it away', () => {
    const ofCourse = { [`${S}/`]: [] };
    const from = adaptation(published(), { live: { [S]: false }, ofCourse });
    expect(from.changes.map(({ kind, part }) => [kind, part])).toEqual([['added', SESSION]]);
    expect(from.level).toBe(false);
    const { steps } = planTaking(from, [{ part: SESSION, take: 'theirs' }], () => S);
    expect(Object.keys(bases(told(steps), C) as Heads)).not.toContain(`${S}/`);
  });

  it('brings a removed part back with what is taken of it, and keeps its base beside', () => {
    const from = adaptation(published(changedSession({ minutes: 75, 'title@en': 'Again' })), { live: { [S]: false } });
    const { does } = taken(from, { part: S, take: 'theirs' });
    expect(does.filter(([part, what]) => part === S && what === 'restore')).toHaveLength(1);
    expect((bases(does, C) as Heads)[`${S}/minutes`]).toEqual([value(75)]);
    expect(bases(does, S)).toBeUndefined();
    const kept = taken(from, { part: S, take: 'mine' });
    expect(kept.does.some(([part]) => part === S)).toBe(false);
    expect(
      adaptation(published(changedSession({ minutes: 75, 'title@en': 'Again' })), {
        live: { [S]: false },
        ofCourse: bases(kept.does, C) as Heads,
      }).changes,
    ).toEqual([]);
  });

  it('leaves a change of what stands in a module that was removed here open', () => {
    const from = adaptation(published(changedSession({ minutes: 75 })), { live: { [M]: false } });
    expect(taken(from, { part: S, take: 'theirs' })).toMatchObject({ counts: { taken: 0, open: 1 }, does: [] });
  });

  it('removes what the source has no longer, or lets it stand without a base', () => {
    const gone = published().filter((part) => part.id !== SESSION);
    const from = adaptation(gone);
    expect(taken(from, { part: S, take: 'theirs' }).does[0]).toEqual([S, 'remove']);
    const { does } = taken(from, { part: S, take: 'mine' });
    expect(does.some(([, what]) => what === 'remove')).toBe(false);
    expect(bases(does, S)).toEqual({});
    const after = adaptation(gone, { ofSession: {} });
    expect([after.changes, after.level]).toEqual([[], true]);
  });

  it('counts work within a module that the source has no longer: merged by itself it stays', () => {
    const gone = published().filter(({ id: part }) => part === COURSE);
    const moduleIn = (from: ReturnType<typeof adaptation>) => from.changes.find(({ part }) => part === M)!;
    expect(moduleIn(adaptation(gone)).touchedHere).toBe(false);
    expect(moduleIn(adaptation(gone, { session: { minutes: 90 } })).touchedHere).toBe(true);
    const from = adaptation(gone);
    const ours = { ...from.parts[2]!, id: id(20), origin: null, originHeads: {} };
    const withOurs = { ...from, ...comparedAdaptation([...from.parts, ours], gone, (one) => values.get(one)), level: false };
    expect(moduleIn(withOurs).touchedHere).toBe(true);
    expect(taken(withOurs, { part: M, take: 'merge' }).counts).toMatchObject({ merged: 0 });
    expect(taken(from, { part: M, take: 'merge' }).does[0]).toEqual([M, 'remove']);
  });

  it('is level with a source that says by the same values what it said', () => {
    expect(adaptation(published()).level).toBe(true);
    expect(adaptation(published(), { session: { minutes: 15 } }).level).toBe(true);
    expect(adaptation(published().filter((part) => part.id !== SESSION)).level).toBe(false);
    expect(adaptation(published(addition)).level).toBe(false);
  });
});
