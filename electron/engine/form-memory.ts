import {
  choicesToKeep,
  formOf,
  mergedChoices,
  recallChoices,
  type FormChoices,
  type RecalledChoices,
} from '../../shared/features/intake/form-choices.ts';
import type { IntakeOptions, Question, Understood } from '../../shared/features/intake/shapes.ts';
import { turnedSource } from '../../shared/features/intake/turned-sheets.ts';
import { ENCODING_QUESTION } from '../../shared/features/intake/unsure-encoding.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { ok, type Result } from '../../shared/kernel/result.ts';
import type { Source, SourceRefusal } from '../../shared/kernel/source.ts';
import { intakeFormId } from '../../shared/model/derivations.ts';
import { intakeForm } from '../../shared/model/people.ts';
import { peopleSpace } from '../../shared/model/spaces.ts';
import type { INTAKE_KINDS } from '../../shared/model/vocabularies.ts';
import { writesOf } from '../../shared/model/field-writes.ts';
import { restoration } from '../../shared/node/store/deletion.ts';
import type { EngineContext } from './context.ts';
import { readGiven } from './intake-source.ts';
import { FORM_ANSWERS, FORM_COLUMNS } from './local-state/of-this-laptop.ts';

// What was said of files by their form: on this laptop as local state, which no sync carries, columns and encoding for every workshop, answers for the workshop that they
// were given in; for all laptops of a workshop as a record of its people.

export type ColumnsKept = Pick<FormChoices, 'columns' | 'encoding'>;

type Kind = (typeof INTAKE_KINDS)[number];

/** Whose files, of what. */
interface FormOwner {
  readonly activityId: Id;
  readonly kind: Kind;
}

/** A file that was read, and what was remembered of its form. */
export interface RecalledSource {
  readonly source: Source;
  /** What was said now, and before. */
  readonly options: IntakeOptions;
  readonly recalled: RecalledChoices | null;
}

/**
 * Reads a file, or a text that was pasted, in the encoding that was chosen now or for files of its form. `isMeaning`: what a column of such a file can mean; a record of a
 * form may come from any program, and what it says beside counts as not said. Refuses as `readGiven`.
 */
export async function readRecalled(
  context: EngineContext,
  place: FormOwner & { isMeaning(field: string): boolean },
  given: { readonly path?: string | undefined; readonly text?: string | undefined },
  options: IntakeOptions,
): Promise<Result<RecalledSource, SourceRefusal>> {
  const read = (encoding: string | undefined) => readGiven({ ...given, encoding, answers: options.answers });
  const first = await read(options.encoding);
  if (!first.ok) return first;
  const recallAs = (source: Source, said: IntakeOptions) =>
    recallChoices(source, said, context.hasher, (form) => meantBy(choicesOf(context, place, form), place));
  // A sheet that lies on its side is known by its headings as well.
  const recall = (source: Source): RecalledChoices | null => {
    const upright = options.turned === true ? null : recallAs(source, options);
    const lying = upright === null && options.turned !== false ? turnedSource(source) : null;
    return upright ?? (lying && recallAs(lying, { ...options, turned: true }));
  };
  const found = recall(first.value);
  const as = (source: Source, recalled: RecalledChoices | null) => ok({ source, options: recalled?.options ?? options, recalled });
  const { encoding } = first.value;
  const isSaid = options.encoding !== undefined || options.answers?.[ENCODING_QUESTION] !== undefined;
  const before = encoding?.candidates.find(({ name }) => name === found?.encoding);
  if (isSaid || !before || (encoding?.sure && before.name === encoding.name)) return as(first.value, found);
  const other = await read(before.name);
  return other.ok ? as(other.value, recall(other.value)) : as(first.value, found);
}

/** Stores what was said of a file that was taken, to be called in the transaction of the import: on this laptop, and for the workshop where that is wanted. */
export function rememberChoices(
  context: EngineContext,
  { activityId, kind, remember }: FormOwner & { readonly remember: 'laptop' | 'workshop' | undefined },
  understood: Understood,
  { questions, options }: { readonly questions: readonly Question[]; readonly options: IntakeOptions },
): void {
  const { settings, hasher, store } = context;
  const said = choicesToKeep(understood, questions, options, hasher);
  const form = formOf(
    understood.columns.map(({ header }) => header),
    hasher,
  );
  if (said === null || form === '') return;
  const kept = mergedChoices(choicesOf(context, { activityId, kind }, form), said)!;
  FORM_COLUMNS.write(settings, `${kind}/${form}`, { columns: kept.columns, encoding: kept.encoding });
  FORM_ANSWERS.write(settings, `${activityId}/${kind}/${form}`, kept.answers);
  if (remember !== 'workshop') return;
  const id = intakeFormId(hasher, activityId, kind, form);
  const writes = [...restoration(store.reader, intakeForm.type, id), ...writesOf(intakeForm, id, { activityId, kind, form, ...kept })];
  store.commit([{ space: peopleSpace(activityId), writes }]);
}

function meantBy(choices: FormChoices | undefined, { isMeaning }: { isMeaning(field: string): boolean }): FormChoices | undefined {
  if (!choices) return undefined;
  const columns = Object.entries(choices.columns).filter(([, field]) => field === '' || isMeaning(field));
  return { ...choices, columns: Object.fromEntries(columns) };
}

/** Returns the choices for a form; those made on this laptop stand before those of the workshop. */
function choicesOf({ settings, store, hasher }: EngineContext, { activityId, kind }: FormOwner, form: string): FormChoices | undefined {
  if (form === '') return undefined;
  const here = FORM_COLUMNS.read(settings, `${kind}/${form}`);
  const answers = FORM_ANSWERS.read(settings, `${activityId}/${kind}/${form}`);
  const own = here && { ...here, answers: answers ?? {} };
  const shared = store.reader.get<{ columns: string | null; answers: string | null; encoding: string | null }>(
    'select "columns", answers, encoding from intakeForm where id = ? and live = 1',
    intakeFormId(hasher, activityId, kind, form),
  );
  const theirs = shared && {
    columns: choicesIn(shared.columns),
    answers: choicesIn(shared.answers),
    encoding: shared.encoding ?? '',
  };
  return mergedChoices(theirs, own);
}

/** Returns the choices in a text; what cannot be read counts as not said. */
function choicesIn(text: string | null): Readonly<Record<string, string>> {
  const read = intakeForm.fields.columns.schema.safeParse(text === null ? {} : JSON.parse(text));
  return read.success ? (read.data as Record<string, string>) : {};
}
