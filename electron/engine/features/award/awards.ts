import { awardNumber, readAwardNumber } from '../../../../shared/features/award/award-number.ts';
import { signAwardToken } from '../../../../shared/features/award/award-token.ts';
import type { awardContract } from '../../../../shared/features/award/contract.ts';
import { lateHandlers, type Handlers } from '../../../../shared/contract/rpc.ts';
import { dayInRoom, type Day } from '../../../../shared/kernel/dates.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { textIn, type Language } from '../../../../shared/kernel/text.ts';
import { award } from '../../../../shared/model/award.ts';
import { writesOf } from '../../../../shared/model/field-writes.ts';
import { peopleSpace } from '../../../../shared/model/spaces.ts';
import type { Title } from '../../../../shared/model/title.ts';
import type { FieldWrite } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { spokenLanguagesOf } from '../activity/activity-rows.ts';
import { workshopOf } from '../activity/workshop.ts';
import { USER_NAME } from '../../local-state/of-this-laptop.ts';
import { accountOf } from '../../sync/repository/account.ts';
import { writeChosen } from '../written-file.ts';
import { awardByNumber, awardsOf, issuedAward, type AwardRow } from './award-rows.ts';
import { candidatesOf, newAwardId, numberOf, standingOf, type Candidate } from './issuing.ts';
import { verificationPage } from './verification-page.ts';
import { readTold, verifyAward } from './verify-award.ts';

/** The calls of certificates of participants. */
export function awardHandlers(context: EngineContext): Handlers<typeof awardContract> {
  const { store } = context;
  const { reader } = store;
  const today = (): Day => dayInRoom(context.clock.now());

  return {
    'certificate.standing': (demanded) => {
      const found = candidatesOf(context, demanded);
      if (!found.ok) return found;
      const { rule, held, people, awards } = found.value;
      return ok({
        threshold: rule.threshold,
        held,
        people: people.map((person) => {
          const standing = standingOf(person);
          const { personId, name, attended, misses } = person;
          const does = misses.length === 0 || standing ? person.does : null;
          return { personId, name, attended, misses: [...misses], does, standing: standing ? issuedAward(standing) : null };
        }),
        revoked: awards.filter(({ revokedOn }) => revokedOn !== null).map(issuedAward),
      });
    },

    'certificate.issue': ({ exceptions = [], people: only, issuedOn = today(), apply, ...demanded }) => {
      const found = candidatesOf(context, demanded);
      if (!found.ok) return found;
      const { rule, people } = found.value;
      const reasons = new Map(exceptions.map(({ personId, reason }) => [personId, reason]));
      const listed = new Set(people.map(({ personId }) => personId));
      const unknown = [...reasons.keys(), ...(only ?? [])].filter((id) => !listed.has(id));
      if (unknown.length > 0) return refuse('certificate.personUnknown', { count: unknown.length });
      const asked = only === undefined ? people : people.filter(({ personId }) => only.includes(personId));
      // One that stands by hand stands on: whoever issued it said why.
      const isGiven = (one: Candidate): boolean =>
        one.misses.length === 0 || reasons.has(one.personId) || one.standing.some(({ exception }) => exception !== null);
      const given = asked.filter(isGiven);
      const nameless = given.filter(({ name }) => name === '');
      if (nameless.length > 0) return refuse('certificate.nameMissing', { count: nameless.length });
      const issued = given.map((one) => {
        const same = one.does === 'same' ? standingOf(one) : undefined;
        return { one, same, id: same?.id ?? newAwardId(context, demanded, one) };
      });
      if (apply) {
        const writes = issued.flatMap(({ one, same, id }): FieldWrite[] => {
          const { personId, name, standing, last, misses } = one;
          const others = standing.filter((row) => row.id !== id).flatMap((row) => revocation(row, issuedOn, replacedBy(id)));
          if (same) return others;
          const before = standing.find(({ exception }) => exception !== null)?.exception;
          const exception = misses.length === 0 ? undefined : (reasons.get(personId) ?? before ?? undefined);
          const { activityId, kind } = demanded;
          const values = { activityId, personId, kind, name, issuedOn, rule: { ...rule }, exception, replaces: last?.id };
          return [...writesOf(award, id, values), ...others];
        });
        if (writes.length > 0) store.commit([{ space: peopleSpace(demanded.activityId), writes }]);
      }
      return ok({
        applied: apply,
        eligible: issued.map(({ one: { personId, name, does, standing }, id }) => ({
          ...{ personId, name, does, number: awardNumber(id) },
          replaces: does === 'reissue' ? numberOf(standing[0]) : '',
        })),
        refused: asked
          .filter((one) => !isGiven(one))
          .map((one) => ({
            personId: one.personId,
            reason: one.misses[0]!.why,
            misses: [...one.misses],
            number: numberOf(standingOf(one)),
          })),
      });
    },

    'certificate.list': ({ activityId, kind, language }) => {
      const workshop = workshopOf(reader, activityId);
      if (!workshop.ok) return workshop;
      const token = tokensOf(context, workshop.value.title, language ?? spokenLanguagesOf(reader, activityId)[0] ?? 'en');
      return ok(awardsOf(reader, activityId, kind).map((row) => ({ ...issuedAward(row), personId: row.personId, token: token(row) })));
    },

    'certificate.verify': async ({ token = '', path: file }) => {
      const said = file === undefined ? ok(token) : await readTold(file);
      return said.ok ? ok(await verifyAward(context, said.value)) : said;
    },

    ...lateHandlers<Handlers<typeof awardContract>, 'certificate.badge' | 'certificate.badges'>(
      { 'certificate.badge': true, 'certificate.badges': true },
      async () => (await import('./badge-calls.ts')).badgeHandlers(context),
    ),

    'certificate.revoke': ({ number, reason }) => {
      const read = readAwardNumber(number);
      if (read === null) return refuse('certificate.numberWrong');
      const row = awardByNumber(reader, read);
      if (!row) return refuse('certificate.unknown', { number: read });
      if (row.revokedOn !== null) return refuse('certificate.revokedAlready', { number: read, day: row.revokedOn });
      store.commit([{ space: peopleSpace(row.activityId), writes: revocation(row, today(), reason) }]);
      return ok({});
    },

    'certificate.page': async ({ path: target, institution }) => {
      const page = verificationPage(context, institution ?? issuerHere(context));
      return page.ok ? writeChosen(target, new TextEncoder().encode(page.value)) : page;
    },
  };
}

/** Who issues certificates where nobody says: the repository's host; of a laptop that belongs to none its user, or its own name. */
function issuerHere({ settings, store }: EngineContext): string {
  const account = accountOf(settings);
  return account ? new URL(account.url).host : USER_NAME.read(settings) || store.replica.slice(0, 8);
}

/** Returns what signs the token of a certificate that stands; '' for another one, and for one whose person was erased. */
export function tokensOf(context: EngineContext, title: Title, language: Language): (row: AwardRow) => string {
  const signer = context.vault.signer();
  return (row) => {
    const { kind, name, issuedOn, revokedOn } = row;
    if (revokedOn !== null || name === null || issuedOn === null) return '';
    const claims = { number: awardNumber(row.id), kind, name, title: textIn(title, language), issuedOn };
    return signAwardToken(claims, signer, context.hasher);
  };
}

function revocation({ id }: AwardRow, revokedOn: Day, revokedReason: string): FieldWrite[] {
  return writesOf(award, id, { revokedOn, revokedReason });
}

/** The reason of a certificate that another one took the place of: its number, which is read alike in every language. */
function replacedBy(id: string): string {
  return `→ ${awardNumber(id)}`;
}
