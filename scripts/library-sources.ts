import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { generateNKeysBetween } from 'jittered-fractional-indexing';
import { z } from 'zod';
import { derivedId, type Id } from '../shared/kernel/ids.ts';
import type { Hasher } from '../shared/kernel/ports.ts';
import type { FieldValue, FieldWrite } from '../shared/sync/types.ts';
import { LANGUAGES } from '../shared/kernel/text.ts';
import { AUDIENCES, FORM_KINDS, LEVELS } from '../shared/model/vocabularies.ts';

/**
 * The content that ships with the program, as people write it: `*.json` under `resources/courses`, `resources/questionnaires` and `resources/materials`. Every
 * text is there in all four languages. Codes are for ever: ids derive from them, so a corrected text stays the same entity.
 */

const text = z.string().trim().min(1).max(20_000);
const inFourLanguages = z.strictObject({ en: text, fr: text, es: text, pt: text });
/** One line each; joined by line breaks in the store. */
const lines = z.array(text).min(1);
const linesInFourLanguages = z.strictObject({ en: lines, fr: lines, es: lines, pt: lines });
const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/);

const session = z.strictObject({
  code,
  minutes: z.int().positive(),
  /** Length in days -> where the session stands there, e.g. `{"4": "2 PM"}`; a length that it is no part of is left out. */
  layouts: z.record(z.string().regex(/^[1-9]$/), z.string().regex(/^[1-9] (AM|PM)$/)),
  title: inFourLanguages,
  objectives: linesInFourLanguages,
  method: inFourLanguages,
  trainerNotes: inFourLanguages,
});

const course = z.strictObject({
  code,
  version: text,
  level: z.enum(LEVELS),
  /** The usual length in days; one of the variants. */
  days: z.int().positive(),
  variants: z.array(z.int().positive()).min(1),
  /** Codes of the courses that come before it. */
  after: z.array(code).min(1).optional(),
  title: inFourLanguages,
  description: inFourLanguages,
  audience: inFourLanguages,
  modules: z.array(z.strictObject({ code, title: inFourLanguages, sessions: z.array(session).min(1) })).min(1),
});

const form = z.strictObject({
  code,
  kind: z.enum(FORM_KINDS),
  anonymous: z.boolean(),
  /** Code of the course whose test it is; left out: that of any. */
  course: code.optional(),
  title: inFourLanguages,
  items: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[A-Z][0-9]{1,2}$/),
        type: z.enum(['choice', 'scale', 'open']),
        text: inFourLanguages,
        /** Letter -> text; only for a choice. */
        options: z.record(z.string().regex(/^[a-z]$/), inFourLanguages),
      }),
    )
    .min(1),
  /** Right answers of a test: item id -> letter. */
  key: z.record(z.string(), z.string().regex(/^[a-z]$/)),
});

const material = z.strictObject({
  code,
  kind: z.enum(['card', 'template']),
  audience: z.enum(AUDIENCES),
  title: inFourLanguages,
  text: inFourLanguages,
  /** Of a card: who may use it, the languages that it speaks, and where it is. */
  limits: inFourLanguages.optional(),
  spoken: z.array(z.enum(LANGUAGES)).min(1).optional(),
  link: z.url({ protocol: /^https$/ }).optional(),
  /** Of a template: what is to be filled in, and in how many lines. */
  parts: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-zA-Z]+$/),
        lines: z.int().min(1).max(40),
        text: inFourLanguages,
        hint: inFourLanguages.optional(),
      }),
    )
    .min(1)
    .optional(),
});

export type CourseSource = z.infer<typeof course>;
export type FormSource = z.infer<typeof form>;
export type MaterialSource = z.infer<typeof material>;

export interface LibrarySources {
  readonly courses: readonly CourseSource[];
  readonly forms: readonly FormSource[];
  readonly materials: readonly MaterialSource[];
}

/** Reads the sources under `resources`; throws when a file does not have the form above (it is ours: a mistake stops the bundling). */
export function readLibrarySources(resources: string): LibrarySources {
  return {
    courses: readAll(path.join(resources, 'courses'), course),
    forms: readAll(path.join(resources, 'questionnaires'), form),
    materials: readAll(path.join(resources, 'materials'), material),
  };
}

function readAll<T>(folder: string, schema: z.ZodType<T>): T[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => schema.parse(JSON.parse(readFileSync(path.join(folder, name), 'utf8'))));
}

export function courseIdOf(hasher: Hasher, courseCode: string): Id {
  return derivedId(hasher, 'course', courseCode);
}

