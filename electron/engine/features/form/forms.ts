import { setImmediate } from 'node:timers/promises';
import type { ResultOf } from '../../../../shared/contract/call.ts';
import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { formContract } from '../../../../shared/features/form/contract.ts';
import { writtenTexts } from '../../../../shared/features/course/completeness.ts';
import { textsOfForm } from '../../../../shared/features/form/completeness.ts';
import { isOfTopic } from '../../../../shared/features/form/asked-form.ts';
import type { FormContent, FormPart } from '../../../../shared/features/form/form-parts.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { fold, hasWords, LANGUAGES } from '../../../../shared/kernel/text.ts';
import { form, formItem, formVersion } from '../../../../shared/model/evaluation.ts';
import { writesOf } from '../../../../shared/model/field-writes.ts';
import { newRecordId } from '../../../../shared/model/record-id.ts';
import { textsOf, titleOf } from '../../../../shared/model/title.ts';
import { dayInRoom } from '../../../../shared/kernel/dates.ts';
import type { FieldValue } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { permissionToWrite } from '../../sync/access/entitled.ts';
import { searchFullText } from '../library/full-text.ts';
import { shownOf } from '../removals.ts';
import { freezing, inWorkshop } from './asked-forms.ts';
import { formEditHandlers } from './form-edit.ts';
import { findForm, formIdsWhere, isBundledItem, type StoredForm } from './form-records.ts';
import { contentOfVersion, publishedVersions, standingHeads, versionById, type Publication } from './form-versions.ts';
import { AT_ONCE, keptForms, type KeptForms } from './kept-forms.ts';

type Summary = ResultOf<(typeof formContract)['form.list']>['forms'][number];
type ToldItem = ResultOf<(typeof formContract)['form.get']>['items'][number];

/** The most values that a version names: with their ids it still is one record. */
const MOST_VALUES = 10_000;

/** Returns the handlers of the calls of questionnaires. */
export function formHandlers(context: EngineContext, kept = keptForms(context)): Handlers<typeof formContract> {
  return { ...formEditHandlers(context), ...readingHandlers(context, kept), ...versionHandlers(context) };
}

type Reading = 'form.list' | 'form.get' | 'form.open' | 'form.bank' | 'form.whereUsed';

function readingHandlers(context: EngineContext, kept: KeptForms): Pick<Handlers<typeof formContract>, Reading> {
  const { reader } = context.store;
  return {
    'form.list': async ({ text, kind, space, from, limit }) => {
      const found = text === '' ? null : searchFullText(reader, text, [form.type]);
      const where = `live = 1 and kind is not null and (? is null or kind = ?) and (? is null or space = ?) and (? is null or id in (select value from json_each(?)) or code = ?)`;
      const ids = found === null ? null : JSON.stringify([...found]);
      const params = [kind ?? null, kind ?? null, space ?? null, space ?? null, ids, ids, text];
      const page = `select id from form where ${where} order by code is null, code, id limit ? offset ?`;
      const forms = await kept.read(() => reader.all<{ id: Id }>(page, ...params, limit, from).map(({ id }) => id));
      const total = reader.get<{ n: number }>(`select count(*) as n from form where ${where}`, ...params)!.n;
      return ok({ total, forms: forms.map(({ stored, published }) => summaryOf(stored, published)) });
    },

    'form.get': ({ id, version }) => {
      const stored = findForm(context, id);
      if (!stored?.live) return refuse('form.unknown');
      const versions = publishedVersions(reader, stored.id);
      const named = version === undefined ? null : versions.find((one) => one.version === version);
      const content = named === null ? stored : named && contentOfVersion(context, stored, named.parts);
      if (!content) return refuse('form.versionUnknown');
      const { items: _items, ...summary } = summaryOf(stored, versions.at(-1) ?? null, content);
      const items = content.parts.filter(({ live }) => live).map(itemOf);
      const { passMark, draws } = content;
      return ok({ ...summary, passMark, draws: draws.map((draw) => ({ ...draw })), items, versions: versions.map(publicationOf) });
    },

    'form.open': ({ id: idOrCode }) => {
      const stored = findForm(context, idOrCode);
      if (!stored?.live) return refuse('form.unknown');
      const { id, space, parts } = stored;
      const items = parts.filter(({ live }) => live).map((part) => [part.id, shownOf(reader, formItem.type, part.id)]);
      return ok({
        ...{ id, space },
        change: permissionToWrite(context, space, [{ entityType: form.type, entity: id }]),
        seen: { [id]: shownOf(reader, form.type, id), ...Object.fromEntries(items) },
      });
    },

    'form.bank': async ({ text, topic, type, from, limit }) => {
      const found = await itemsFound(context, kept, { text, topic, type });
      return ok({ total: found.length, items: found.slice(from, from + limit).map(bankItemOf) });
    },

    'form.whereUsed': ({ id: idOrCode }) => {
      const stored = findForm(context, idOrCode);
      if (!stored) return refuse('form.unknown');
      return ok({ workshops: workshopsOf(context, stored), copies: copiesOf(context, stored) });
    },
  };
}

