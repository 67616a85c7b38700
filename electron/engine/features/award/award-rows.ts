import { awardNumber, idsOfNumber } from '../../../../shared/features/award/award-number.ts';
import type { IssuedAward } from '../../../../shared/features/award/contract.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { award } from '../../../../shared/model/award.ts';
import { recordColumns, type RecordRow } from '../../../../shared/model/records.ts';
import { AWARD_KINDS, type AwardKind } from '../../../../shared/model/vocabularies.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';

export type AwardRow = RecordRow<typeof award> & { readonly kind: AwardKind; readonly personId: Id; readonly activityId: Id };

const COLUMNS = `${recordColumns(award)}`;
const KNOWN = `live = 1 and personId is not null and activityId is not null and kind in (${AWARD_KINDS.map((kind) => `'${kind}'`).join(', ')})`;

/** The certificates of a workshop, the latest first; a kind of a newer program's is none. */
export function awardsOf(reader: Reader, activityId: Id, kind?: AwardKind): AwardRow[] {
  const rows = reader.all<AwardRow>(
    `select ${COLUMNS} from award where activityId = ? and ${KNOWN} order by issuedOn desc, id`,
    activityId,
  );
  return kind === undefined ? rows : rows.filter((row) => row.kind === kind);
}

/** The kinds of certificates of which one stands in a workshop, of somebody who was not erased. */
export function standingKinds(reader: Reader, activityId: Id): ReadonlySet<AwardKind> {
  const standing = awardsOf(reader, activityId).filter(({ revokedOn, name }) => revokedOn === null && name !== null);
  return new Set(standing.map(({ kind }) => kind));
}

/** The certificates of every workshop that stand, of people who were not erased, the latest first. */
export function standingAwards(reader: Reader): AwardRow[] {
  return reader.all<AwardRow>(
    `select ${COLUMNS} from award where ${KNOWN} and revokedOn is null and name is not null order by issuedOn desc, id`,
  );
}

/** The certificate with a number, as `readAwardNumber` gives it; undefined where it is not here. */
export function awardByNumber(reader: Reader, number: string): AwardRow | undefined {
  const beginning = idsOfNumber(number);
  return reader
    .all<AwardRow>(`select ${COLUMNS} from award where id >= ? and id < ? and ${KNOWN} order by id`, beginning, `${beginning}~`)
    .find(({ id }) => awardNumber(id) === number);
}

/** A certificate as calls answer it. */
export function issuedAward(row: AwardRow): IssuedAward {
  return {
    number: awardNumber(row.id),
    kind: row.kind,
    name: row.name ?? '',
    issuedOn: row.issuedOn ?? '',
    exception: row.exception ?? '',
    replaces: row.replaces === null ? '' : awardNumber(row.replaces),
    revokedOn: row.revokedOn ?? '',
    revokedReason: row.revokedReason ?? '',
  };
}
