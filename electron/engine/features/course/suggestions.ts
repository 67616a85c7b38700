import type { ResultOf } from '../../../../shared/contract/call.ts';
import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { suggestionContract } from '../../../../shared/features/course/suggestion-contract.ts';
import { comparedSuggestion, namedBy, settledBy, type Named, type SuggestedPart } from '../../../../shared/features/course/suggestion.ts';
import { planTaking } from '../../../../shared/features/course/taking.ts';
import { planUndo } from '../../../../shared/features/course/undo-taking.ts';
import type { Adaptation } from '../../../../shared/features/course/adaptation.ts';
import type { Heads } from '../../../../shared/features/course/upstream.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { formWrites, writesOf } from '../../../../shared/model/field-writes.ts';
import { derivedRecordId, newRecordId } from '../../../../shared/model/record-id.ts';
import { course } from '../../../../shared/model/course.ts';
import { recordColumns, type RecordRow } from '../../../../shared/model/records.ts';
import { suggestion, suggestionAnswer } from '../../../../shared/model/suggestion.ts';
import { parseSpace } from '../../../../shared/model/spaces.ts';
import { deletion } from '../../../../shared/node/store/deletion.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { SpaceId } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { permissionToWrite } from '../../sync/access/entitled.ts';
import { institutionNames } from '../institution.ts';
import { findCourse } from '../library/course.ts';
import { copyId, MOST_VALUES } from './adaptation.ts';
import { adaptationOf, adaptedParts, type FoundAdaptation } from './adapted.ts';
import { shownOf } from '../removals.ts';
import { foundPart, partsOf, type Part, type PartType } from './course-parts.ts';
import { standing, valuesOf } from './published.ts';
import { toldOf, writesFor } from './upstream.ts';

type Row = RecordRow<typeof suggestion>;
type AnswerRow = RecordRow<typeof suggestionAnswer>;
type Told = ResultOf<(typeof suggestionContract)['course.suggestions']>[number];
type PartsOf = Readonly<Record<Id, Heads>>;

/** No answer has this id: the rights to it are those of whoever writes the first. */
const NEW = 'new';