function versionHandlers(context: EngineContext): Pick<Handlers<typeof formContract>, 'form.publish' | 'form.draw'> {
  const { store, random, hasher, clock } = context;
  const { reader } = store;
  return {
    'form.publish': ({ formId, version, notes }) => {
      const stored = findForm(context, formId);
      if (!stored?.live) return refuse('form.unknown');
      const { id: ofForm, space } = stored;
      const before = publishedVersions(reader, ofForm);
      if (before.some((one) => fold(one.version) === fold(version))) return refuse('form.versionTaken', { version });
      const parts = standingHeads(reader, stored);
      const last = before.at(-1);
      const was = last && contentOfVersion(context, stored, last.parts);
      if (was && isSame(was, stored)) return refuse('form.unchanged');
      const count = Object.values(parts).reduce((sum, heads) => sum + Object.values(heads).flat().length, 0);
      if (count > MOST_VALUES) return refuse('form.tooLarge');
      const id = newRecordId(space, random, hasher);
      const said = { formId: ofForm, version, notes, publishedAt: new Date(clock.now()).toISOString(), parts: parts as FieldValue };
      store.commit([{ space, writes: writesOf(formVersion, id, said) }]);
      return ok({ id, version });
    },

    'form.draw': ({ activityId, formId }) => {
      const found = inWorkshop(context, activityId, formId);
      if (!found.ok) return found;
      const asked = found.value;
      const { id, writes } = freezing(context, asked, { t: Date.parse(`${dayInRoom(clock.now())}T00:00:00Z`), always: true });
      if (writes.length > 0) store.commit(writes);
      return ok({ version: id!, items: asked.items.map(({ id: code, label, text }) => ({ id: code, label, text: { ...text } })) });
    },
  };
}

function summaryOf(stored: StoredForm, last: Publication | null, content: FormContent = stored): Summary {
  const { id, space, origin, unreadable } = stored;
  const { code, kind, title, anonymous, parts } = content;
  const items = parts.filter(({ live }) => live);
  return {
    ...{ id, code, kind, title, anonymous, space, origin },
    languages: LANGUAGES.filter((language) => title[language] !== undefined),
    items: items.length,
    texts: writtenTexts(textsOfForm(title, items)),
    published: last ? publicationOf(last) : null,
    unreadable: [...unreadable],
  };
}

function publicationOf({ id, version, notes, publishedAt }: Publication): NonNullable<Summary['published']> {
  return { id, version, notes, publishedAt };
}

function itemOf({ live: _live, place: _place, options, rows, ...part }: FormPart): ToldItem {
  const lettered = (list: FormPart['options']) => list.map(({ id: letter, text }) => ({ letter, text }));
  return { ...part, options: lettered(options), rows: lettered(rows) };
}

/** Whether a form asks what it asked in a version, item by item. */
function isSame(was: FormContent, now: FormContent): boolean {
  const told = ({ parts, ...content }: FormContent): string =>
    JSON.stringify([
      [content.code, content.kind, content.title, content.anonymous, content.passMark, content.draws],
      parts.filter(({ live }) => live).map((part) => ({ ...part, key: part.key })),
    ]);
  return told(was) === told(now);
}

interface BankItem {
  readonly of: StoredForm;
  readonly part: FormPart;
}

/** The items of the questionnaires that are here: those that were written by the index of texts, those that came with the program by their own. */
async function itemsFound(
  { store: { reader } }: EngineContext,
  kept: KeptForms,
  { text, topic, type }: { text: string; topic: string; type: FormPart['type'] | undefined },
): Promise<BankItem[]> {
  const words = [text, topic].filter((one) => one !== '').join(' ');
  const written = words === '' ? null : searchFullText(reader, words, [formItem.type]);
  const forms = await kept.read(() =>
    written === null
      ? formIdsWhere(reader, 'live = 1')
      : formIdsWhere(
          reader,
          `live = 1 and (items is not null or id in (select json_extract(placement, '$[0]') from formItem where id in (select value from json_each(?))))`,
          JSON.stringify([...written]),
        ),
  );
  const isFound = (part: FormPart): boolean =>
    part.live &&
    (type === undefined || part.type === type) &&
    (written === null || written.has(part.id) || isBundledItem(part)) &&
    (topic === '' || isNear(part, topic)) &&
    (text === '' || hasWords([...Object.values(part.text), ...Object.values(part.topic)].join(' '), text));
  const items: BankItem[] = [];
  for (const [at, { stored: of }] of forms.entries()) {
    if (at > 0 && at % AT_ONCE === 0) await setImmediate();
    for (const part of of.parts) if (isFound(part)) items.push({ of, part });
  }
  return items;
}

function isNear(part: FormPart, topic: string): boolean {
  return isOfTopic(part, { topic }) || Object.values(part.topic).some((text) => text !== undefined && hasWords(text, topic));
}

function bankItemOf({ of, part }: BankItem): ResultOf<(typeof formContract)['form.bank']>['items'][number] {
  return { ...itemOf(part), formId: of.id, formCode: of.code, formTitle: of.title };
}

type Uses = ResultOf<(typeof formContract)['form.whereUsed']>;

function workshopsOf({ store: { reader } }: EngineContext, { id }: StoredForm): Uses['workshops'] {
  const rows = reader.all<{ id: Id; name: string | null; title: string | null; sheets: number; version: Id | null }>(
    `select a.id, a.name, a.title, (select count(*) from sheet s where s.activityId = a.id and s.formId = ? and s.live = 1) as sheets,
       (select min(v.id) from formVersion v where v.activityId = a.id and v.formId = ? and v.live = 1) as version
     from activity a where a.live = 1 and a.id in
       (select activityId from sheet where formId = ? and live = 1 union select activityId from formVersion where formId = ? and live = 1)
     order by a.start desc, a.id`,
    ...[id, id, id, id],
  );
  return rows.map((row) => ({
    ...{ activityId: row.id, title: titleOf(row), sheets: row.sheets },
    version: row.version === null ? '' : (versionById(reader, row.version)?.version ?? ''),
  }));
}

function copiesOf({ store: { reader } }: EngineContext, { id }: StoredForm): Uses['copies'] {
  return reader
    .all<{ id: Id; title: string | null; space: string }>('select id, title, space from form where origin = ? and live = 1 order by id', id)
    .map((row) => ({ ...row, title: textsOf(row.title) }));
}
