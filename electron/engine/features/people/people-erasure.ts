import type { Handlers } from '../../../../shared/contract/rpc.ts';
import { ERASE_REASONS, type peopleContract } from '../../../../shared/features/people/contract.ts';
import { mayErase } from '../../../../shared/features/sync/reading.ts';
import { fromHex } from '../../../../shared/kernel/hex.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { ENTITIES } from '../../../../shared/model/entities.ts';
import { isErasable } from '../../../../shared/model/entity.ts';
import { participant } from '../../../../shared/model/people.ts';
import { peopleSpace } from '../../../../shared/model/spaces.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import { replicaIdOf } from '../../../../shared/sync/change-set.ts';
import { ERASED, erasureWrites } from '../../../../shared/sync/merge.ts';
import type { Head, ReplicaId } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { accountOf } from '../../sync/repository/account.ts';
import { instant } from '../../sync/review/conflicts.ts';
import { attributionOf } from '../../attribution.ts';
import { linkedRecords } from './people-links.ts';
import { pageOf, recordsAbout, textsNaming } from './person-export.ts';
import { writeChosen } from '../written-file.ts';

type ErasureCalls = 'people.erase' | 'people.erasures' | 'people.export';

/** The calls that give a person what is held about them, and take it away for ever. */
export function erasureHandlers(context: EngineContext): Pick<Handlers<typeof peopleContract>, ErasureCalls> {
  const { store } = context;
  const { reader } = store;

  return {
    'people.erase': ({ id, reason }) => {
      const activityId = workshopOfPerson(reader, id);
      if (activityId === null) return refuse('people.unknown');
      if (!isEntitled(context, activityId)) return refuse('people.eraseNotYours');
      // All that is held about the person: a record that was linked to this one would keep the name.
      const records = linkedRecords(reader, activityId, id);
      const before = records.flatMap((one) => recordsAbout(context, one));
      const values = before.reduce((sum, { values: list }) => sum + list.filter(({ current }) => current).length, 0);
      const sheets = before.filter(({ type }) => type === 'sheet').length;
      const space = peopleSpace(activityId);
      const made = store.commit(
        [id, ...records.filter((one) => one !== id)].map((one) => ({
          ...{ space, kind: 'erase' },
          writes: erasureWrites(participant.type, one, { reason }),
        })),
      );
      const record = made.find(({ ops }) => ops.some(({ entityId }) => entityId === id));
      // Asked for twice it is one erasure.
      return ok({ record: record?.hash ?? reader.history(id, ERASED)[0]?.hash ?? '', values, sheets, records: records.length });
    },

    'people.erasures': ({ activityId }) => {
      const erased = reader.all<{ id: Id }>(
        "select distinct e.entity as id from erasure e join participant p on p.id = e.entity where e.type = 'participant' and p.activityId = ?",
        activityId,
      );
      const repository = repositoryReplica(context);
      // The records of one person are one erasure.
      const counted = new Set<Id>();
      const first = erased.filter(({ id }) => {
        const isAnother = !counted.has(id);
        for (const record of linkedRecords(reader, activityId, id)) counted.add(record);
        return isAnother;
      });
      const list = first.map(({ id }) => {
        const history = reader.history(id, ERASED);
        const ruling = history.find(({ replica }) => replica === repository);
        const asked = history.find(({ replica }) => replica !== repository) ?? ruling!;
        return {
          id,
          at: instant(asked.t),
          author: attributionOf(context, asked.replica).author,
          reason: reasonIn(asked),
          record: asked.hash,
          ruled: ruling !== undefined,
          refused: ruling === undefined && isTurnedDown(reader, asked.hash),
          remaining: remainingOf(reader, id),
        };
      });
      return ok(list.sort((a, b) => (a.at < b.at ? 1 : -1)));
    },

    'people.export': async ({ id, path: wanted }, call) => {
      const activityId = workshopOfPerson(reader, id);
      if (activityId === null) return refuse('people.unknown');
      call.progress({ label: 'people.exporting', done: 0, total: 1, unit: 'items' });
      const linked = linkedRecords(reader, activityId, id);
      const records = linked.flatMap((one) => recordsAbout(context, one));
      const texts = textsNaming(context, activityId, linked);
      const text = wanted.endsWith('.json') ? JSON.stringify({ person: id, records, texts }, null, 2) : pageOf(context, records, texts);
      const written = await writeChosen(wanted, new TextEncoder().encode(text));
      if (!written.ok) return written;
      return ok({ ...written.value, values: records.reduce((sum, { values }) => sum + values.length, 0) });
    },
  };
}

function workshopOfPerson(reader: Reader, id: Id): Id | null {
  return reader.get<{ activityId: Id | null }>('select activityId from participant where id = ?', id)?.activityId ?? null;
}

/** By the role that the certificate says; a laptop that belongs to no repository yet decides over its own workshops. */
function isEntitled(context: EngineContext, activityId: Id): boolean {
  const account = accountOf(context.settings);
  if (!account) return true;
  const actor = context.trust.actorOf(context.store.replica);
  return actor !== null && mayErase(actor, context.trust.workshop(activityId));
}

/** The replica whose rulings everybody obeys; null before this laptop is enrolled. */
function repositoryReplica({ settings, hasher }: EngineContext): ReplicaId | null {
  const key = accountOf(settings)?.repositoryKey;
  return key === undefined ? null : replicaIdOf(fromHex(key), hasher);
}

/** Whether the repository has refused the asking. A ruling stays a ruling where it was made: this laptop's own erasure is not taken back here. */
function isTurnedDown(reader: Reader, hash: string): boolean {
  return reader.get('select 1 from refusal where hash = ? union all select 1 from quarantine where hash = ?', hash, hash) !== undefined;
}

function reasonIn({ value }: Head): (typeof ERASE_REASONS)[number] | null {
  const reason = typeof value === 'object' && value !== null && 'reason' in value ? value['reason'] : null;
  return ERASE_REASONS.find((one) => one === reason) ?? null;
}

/** How many values about a person can still be read here, counted from what every change-set wrote. */
function remainingOf(reader: Reader, person: Id): number {
  let remaining = 0;
  for (const { type, fields, about } of ENTITIES) {
    const ids =
      type === participant.type
        ? [person]
        : about === undefined
          ? []
          : reader.all<{ id: Id }>(`select id from "${type}" where "${about}" = ?`, person).map(({ id }) => id);
    for (const id of ids) {
      for (const [field, definition] of Object.entries(fields)) {
        if (isErasable(definition))
          remaining += reader.history(id, field, type).filter(({ erased, value }) => !erased && value !== null).length;
      }
    }
  }
  return remaining;
}
