import { z } from 'zod';
import { SOURCE_REFUSALS } from '../../kernel/source.ts';
import { job, reads, writes } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { answerShapes, changeShapes, newShapes } from '../../contract/record-shapes.ts';
import { participant as participantEntity } from '../../model/people.ts';
import { BULK_FIELDS, type BulkField } from './bulk-change.ts';
import { PERSON_FIELDS } from './rules.ts';
import { DECISION_REFUSALS, intakeAnswer, intakeOptions, intakeSource, isOneSource, plannedRow, remember } from '../intake/shapes.ts';

/** The reasons for which a person is erased. */
export const ERASE_REASONS = ['asked', 'consentWithdrawn', 'retentionOver', 'mistake'] as const;

/** More are no list of a workshop. */
const MOST_AT_ONCE = 20_000;

const participant = z.object({
  id: shape.id,
  ...answerShapes(participantEntity),
  /** False: a walk-in whose institution, profession or sex is still to be filled in. */
  complete: z.boolean(),
  /** Another person of this workshop bears the same name. */
  homonym: z.boolean(),
  /** Everything about the person was erased; the row is a count without a name. */
  erased: z.boolean(),
  /** Fields whose values this program cannot read; each is shown as such. */
  unreadable: shape.unreadable,
  /** Other records that somebody said are the same person; none is a row of its own. */
  linked: z.array(shape.id),
  /** Fields in which these records differ. */
  apart: z.array(z.string()),
  /** Set where the person was removed, but marked or changed by somebody who had not seen that. */
  removed: shape.removed.nullable(),
});

/** Whoever is on a list has a name. */
const added = { ...newShapes(participantEntity), familyName: shape.line };
const changed = { ...changeShapes(participantEntity), familyName: shape.line.optional() };
const { profession, institution, country, sex, language } = changed satisfies Record<BulkField, unknown>;

/** A person's word on two records. */
const saidOfTwo = z.object({ linkId: shape.id, ids: z.tuple([shape.id, shape.id]) });

/** See `ComparedField`. */
export const comparedField = z.object({
  field: z.string(),
  values: z.tuple([z.string(), z.string()]),
  relation: z.enum(['same', 'different', 'oneSays']),
});