/** Returns the handlers of the calls by which an institution suggests to a source what it changed, and the source takes of it. */
export function suggestionHandlers(context: EngineContext): Handlers<typeof suggestionContract> {
  const { store, random, hasher, clock } = context;
  const { reader } = store;
  const now = () => new Date(clock.now()).toISOString();
  const answerId = (space: SpaceId, id: Id) => derivedRecordId(space, hasher, 'suggestion answer', id);
  return {
    'course.suggestable': ({ courseId }) => {
      const found = adaptationOf(reader, courseId);
      if (!found.ok) return found;
      return ok({ changes: toldOf(undecided(reader, suggestedNow(reader, found.value)), 'source') });
    },

    'course.suggest': ({ courseId, note, changes: chosen }) => {
      const found = adaptationOf(reader, courseId);
      if (!found.ok) return found;
      const all = suggestedNow(reader, found.value);
      const { changes } = undecided(reader, all);
      const said = { ...all, ...namedBy(all, changes, chosen ?? changes) };
      if (undecided(reader, said).changes.length === 0) return refuse('course.nothingToSuggest');
      if (Object.values(said.parts).reduce((sum, heads) => sum + Object.keys(heads).length, 0) > MOST_VALUES)
        return refuse('course.tooLarge');
      const id = newRecordId(found.value.space, random, hasher);
      const { sourceId, parts, bases } = said;
      const values = { courseId: found.value.id, sourceId, note, suggestedAt: now(), parts, bases };
      store.commit([{ space: found.value.space, writes: writesOf(suggestion, id, values) }]);
      return ok({ id });
    },

    'course.suggestionCounts': () => ok(waiting(reader).filter(({ courseId }) => permissionToReview(context, courseId).allowed)),

    'course.suggestions': ({ courseId }) => {
      const found = findCourse(reader, courseId);
      if (!found) return refuse('course.unknown');
      const names = institutionNames(reader);
      return ok(rowsOf(reader, found.summary.id).map((row) => toldSuggestion(context, row, names)));
    },

    'course.suggestion': ({ id }) => {
      const found = foundSuggestion(reader, id);
      if (!found.ok) return found;
      return ok({ ...toldSuggestion(context, found.value.row, institutionNames(reader)), changes: toldOf(found.value.compared) });
    },

    'course.takeSuggestion': ({ id, choices }) => {
      const found = foundSuggestion(reader, id);
      if (!found.ok) return found;
      const { compared, settled: before, others, space, row } = found.value;
      const plan = planTaking(compared, choices, (part) => copyId(context, space, row.sourceId!, part));
      const { steps, settled } = settledBy(plan.steps, compared, before);
      const own = Object.fromEntries(Object.entries(settled).filter(([key, heads]) => others[key]?.join() !== heads.join()));
      const writes = [
        ...steps.flatMap((step) => writesFor(reader, step)),
        ...writesOf(suggestionAnswer, answerId(space, id), { suggestionId: id, settled: own }),
      ];
      const done = plan.counts.taken + plan.counts.kept + plan.counts.merged;
      const [changeSet] = done === 0 ? [] : store.commit([{ space, writes }]);
      return ok({ ...plan.counts, taking: changeSet?.hash ?? null });
    },

    'course.undoSuggestion': ({ id, taking }) => {
      const found = foundSuggestion(reader, id);
      if (!found.ok) return found;
      const { space, records } = found.value;
      const written = [{ type: suggestionAnswer.type, id: answerId(space, id) }, ...records].map(({ type, id: part }) => ({
        ...{ type, id: part },
        // That it answers this suggestion stays.
        effective: reader.effective(type, part).filter(({ field }) => field !== 'suggestionId'),
        heads: (register: string) => reader.heads(type, part, register),
      }));
      const { undone, left, writes, removed } = planUndo(written, taking, 'settled');
      store.transaction(() => {
        if (writes.length > 0) store.commit([{ space, writes }]);
        const gone = removed.flatMap((part) => deletion(reader, part.type, part.id));
        if (gone.length > 0) store.commit([{ space, writes: gone }]);
      });
      return ok({ undone, left });
    },

    'course.answerSuggestion': ({ id, taken, why, seen }) => {
      const found = foundSuggestion(reader, id);
      if (!found.ok) return found;
      const { space } = found.value;
      const said = { suggestionId: id, taken, why, answeredAt: now() };
      store.commit([{ space, writes: formWrites(suggestionAnswer, answerId(space, id), said, seen) }]);
      return ok({ id });
    },
  };
}

/** A suggestion beside the course that it is for. */
interface FoundSuggestion {
  readonly row: Row;
  /** The space of the source, and its records. */
  readonly space: SpaceId;
  readonly records: readonly Part[];
  /** The values that were decided: with other suggestions of the adaptation, and with this one too. */
  readonly others: Heads;
  readonly settled: Heads;
  readonly compared: Adaptation;
}

function foundSuggestion(reader: Reader, id: Id): Result<FoundSuggestion, 'course.sourceAway' | 'course.suggestionUnknown'> {
  const row = reader.get<Row>(`select ${recordColumns(suggestion)} from suggestion where live = 1 and id = ?`, id);
  if (!row || row.sourceId === null || row.courseId === null) return refuse('course.suggestionUnknown');
  const records = partsOf(reader, row.sourceId);
  if (!records[0]?.live) return refuse('course.sourceAway');
  const { courseId, sourceId } = row;
  const others = settledElsewhere(reader, courseId, sourceId, id);
  const settled = { ...others, ...parsed<Heads>(answerTo(reader, id)?.settled) };
  const said = { courseId, sourceId, parts: parsed<PartsOf>(row.parts), bases: parsed<PartsOf>(row.bases) };
  return ok({ row, space: records[0].space, records, others, settled, compared: comparedWith(reader, said, settled) });
}

function settledElsewhere(reader: Reader, courseId: Id, sourceId: Id, id: Id): Heads {
  const rows = reader.all<{ settled: string | null }>(
    `select a.settled from suggestionAnswer a join suggestion s on s.id = a.suggestionId
     where a.live = 1 and s.courseId = ? and s.sourceId = ? and s.id <> ? order by s.suggestedAt, s.id`,
    ...[courseId, sourceId, id],
  );
  return Object.assign({}, ...rows.map(({ settled }) => parsed<Heads>(settled))) as Heads;
}

interface Said extends Named {
  readonly courseId: Id;
  readonly sourceId: Id;
}

