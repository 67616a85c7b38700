import { setImmediate } from 'node:timers/promises';
import { askedQuestions, type AskedQuestions } from '../../../../shared/features/form/asked-form.ts';
import type { FormContent } from '../../../../shared/features/form/form-parts.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { form, formItem, formVersion } from '../../../../shared/model/evaluation.ts';
import type { Reader, Store } from '../../../../shared/node/store/store.ts';
import { changedOwners } from '../changed-owners.ts';
import { findForm, formWithItem, type FormPorts, type StoredForm } from './form-records.ts';
import { contentOfVersion, lastPublication, versionById, type Publication } from './form-versions.ts';

/** A questionnaire as it was read, kept for as long as nothing of it changes. */
export interface KeptForm {
  readonly stored: StoredForm;
  readonly published: Publication | null;
  /** What it asks as it stands. */
  asked(): AskedQuestions;
  /** What a workshop that begins with it asks, but for what is drawn: the version that was published last, else the questionnaire as it stands. */
  begins(): { readonly content: FormContent; readonly asked: AskedQuestions };
}

/** The questionnaires of a store as they were read. */
export interface KeptForms {
  /**
   * Returns the questionnaires that a query names, in its order, as they stand when this resolves. Those that are not known, or have changed, are read in turns, so that other calls are
   * answered between them; `ids` is asked again after each.
   */
  read(ids: () => readonly Id[]): Promise<KeptForm[]>;
}

/** So many are read in one turn. */
export const AT_ONCE = 20;

/** Returns the kept questionnaires of a store; each is read anew when a record of it has changed. */
export function keptForms(ports: FormPorts & { readonly store: Pick<Store, 'reader' | 'onChanged'> }): KeptForms {
  const kept = new Map<Id, KeptForm | null>();
  const changed = changedOwners(
    ports.store,
    [form, formItem, formVersion].map(({ type }) => type),
    formNow,
  );
  const keep = (ids: readonly Id[]): void => {
    for (const id of ids) kept.set(id, keptForm(ports, id, changed.stood));
  };
  const unread = (ids: readonly Id[]): Id[] => {
    const stale = changed.taken();
    if (stale === 'all') kept.clear();
    else for (const id of stale) kept.delete(id);
    return ids.filter((id) => !kept.has(id));
  };
  return {
    async read(idsNow) {
      for (;;) {
        const ids = idsNow();
        const missing = unread(ids);
        keep(missing.slice(0, AT_ONCE));
        if (missing.length <= AT_ONCE) return ids.flatMap((id) => kept.get(id) ?? []);
        for (let from = AT_ONCE; from < missing.length; from += AT_ONCE) {
          await setImmediate();
          keep(missing.slice(from, from + AT_ONCE));
        }
      }
    },
  };
}

function keptForm(ports: FormPorts, id: Id, stood: (part: Id, form: Id) => void): KeptForm | null {
  const stored = findForm(ports, id);
  if (!stored) return null;
  const published = lastPublication(ports.store.reader, id);
  for (const part of stored.parts) stood(part.id, id);
  const asked = once(() => askedQuestions(stored, null));
  const begins = once(() => {
    const version = published && versionById(ports.store.reader, published.id);
    const content = version ? contentOfVersion(ports, stored, version.parts) : null;
    return content ? { content, asked: askedQuestions(content, null) } : { content: stored, asked: asked() };
  });
  return { stored, published, asked, begins };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The questionnaire in which a record stands, or of which it is a version. */
function formNow(reader: Reader, id: Id): Id | null {
  return formWithItem(reader, id) ?? reader.get<{ formId: Id | null }>('select formId from formVersion where id = ?', id)?.formId ?? null;
}
