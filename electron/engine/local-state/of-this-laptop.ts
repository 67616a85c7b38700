import { z } from 'zod';
import type { FirstStep } from '../../../shared/features/activity/first-steps.ts';
import { RAILS, THEMES, type RailChoice, type Theme } from '../../../shared/kernel/look.ts';
import { LANGUAGES, type Language } from '../../../shared/kernel/text.ts';
import { INTAKE_KINDS } from '../../../shared/model/vocabularies.ts';
import type { Draft } from '../features/evaluation/evaluation-sheets.ts';
import type { StepsKept } from '../features/activity/first-steps.ts';
import type { ColumnsKept } from '../form-memory.ts';
import type { RememberedImport } from '../import-log.ts';
import { localFamily, localKey } from './declaration.ts';

// What the user of this laptop chose and began, and what was said of files that came in.

const SETTINGS = 'features/settings.ts';
const words = z.record(z.string(), z.string());

export const LANGUAGE = localKey<Language>({
  ...{ key: 'language', says: 'the language of the window', version: 1, schema: z.enum(LANGUAGES) },
  ...{ writers: [SETTINGS], restore: 'look', repository: 'stays', wipe: 'stays', topic: 'settings' },
});

export const THEME = localKey<Theme>({
  ...{ key: 'theme', says: 'light, dark, or as the system', version: 1, schema: z.enum(THEMES) },
  ...{ writers: [SETTINGS], restore: 'look', repository: 'stays', wipe: 'stays', topic: 'settings' },
});

export const RAIL = localKey<RailChoice>({
  ...{ key: 'rail', says: 'whether the menu is folded', version: 1, schema: z.enum(RAILS) },
  ...{ writers: [SETTINGS], restore: 'own', repository: 'stays', wipe: 'stays', topic: 'settings' },
});

export const USER_NAME = localKey<string>({
  ...{ key: 'name', says: 'the name of the user, as others see it', version: 1, schema: z.string() },
  ...{ writers: [SETTINGS, 'sync/repository/enrol.ts'], restore: 'account', repository: 'written', wipe: 'stays', topic: 'settings' },
});

export const USER = localKey<string>({
  ...{ key: 'user', says: 'the id of the user, by whom change-sets are signed', version: 1, schema: z.string() },
  ...{ writers: ['session.ts', 'sync/repository/enrol.ts'], restore: 'account', repository: 'written', wipe: 'stays' },
});

export const LAPTOP_NAME = localKey<string>({
  ...{ key: 'laptopName', says: 'the name of this laptop, as its user gave it', version: 1, schema: z.string() },
  ...{ writers: ['laptop-names.ts'], restore: 'own', repository: 'stays', wipe: 'stays', topic: 'settings' },
});

export const ADVANCE = localKey<boolean>({
  ...{ key: 'advance', says: 'whether in attendance the next person follows a letter', version: 1, schema: z.boolean() },
  ...{ writers: [SETTINGS], restore: 'own', repository: 'stays', wipe: 'stays', topic: 'settings' },
});

export const SINGLE_KEYS = localKey<boolean>({
  ...{ key: 'singleKeys', says: 'whether a letter alone does something', version: 1, schema: z.boolean() },
  ...{ writers: [SETTINGS], restore: 'own', repository: 'stays', wipe: 'stays', topic: 'settings' },
});

/** The columns of lists of people that the user chose. */
export const PEOPLE_COLUMNS = localKey<readonly string[]>({
  ...{ key: 'peopleColumns', says: 'the columns of lists of people', version: 1, schema: z.array(z.string()) },
  ...{ writers: [SETTINGS], restore: 'own', repository: 'stays', wipe: 'stays', topic: 'settings' },
});

export const STEPS_DONE = localKey<StepsKept>({
  ...{ key: 'firstSteps', says: 'which first steps were done on the sample workshop', version: 1 },
  schema: z.looseObject({
    sampleId: z.string(),
    done: z.array(z.custom<FirstStep>((step) => typeof step === 'string')),
    hidden: z.boolean(),
  }),
  ...{ writers: ['features/activity/first-steps.ts'], restore: 'own', repository: 'stays', wipe: 'stays', topic: 'settings' },
});

export const SEEN_INDEX = localKey<readonly (readonly [digest: string, length: number])[]>({
  ...{
    key: 'seen',
    says: 'the lists that screens were shown, newest first',
    version: 1,
    schema: z.array(z.tuple([z.string(), z.number()])),
  },
  ...{ writers: ['seen-lists.ts'], restore: 'own', repository: 'stays', wipe: 'stays' },
});

/** The lists of value ids that answers name, by digest. */
export const SEEN_LISTS = localFamily<readonly string[]>({
  ...{ key: 'seen/', says: 'the ids of values in one of these lists', version: 1, schema: z.array(z.string()) },
  ...{ writers: ['seen-lists.ts'], restore: 'own', repository: 'stays', wipe: 'stays' },
});

/** The meanings that somebody gave to letters of attendance sheets, by workshop and form of sheet. */
export const LETTERS_SAID = localFamily<Readonly<Record<string, string>>>({
  ...{ key: 'intake/letters/', says: 'what letters of a sheet of attendance were said to mean', version: 1, schema: words },
  ...{ writers: ['features/attendance/marks-import.ts'], restore: 'own', repository: 'stays', wipe: 'stays', topic: 'settings' },
});

/** The meanings of columns and the encoding that somebody gave to files of one form, by kind and form of file, for every workshop. */
export const FORM_COLUMNS = localFamily<ColumnsKept>({
  ...{ key: 'intake/forms/', says: 'what columns and encoding of files of one form were said to be', version: 1 },
  schema: z.looseObject({ columns: words, encoding: z.string() }),
  ...{ writers: ['form-memory.ts'], restore: 'own', repository: 'stays', wipe: 'stays', topic: 'settings' },
});

/** The answers that somebody gave about files of one form, by workshop, kind and form of file. */
export const FORM_ANSWERS = localFamily<Readonly<Record<string, string>>>({
  ...{ key: 'intake/answers/', says: 'what was answered about files of one form', version: 1, schema: words },
  ...{ writers: ['form-memory.ts'], restore: 'own', repository: 'stays', wipe: 'stays', topic: 'settings' },
});

/** The imports made here, by the first change-set that each made. */
export const IMPORTS = localFamily<RememberedImport>({
  ...{ key: 'intake/import/', says: 'an import made here, and which change-sets it made', version: 1 },
  schema: z.looseObject({
    ...{ importId: z.string(), activityId: z.string(), kind: z.enum([...INTAKE_KINDS, 'change']), file: z.string() },
    ...{ number: z.number(), at: z.number(), records: z.number(), changeSets: z.array(z.string()), undone: z.boolean() },
  }),
  ...{ writers: ['import-log.ts'], restore: 'own', repository: 'stays', wipe: 'stays', topic: 'settings' },
});

/**
 * The anonymous sheets that are not sealed yet, by workshop, questionnaire and sheet. What a person typed and has not handed in is kept from both sides of a
 * restore.
 */
export const SHEET_DRAFTS = localFamily<Draft>({
  ...{ key: 'draft/sheet/', says: 'an anonymous sheet that is not sealed yet', version: 1 },
  schema: z.looseObject({ answers: words, day: z.exactOptional(z.string()), corrects: z.exactOptional(z.string()) }),
  ...{ writers: ['features/evaluation/evaluation-sheets.ts'], restore: 'both', repository: 'stays', wipe: 'delays', topic: 'evaluation' },
});
