import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { formContract } from '../../../../shared/features/form/contract.ts';
import { codeOfItem, type FormPart } from '../../../../shared/features/form/form-parts.ts';
import { itemValues } from '../../../../shared/features/form/item-values.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { keyBehind } from '../../../../shared/kernel/order.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { form, formItem } from '../../../../shared/model/evaluation.ts';
import { clearedTexts, formWrites, withoutEmpty, writesOf, type ValuesOf } from '../../../../shared/model/field-writes.ts';
import { newRecordId } from '../../../../shared/model/record-id.ts';
import { institutionSpace, LIBRARY } from '../../../../shared/model/spaces.ts';
import { deletionSeen, restoration } from '../../../../shared/node/store/deletion.ts';
import type { EngineContext } from '../../context.ts';
import { checkCourseSpace, ownInstitution } from '../institution.ts';
import { findForm, formOfItem, isBundledItem, type StoredForm } from './form-records.ts';

type EditCall =
  'form.create' | 'form.update' | 'form.addItem' | 'form.updateItem' | 'form.moveItem' | 'form.removeItem' | 'form.restoreItem';

/** Returns the handlers of the calls by which questionnaires are written. */
export function formEditHandlers(context: EngineContext): Pick<Handlers<typeof formContract>, EditCall> {
  const { store, random, hasher } = context;
  const { reader } = store;

  return {
    ...itemHandlers(context),

    'form.create': ({ space: wanted, title, ...said }) => {
      const own = ownInstitution(context);
      const space = wanted ?? (own === null ? LIBRARY : institutionSpace(own));
      const known = checkCourseSpace(context, space);
      if (!known.ok) return known;
      const id = newRecordId(space, random, hasher);
      const { passMark, draws, code, ...rest } = said;
      const values = {
        ...rest,
        title: withoutEmpty(title),
        ...(code && { code }),
        ...(passMark !== null && { passMark }),
        ...(draws?.length && { draws }),
      };
      store.commit([{ space, writes: writesOf(form, id, values) }]);
      return ok({ id });
    },

    'form.update': ({ id: idOrCode, seen, title, code, ...said }) => {
      const found = findForm(context, idOrCode);
      if (!found?.live) return refuse('form.unknown');
      const { id, space } = found;
      const values = {
        ...said,
        ...(title && { title: clearedTexts(title) }),
        ...(code !== undefined && { code: code === '' ? null : code }),
      };
      store.commit([{ space, writes: formWrites(form, id, values, seen) }]);
      return ok({ id });
    },

    'form.addItem': ({ formId, after, ...given }) => {
      const found = findForm(context, formId);
      if (!found?.live) return refuse('form.unknown');
      const place = placeBehind(found.parts, after);
      if (!place.ok) return place;
      const values = itemValues(given, null, null);
      if (!values.ok) return values;
      const id = newRecordId(found.space, random, hasher);
      const said = { ...withoutNull(values.value), placement: [found.id, place.value] };
      store.commit([{ space: found.space, writes: writesOf(formItem, id, said) }]);
      return ok({ id, code: codeOfItem(id) });
    },

    'form.removeItem': ({ id, seen }) => {
      const found = foundItem(context, id);
      if (!found.ok) return found;
      const { form: stored, part } = found.value;
      store.transaction(() => {
        // One that came with the program is in no record yet: in the bin it has its words, and comes back where it stood.
        if (isBundledItem(part)) {
          const words = { text: part.text, placement: [stored.id, part.place] };
          store.commit([{ space: stored.space, writes: writesOf(formItem, id, words) }]);
        }
        store.commit([{ space: stored.space, writes: deletionSeen(reader, formItem.type, id, seen) }]);
      });
      return ok({ id });
    },

    'form.restoreItem': ({ id }) => {
      const found = foundItem(context, id);
      if (!found.ok) return found;
      store.commit([{ space: found.value.form.space, writes: restoration(reader, formItem.type, id) }]);
      return ok({ id });
    },
  };
}

/** The calls that change an item where it stands, or move it. */
function itemHandlers(context: EngineContext): Pick<Handlers<typeof formContract>, 'form.updateItem' | 'form.moveItem'> {
  const { store } = context;
  return {
    'form.updateItem': ({ id, seen, ...given }) => {
      const found = foundItem(context, id);
      if (!found.ok || !found.value.part.live) return refuse('form.itemUnknown');
      const { form: stored, part } = found.value;
      const values = itemValues(given, part, isBundledItem(part) ? '' : null);
      if (!values.ok) return values;
      store.commit([{ space: stored.space, writes: formWrites(formItem, id, values.value, seen) }]);
      return ok({ id });
    },

    'form.moveItem': ({ id, after, seen }) => {
      const found = foundItem(context, id);
      if (!found.ok || !found.value.part.live) return refuse('form.itemUnknown');
      const { form: stored } = found.value;
      const place = placeBehind(
        stored.parts.filter((part) => part.id !== id),
        after,
      );
      if (!place.ok) return place;
      store.commit([{ space: stored.space, writes: formWrites(formItem, id, { placement: [stored.id, place.value] }, seen) }]);
      return ok({ id });
    },
  };
}

interface FoundItem {
  readonly form: StoredForm;
  readonly part: FormPart;
}

/** An item by its id with the questionnaire in which it stands, removed or not. Refuses `form.itemUnknown`. */
function foundItem(context: EngineContext, id: Id): Result<FoundItem, 'form.itemUnknown'> {
  const found = formOfItem(context, id);
  const part = found?.parts.find((one) => one.id === id);
  return found && part ? ok({ form: found, part }) : refuse('form.itemUnknown');
}

/** The key of a place among items. Refuses `form.itemUnknown` where `after` is none of them. */
function placeBehind(parts: readonly FormPart[], after: Id | null | undefined): Result<string, 'form.itemUnknown'> {
  const key = keyBehind(
    parts.map(({ id, place }) => ({ id, key: place })),
    after,
  );
  return key === null ? refuse('form.itemUnknown') : ok(key);
}

/** The values of a new record without those that say nothing. */
export function withoutNull(values: ValuesOf<typeof formItem>): ValuesOf<typeof formItem> {
  const said = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(said.map(([name, value]) => [name, isTexts(value) && name !== 'key' ? withoutMissing(value) : value]));
}

function isTexts(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutMissing(texts: Readonly<Record<string, unknown>>): Record<string, never> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== null)) as Record<string, never>;
}
