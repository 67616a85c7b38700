import type { z } from 'zod';
import type { IntakeOptions, understood } from '../../../shared/features/intake/shapes.ts';
import { headingKey, readPeople, type ReadList, type RememberedColumns } from '../../../shared/features/people/read-list.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { toHex } from '../../../shared/kernel/hex.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import { columnIndex, type Source } from '../../../shared/kernel/source.ts';
import { LANGUAGES, type Language } from '../../../shared/kernel/text.ts';
import type { EngineContext } from '../context.ts';
import { activityRow } from './activity-rows.ts';

type Understood = z.infer<typeof understood>;

/** What a person said of the columns of lists with the same headings: local state, which no sync carries; `form` is the headings in their order. */
const COLUMNS = 'intake/columns/people/';

interface RememberedForm {
  readonly form: string;
  readonly columns: RememberedColumns;
}

/** Reads a list with what was said before of lists with its headings. Refuses as `readPeople`. */
export function readList({ settings, store }: EngineContext, source: Source, options: IntakeOptions, activityId: Id): Result<ReadList> {
  const languages = languagesOf(activityRow(store.reader, activityId)?.languages ?? null);
  const read = (remembered: RememberedColumns): Result<ReadList> => readPeople(source, options, { languages, remembered });
  const forms = settings.list<RememberedForm>(COLUMNS).map(({ value }) => value);
  if (forms.length === 0) return read({});
  // Headings that nobody knows are found by what was said of them; only what was said of this very form then counts.
  const met = read(Object.assign({}, ...forms.map(({ columns }) => columns)) as RememberedColumns);
  const known = met.ok ? forms.find(({ form }) => form === formOf(met.value.understood)) : undefined;
  return read(known?.columns ?? {});
}

/** Remembers the columns that were given a meaning by hand, for the next list with these headings. */
export function rememberColumns({ settings, hasher }: EngineContext, list: Understood, chosen: IntakeOptions['columns']): void {
  const form = formOf(list);
  const said = Object.entries(chosen ?? {}).flatMap(([letters, field]) => {
    const key = headingKey(list.columns[columnIndex(letters) ?? -1]?.header ?? '');
    return key === '' ? [] : [[key, field] as const];
  });
  if (said.length === 0 || list.headerRow === 0) return;
  const key = COLUMNS + toHex(hasher.sha256(new TextEncoder().encode(form))).slice(0, 32);
  const before = settings.get<RememberedForm>(key)?.columns ?? {};
  settings.set(key, { form, columns: { ...before, ...Object.fromEntries(said) } } satisfies RememberedForm, 'settings');
}

function formOf({ columns }: Understood): string {
  return columns.map(({ header }) => headingKey(header)).join('|');
}

function languagesOf(text: string | null): Language[] {
  const said: unknown = text === null ? [] : JSON.parse(text);
  return LANGUAGES.filter((language) => Array.isArray(said) && said.includes(language));
}