export function moduleIdOf(hasher: Hasher, courseCode: string, moduleCode: string): Id {
  return derivedId(hasher, 'course', courseCode, 'module', moduleCode);
}

export function sessionIdOf(hasher: Hasher, courseCode: string, sessionCode: string): Id {
  return derivedId(hasher, 'course', courseCode, 'session', sessionCode);
}

export function formIdOf(hasher: Hasher, formCode: string): Id {
  return derivedId(hasher, 'form', formCode);
}

export function materialIdOf(hasher: Hasher, materialCode: string): Id {
  return derivedId(hasher, 'material', materialCode);
}

/** Every field of every entity of the sources, for the space `library`; a store leaves out what it already holds. */
export function libraryWrites({ courses, forms, materials }: LibrarySources, hasher: Hasher): FieldWrite[] {
  return [
    ...courses.flatMap((source) => courseWrites(source, hasher)),
    ...forms.flatMap((source) => formWrites(source, hasher)),
    ...materials.flatMap((source) => materialWrites(source, hasher)),
  ];
}

function courseWrites(source: CourseSource, hasher: Hasher): FieldWrite[] {
  const courseId = courseIdOf(hasher, source.code);
  const modulePlaces = places(source.modules.length);
  return [
    ...fieldsOf('course', courseId, {
      code: source.code,
      level: source.level,
      version: source.version,
      days: source.days,
      variants: source.variants,
      ...(source.after && { after: source.after.map((earlier) => courseIdOf(hasher, earlier)) }),
    }),
    ...textsOf('course', courseId, { title: source.title, description: source.description, audience: source.audience }),
    ...source.modules.flatMap((module, m) => {
      const moduleId = moduleIdOf(hasher, source.code, module.code);
      const sessionPlaces = places(module.sessions.length);
      return [
        ...fieldsOf('module', moduleId, { placement: [courseId, modulePlaces[m]!] }),
        ...textsOf('module', moduleId, { title: module.title }),
        ...module.sessions.flatMap((item, s) => {
          const { title, method, trainerNotes } = item;
          const id = sessionIdOf(hasher, source.code, item.code);
          return [
            ...fieldsOf('session', id, {
              minutes: item.minutes,
              placement: [moduleId, sessionPlaces[s]!],
              layouts: Object.fromEntries(Object.entries(item.layouts).map(([days, place]) => [days, placeOf(place)])),
            }),
            ...textsOf('session', id, { title, objectives: joined(item.objectives), method, trainerNotes }),
          ];
        }),
      ];
    }),
  ];
}

function formWrites(source: FormSource, hasher: Hasher): FieldWrite[] {
  const id = formIdOf(hasher, source.code);
  const { kind, anonymous, items, key } = source;
  const courseId = source.course === undefined ? {} : { courseId: courseIdOf(hasher, source.course) };
  return [
    ...fieldsOf('form', id, { code: source.code, kind, anonymous, items, key, ...courseId }),
    ...textsOf('form', id, { title: source.title }),
  ];
}

function materialWrites(source: MaterialSource, hasher: Hasher): FieldWrite[] {
  const id = materialIdOf(hasher, source.code);
  const { kind, audience, title, text: purpose, limits, spoken, link, parts } = source;
  return [
    ...fieldsOf('material', id, { kind, audience, ...(spoken && { spoken }), ...(link && { link }), ...(parts && { parts }) } as Record<
      string,
      FieldValue
    >),
    ...textsOf('material', id, { title, text: purpose, ...(limits && { limits }) }),
  ];
}

function fieldsOf(entityType: string, entityId: Id, fields: Readonly<Record<string, FieldValue>>): FieldWrite[] {
  return Object.entries(fields).map(([field, value]) => ({ entityType, entityId, field, value }));
}

// One register per language (SYNC, Merge 7).
function textsOf(entityType: string, entityId: Id, texts: Readonly<Record<string, Readonly<Record<string, string>>>>): FieldWrite[] {
  return Object.entries(texts).flatMap(([name, byLanguage]) =>
    Object.entries(byLanguage).map(([language, value]) => ({ entityType, entityId, field: `${name}@${language}`, value })),
  );
}

function joined(byLanguage: Readonly<Record<string, readonly string[]>>): Record<string, string> {
  return Object.fromEntries(Object.entries(byLanguage).map(([language, all]) => [language, all.join('\n')]));
}

function placeOf(place: string): { day: number; half: string } {
  return { day: Number(place.slice(0, place.indexOf(' '))), half: place.slice(-2) };
}

// Without jitter: the same sources must give the same keys on every machine.
function places(count: number): string[] {
  return generateNKeysBetween(null, null, count, { jitterBits: 0 });
}
