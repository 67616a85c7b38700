import { awardNumber } from '../../../../shared/features/award/award-number.ts';
import {
  attendedHalfDays,
  issuingOf,
  missesOf,
  usualTest,
  USUAL_PASS_MARK,
  type AwardRule,
  type Miss,
  type TestResult,
} from '../../../../shared/features/award/award-rules.ts';
import { thresholdPercent } from '../../../../shared/features/attendance/rules.ts';
import { mostPoints, pointsOf } from '../../../../shared/features/evaluation/scoring.ts';
import { testSheets } from '../../../../shared/features/evaluation/sheets.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, type Result } from '../../../../shared/kernel/result.ts';
import { derivedRecordId } from '../../../../shared/model/record-id.ts';
import { peopleSpace } from '../../../../shared/model/spaces.ts';
import type { AwardKind } from '../../../../shared/model/vocabularies.ts';
import type { EngineContext } from '../../context.ts';
import { workshopOf } from '../activity/workshop.ts';
import { linkedPeople, marksOf } from '../attendance/linked-marks.ts';
import { postTested, sheetsOf } from '../evaluation/evaluation-sheets.ts';
import { answeredForms, askedIn } from '../form/asked-forms.ts';
import { listedPeople } from '../people/people-rows.ts';
import { awardsOf, type AwardRow } from './award-rows.ts';

/** The demands of a certificate, as calls say them. */
export interface Demanded {
  readonly activityId: Id;
  readonly kind: AwardKind;
  readonly threshold?: number | undefined;
  readonly requirePostTest?: boolean | undefined;
  readonly passMark?: number | undefined;
}

/** Somebody on the list, before a certificate. */
export interface Candidate {
  readonly personId: Id;
  /** As it would be printed; '' where no name of theirs is here. */
  readonly name: string;
  readonly attended: number;
  readonly misses: readonly Miss[];
  /** Those of theirs that stand: one, or one of each of two laptops that issued theirs under different names. */
  readonly standing: readonly AwardRow[];
  /** The certificate that a new one would stand in the place of: the last of theirs, standing or not. */
  readonly last: AwardRow | undefined;
  readonly does: 'new' | 'same' | 'reissue';
}

export interface Candidates {
  readonly rule: AwardRule;
  readonly held: number;
  readonly people: readonly Candidate[];
  readonly awards: readonly AwardRow[];
}

/** Returns everybody on the list of a workshop with what they miss of a certificate, and those of theirs that stand. */
export function candidatesOf(context: EngineContext, demanded: Demanded): Result<Candidates, 'activity.unknown'> {
  const { activityId, kind } = demanded;
  const { reader } = context.store;
  const workshop = workshopOf(reader, activityId);
  if (!workshop.ok) return workshop;
  const rule = ruleOf(demanded);
  const people = listedPeople(reader, activityId).flatMap(({ person }) => (person.erased === 1 ? [] : [person]));
  const counted = attendedHalfDays(people, workshop.value.halfDays, marksOf(reader, activityId));
  const tests = rule.test === 'none' ? () => [] : testsOf(context, activityId);
  const awards = awardsOf(reader, activityId, kind);
  const { standsFor } = linkedPeople(reader, activityId);
  const byPerson = new Map<Id, AwardRow[]>();
  for (const row of awards) byPerson.set(standsFor(row.personId), [...(byPerson.get(standsFor(row.personId)) ?? []), row]);
  const candidates = people.map((person): Candidate => {
    const name = printedName(person);
    const own = byPerson.get(person.id) ?? [];
    const standing = own.filter(({ revokedOn }) => revokedOn === null);
    const attended = counted.attended(person.id);
    const misses = missesOf({ attended, held: counted.held, tests: tests(person.id) }, rule);
    return { personId: person.id, name, attended, misses, standing, last: lastOf(own, standing), does: issuingOf(name, standing) };
  });
  return ok({ rule, held: counted.held, people: candidates, awards });
}

/** The record of the certificate that a candidate would be issued: the same on every laptop that knows the same of them. */
export function newAwardId({ hasher, store }: Pick<EngineContext, 'hasher' | 'store'>, { activityId, kind }: Demanded, to: Candidate): Id {
  const roster = store.reader.get<{ key: string }>(
    'select key from roster where activityId = ? and live = 1 and key is not null order by id limit 1',
    activityId,
  );
  const parts = [roster?.key ?? '', to.personId, kind, to.name, to.last?.id ?? ''];
  return derivedRecordId(peopleSpace(activityId), hasher, 'award', ...parts);
}

/** The certificate of theirs that stands and bears their name, else any that stands. */
export function standingOf({ name, standing }: Candidate): AwardRow | undefined {
  return standing.find((row) => row.name === name) ?? standing[0];
}

export const numberOf = (row: AwardRow | undefined): string => (row ? awardNumber(row.id) : '');

/** *Moussa TRAORE*: as a person is addressed. */
export function printedName({ familyName, givenName }: { readonly familyName: string | null; readonly givenName: string | null }): string {
  return [givenName ?? '', familyName ?? ''].filter((part) => part !== '').join(' ');
}

function ruleOf({ kind, threshold, requirePostTest, passMark }: Demanded): AwardRule {
  const asked = requirePostTest === undefined ? usualTest(kind) : requirePostTest ? 'taken' : 'none';
  return {
    threshold: thresholdPercent(threshold),
    test: passMark === undefined ? asked : 'passed',
    passMark: passMark ?? USUAL_PASS_MARK,
  };
}

/** Of certificates of one person the last: no other stands in its place. What stands comes before what was revoked. */
function lastOf(own: readonly AwardRow[], standing: readonly AwardRow[]): AwardRow | undefined {
  const replaced = new Set(own.map(({ replaces }) => replaces));
  const ends = (rows: readonly AwardRow[]): AwardRow[] =>
    rows.filter(({ id }) => !replaced.has(id)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return ends(standing)[0] ?? ends(own)[0];
}

/** The post-tests of each person: who took one is counted as for the figures of attendance, what was right as for those of the test. */
function testsOf(context: EngineContext, activityId: Id): (person: Id) => readonly (TestResult | null)[] {
  const { reader } = context.store;
  const { standsFor } = linkedPeople(reader, activityId);
  const taken = postTested(reader, activityId, standsFor);
  const results = new Map<Id, TestResult[]>();
  for (const form of answeredForms(context, activityId, [])) {
    if (form.kind !== 'prepost') continue;
    const asked = askedIn(context, form);
    for (const one of testSheets(sheetsOf(context, activityId, form)).values()) {
      const { personId, wave, points, answers } = one;
      if (wave !== 'post' || personId === null) continue;
      const result = points
        ? { right: points.points, of: points.of }
        : { right: pointsOf(asked(one), answers), of: mostPoints(asked(one)) };
      results.set(personId, [...(results.get(personId) ?? []), result]);
    }
  }
  return (person) => (taken.has(person) ? (results.get(person) ?? [null]) : []);
}