/** An adaptation as it would be suggested now. */
function suggestedNow(reader: Reader, { id, records, parts }: FoundAdaptation): Said {
  return {
    courseId: id,
    sourceId: records[0]!.origin!,
    parts: Object.fromEntries(standing(reader, id).map((part) => [part.id, part.heads])),
    // Of what was brought and taken back nothing is suggested.
    bases: Object.fromEntries(parts.flatMap((part) => (part.origin === null ? [] : [[part.id, part.originHeads]]))),
  };
}

/** Returns what was changed beside the source, without what the source has decided of other suggestions. */
function undecided(reader: Reader, said: Said): Adaptation {
  return comparedWith(reader, said, settledElsewhere(reader, said.courseId, said.sourceId, ''));
}

function comparedWith(reader: Reader, { courseId, sourceId, parts, bases }: Said, settled: Heads = {}): Adaptation {
  const records = partsOf(reader, sourceId);
  const known = new Map<Id, Part>(partsOf(reader, courseId).map((part) => [part.id, part]));
  const ids = new Set([...known.keys(), ...Object.keys(parts), ...Object.keys(bases)]);
  const suggested = [...ids].flatMap((id): (SuggestedPart & { type: PartType })[] => {
    const found = foundPart(reader, id);
    const part = known.get(id) ?? (found.ok ? found.value : undefined);
    if (!part || (parts[id] === undefined && bases[id] === undefined)) return [];
    return [{ id, type: part.type, origin: part.origin, heads: parts[id] ?? null, base: bases[id] ?? {} }];
  });
  return comparedSuggestion(adaptedParts(reader, records), suggested, settled, valuesOf(reader, [...records, ...suggested]));
}

/** How many suggestions wait for an answer, of each course. */
function waiting(reader: Reader): { readonly courseId: Id; readonly count: number }[] {
  return reader.all(
    `select s.sourceId as courseId, count(*) as count from suggestion s join course c on c.id = s.sourceId and c.live = 1
     where s.live = 1 and not exists (select 1 from suggestionAnswer a where a.live = 1 and a.suggestionId = s.id and a.answeredAt is not null)
     group by s.sourceId order by s.sourceId`,
  );
}

function permissionToReview(context: EngineContext, sourceId: Id): Told['review'] {
  const space = context.store.reader.get<{ space: SpaceId }>('select space from course where id = ?', sourceId)?.space;
  if (space === undefined) return { allowed: false, reason: 'course.sourceAway' };
  return permissionToWrite(context, space, [
    { entityType: course.type, entity: sourceId },
    { entityType: suggestionAnswer.type, entity: NEW },
  ]);
}

function toldSuggestion(context: EngineContext, row: Row, names: ReadonlyMap<SpaceId, string>): Told {
  const { reader } = context.store;
  const answer = answerTo(reader, row.id);
  const at = reader.get<{ space: SpaceId }>('select space from suggestion where id = ?', row.id)!.space;
  const found = foundSuggestion(reader, row.id);
  return {
    ...{ id: row.id, courseId: row.courseId ?? '', sourceId: row.sourceId ?? '' },
    institution: { id: parseSpace(at)?.owner ?? '', name: names.get(at) ?? '' },
    ...{ note: row.note ?? '', suggestedAt: row.suggestedAt ?? '', open: found.ok ? found.value.compared.changes.length : 0 },
    seen: answer ? shownOf(reader, suggestionAnswer.type, answer.id) : {},
    answer:
      answer && answer.answeredAt !== null
        ? { taken: answer.taken === null ? null : Number(answer.taken) === 1, why: answer.why ?? '', answeredAt: answer.answeredAt }
        : null,
    review: permissionToReview(context, row.sourceId ?? ''),
  };
}

/** The suggestions that a course makes and that are made to it, the latest first. */
function rowsOf(reader: Reader, courseId: Id): Row[] {
  return reader.all<Row>(
    `select ${recordColumns(suggestion)} from suggestion where live = 1 and (courseId = ? or sourceId = ?) order by suggestedAt desc, id`,
    courseId,
    courseId,
  );
}

function answerTo(reader: Reader, id: Id): AnswerRow | undefined {
  return reader.get<AnswerRow>(`select ${recordColumns(suggestionAnswer)} from suggestionAnswer where live = 1 and suggestionId = ?`, id);
}

function parsed<T extends object>(text: unknown): T {
  return (typeof text === 'string' ? JSON.parse(text) : {}) as T;
}