export const peopleContract = {
  /**
   * Takes a list of people: XLSX, ODS, CSV, HTML or XML tables, or the `text` of a pasted one. `apply: false` only looks. With rejected rows nothing is imported (`applied: false`) unless
   * `skipRejected`, so that a list is never half in without a decision. Refuses as reading does, and `people.headerUnknown` (a look answers `columnsUnknown` instead),
   * `table.empty`, `intake.rowUnknown` (a decision about no row), `people.unknown` (one that names nobody).
   */
  'people.import': job(
    z
      .strictObject({
        activityId: shape.id,
        ...intakeSource,
        apply: z.boolean(),
        skipRejected: z.boolean().default(false),
        ...intakeOptions,
        remember,
      })
      .refine(isOneSource),
    z.object({
      applied: z.boolean(),
      ...intakeAnswer,
      added: z.int(),
      unchanged: z.int(),
      updated: z.int(),
      homonyms: z.array(z.array(shape.id)),
      /** Rows that hold the import up: what cannot be read, and whom nobody decided. */
      rejected: z.array(shape.rejectedRow),
      /** Taken, but worth a look: a profession left as not recorded, a name parted by guess. */
      doubtful: z.array(shape.rejectedRow),
    }),
    ['activity.unknown', 'people.headerUnknown', ...DECISION_REFUSALS, ...SOURCE_REFUSALS],
  ),
  /**
   * People of a workshop who are perhaps one person, each two once, with what speaks for it and their fields beside each other (`oneSays`: one of them says nothing);
   * homonyms of whom more than one thing differs are left out.
   */
  'people.pairs': reads(
    ['people'],
    z.strictObject({ activityId: shape.id }),
    z.array(
      z.object({
        ids: z.tuple([shape.id, shape.id]),
        why: z.string(),
        fields: z.array(comparedField),
      }),
    ),
    ['activity.unknown'],
  ),
  /**
   * Takes people of another workshop (`from`; `attended`: who was there in some half-day) into this one with what is known of them, and nothing else of theirs: no marks, no
   * tests, no number in the list. Whoever is here already stays as they are; where that cannot be told, `decisions` say it, or nothing is taken unless `skipRejected`.
   * `apply: false` only looks. Undone by `intake.undo`. Refuses `people.copyItself`, `activity.unknown`, `people.unknown` (a decision about nobody).
   */
  'people.copy': writes(
    z.strictObject({
      activityId: shape.id,
      from: shape.id,
      who: z.enum(['all', 'attended']),
      decisions: z
        .array(z.strictObject({ person: shape.id, take: z.enum(['new', 'same', 'leave']), personId: shape.id.optional() }))
        .max(20_000)
        .default([]),
      apply: z.boolean(),
      skipRejected: z.boolean().default(false),
    }),
    z.object({
      applied: z.boolean(),
      added: z.int(),
      /** Who is in the workshop already. */
      here: z.int(),
      /** What becomes of each; `person`: who it is in the other workshop, whose place there is `row`. */
      rows: z.array(plannedRow.extend({ person: shape.id })),
      rejected: z.array(shape.rejectedRow),
      importId: z.string().nullable(),
    }),
    ['activity.unknown', 'people.copyItself', ...DECISION_REFUSALS],
  ),
  'people.list': reads(['people'], z.strictObject({ activityId: shape.id }), z.array(participant), ['activity.unknown']),
  'people.add': writes(
    z.strictObject({
      activityId: shape.id,
      ...added,
    }),
    z.object({ id: shape.id, complete: z.boolean(), homonyms: z.array(shape.id) }),
    ['activity.unknown', 'people.unknown'],
  ),
  /** `seen`: the participant as the form showed it when it opened (value ids by field, from `people.open`). */
  'people.update': writes(
    z.strictObject({
      id: shape.id,
      ...changed,
      seen: shape.seen.optional(),
    }),
    z.object({ complete: z.boolean() }),
    ['people.erased', 'people.unknown'],
  ),
  /** People of a workshop for a form that says one thing of all of them: what is recorded (null: nothing), and the value ids that it shows. Who was erased is left out. */
  'people.openSeveral': reads(
    ['people'],
    z.strictObject({ activityId: shape.id, ids: z.array(shape.id).max(MOST_AT_ONCE) }),
    z.array(
      z.object({
        id: shape.id,
        values: z.record(z.enum(BULK_FIELDS), z.string().nullable()),
        apart: z.array(z.string()),
        seen: shape.shown,
      }),
    ),
    ['activity.unknown', 'people.unknown'],
  ),
  /**
   * Says one thing of many people in one step; what is recorded so already is not written. `seen`: as the form showed it, by person. `undoId`: takes it back by `intake.undo`, but for what
   * somebody wrote since; null where nothing changed. Refuses `people.unknown`.
   */
  'people.updateSeveral': writes(
    z.strictObject({
      activityId: shape.id,
      people: z.array(z.strictObject({ id: shape.id, seen: shape.seen.optional() })).max(MOST_AT_ONCE),
      ...{ profession, institution, country, sex, language },
    }),
    z.object({ changed: z.int(), undoId: z.string().nullable() }),
    ['activity.unknown', 'people.unknown'],
  ),
  /** One participant for an open form, with the value ids that it shows. */
  'people.open': reads(
    ['people', 'attendance', 'evaluation'],
    z.strictObject({ id: shape.id }),
    /** `conflict`: some field holds different values that somebody must choose between. */
    z.object({
      participant,
      seen: shape.shown,
      conflict: z.boolean(),
      /** What made several records this one person, each to be taken back by `people.unlink`. */
      links: z.array(saidOfTwo),
      /** Of whom somebody said that they are two people; taken back by `people.unlink`. */
      toldApart: z.array(saidOfTwo),
      /** The person's records, where there are several, the one that stands for the others first, each with what it says. */
      records: z.array(z.object({ id: shape.id, erased: z.boolean(), values: z.record(z.string(), z.string()) })),
      /** Where they differ; `people.choose` says which of them holds. `ids`: for its `seen`. */
      differ: z.array(
        z.object({
          field: z.string(),
          values: z.array(
            z.object({
              record: shape.id,
              value: z.string(),
              author: z.string(),
              device: z.string(),
              laptop: z.string(),
              at: z.string(),
              ids: z.array(z.string()),
            }),
          ),
        }),
      ),
    }),
    ['people.unknown'],
  ),
  /**
   * Erases everything about a person for ever, in all their linked records, here at once and everywhere with the next syncs. `reason`: for the record, no name in it.
   * Marks stay as counts. Refuses `people.eraseNotYours`.
   */
  'people.erase': writes(
    z.strictObject({ id: shape.id, reason: z.enum(ERASE_REASONS) }),
    z.object({ record: z.string(), values: z.int(), sheets: z.int(), records: z.int() }),
    ['people.eraseNotYours', 'people.unknown'],
  ),
  /** The erasures of a workshop, newest first, each with what proves it. */
  'people.erasures': reads(
    ['people', 'sync'],
    z.strictObject({ activityId: shape.id }),
    z.array(
      z.object({
        id: shape.id,
        at: z.string(),
        author: z.string(),
        reason: z.enum(ERASE_REASONS).nullable(),
        /** Hash of the signed record. */
        record: z.string(),
        /** The repository has ruled it, so that every laptop that syncs obeys. */
        ruled: z.boolean(),
        /** The repository has refused it: it holds on this laptop alone. */
        refused: z.boolean(),
        /** Values that are still readable here: 0. */
        remaining: z.int(),
      }),
    ),
  ),
  /**
   * Writes everything that is held about a person, in all their linked records, into one file (`.json`, else a page for reading), in the user's language; beside it the
   * texts of the plan that have the family name. `values` counts the former.
   */
  'people.export': job(
    z.strictObject({ id: shape.id, path: shape.path }),
    z.object({ path: z.string(), bytes: z.int(), sha256: z.string(), values: z.int() }),
    ['file.notWritable', 'people.unknown'],
  ),
  /**
   * Writes the list in `language`, every field of it: XLSX, or CSV for Excel (BOM; `;` in fr, es, pt). Read back in by `people.import` it is nothing new. Who was erased
   * is left out. Refuses `file.notWritable`.
   */
  'people.exportList': job(
    z.strictObject({ activityId: shape.id, path: shape.path, language: shape.language, format: shape.tableFormat }),
    z.object({ path: z.string(), rows: z.int() }),
    ['activity.unknown', 'file.notWritable'],
  ),
  /** Writes an empty list (XLSX) for an institution to fill in: headings, lists of choices, instructions. Refuses `file.notWritable`. */
  'people.template': job(
    z.strictObject({ path: shape.path, language: shape.language }),
    z.object({ path: z.string(), bytes: z.int(), sha256: z.string() }),
    ['file.notWritable'],
  ),
  /**
   * Says that two records are one person: both histories are kept, marks and sheets count once, `people.list` has one row. It is taken back by `people.unlink`, and all is
   * as before. Refuses `people.linkItself`.
   */
  'people.link': writes(z.strictObject({ ids: z.tuple([shape.id, shape.id]) }), z.object({ linkId: shape.id }), [
    'people.linkItself',
    'people.unknown',
  ]),
  /** Says that two records are two people, so that they are proposed as one no more; taken back by `people.unlink`. Refuses `people.linkItself`. */
  'people.tellApart': writes(z.strictObject({ ids: z.tuple([shape.id, shape.id]) }), z.object({ linkId: shape.id }), [
    'people.linkItself',
    'people.unknown',
  ]),
  /** Takes back what was said of two records. Refuses `people.linkUnknown`. */
  'people.unlink': writes(z.strictObject({ linkId: shape.id }), shape.done, ['people.linkUnknown']),
  /**
   * Says which record's value of a field holds while linked records differ; null: that it is to be chosen again. `seen`: the values that were on screen; what came since
   * is asked again. No record is written to. Refuses `people.unknown`.
   */
  'people.choose': writes(
    z.strictObject({ id: shape.id, field: z.enum(PERSON_FIELDS), record: shape.id.nullable(), seen: shape.supersedes.optional() }),
    shape.done,
    ['people.unknown'],
  ),
  /** Removing keeps in sight what others wrote about the person without having seen it (`removed`), as `activity.remove` does. */
  'people.remove': writes(z.strictObject({ id: shape.id, seen: shape.seen.optional() }), shape.done, ['people.unknown']),
  'people.restore': writes(z.strictObject({ id: shape.id }), shape.done, ['people.unknown']),
};
