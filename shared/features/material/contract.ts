import { z } from 'zod';
import { job, reads, writes } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { AUDIENCES, MATERIAL_KINDS } from '../../model/vocabularies.ts';

const version = z.object({
  id: shape.id,
  language: shape.language,
  name: z.string(),
  type: z.string(),
  sha256: z.string(),
  size: z.int(),
  addedAt: z.string(),
  /** The file is on this laptop. */
  here: z.boolean(),
});

const material = z.object({
  id: shape.id,
  title: shape.titleShown,
  kind: z.enum(MATERIAL_KINDS),
  audience: z.enum(AUDIENCES),
  courseId: shape.id.nullable(),
  activityId: shape.id.nullable(),
  /** Language of the first version. */
  language: shape.language,
  versions: z.array(version),
  /** Bytes of the newest version of each language. */
  size: z.int(),
  here: z.boolean(),
  /** Kept offline on this laptop. */
  pinned: z.boolean(),
  /** Fields whose values this program cannot read; each is shown as such. */
  unreadable: shape.unreadable,
  /** Set where it was removed, but a version was added by somebody who had not seen that. */
  removed: shape.removed.nullable(),
  /** Whether the user may add a version to it, or remove it: in the library only to what they brought. */
  changeable: z.boolean(),
  seen: shape.shown,
});

export const materialContract = {
  'material.add': job(
    z.strictObject({
      path: shape.path,
      title: shape.title,
      language: shape.language,
      kind: z.enum(MATERIAL_KINDS),
      audience: z.enum(AUDIENCES).default('everyone'),
      courseId: shape.line.optional(),
      activityId: shape.id.optional(),
      /** Adds a version to this material instead of a new one. */
      materialId: shape.id.optional(),
    }),
    z.object({ id: shape.id, versionId: shape.id, sha256: z.string(), size: z.int() }),
    [
      'activity.unknown',
      'course.unknown',
      'file.changed',
      'file.missing',
      'file.unreadable',
      'material.empty',
      'material.tooLarge',
      'material.typeRefused',
      'material.unknown',
    ],
  ),
  'material.list': reads(
    ['material'],
    z.strictObject({
      text: shape.optionalLine.optional(),
      language: shape.language.optional(),
      kind: z.enum(MATERIAL_KINDS).optional(),
      courseId: shape.line.optional(),
      activityId: shape.id.optional(),
    }),
    z.array(material),
    ['course.unknown'],
  ),
  /** A stretch of `material.list` in the order of titles; `total`: how many fit, `every`: how many there are. */
  'material.page': reads(
    ['material'],
    z.strictObject({
      text: shape.optionalLine.optional(),
      language: shape.language.optional(),
      kind: z.enum(MATERIAL_KINDS).optional(),
      from: z.int().min(0).default(0),
      limit: z.int().min(1).max(200).default(50),
    }),
    z.object({ total: z.int(), every: z.int(), materials: z.array(material) }),
  ),
  /** Where a material stands in `material.page` without a search; null where it does not. */
  'material.position': reads(['material'], z.strictObject({ id: shape.id }), z.object({ index: z.int().nullable() })),
  'material.search': reads(
    ['material'],
    z.strictObject({ text: shape.optionalLine, language: shape.language.optional(), kind: z.enum(MATERIAL_KINDS).optional() }),
    z.array(material),
  ),
  /** Keeps the files of a material (id of a material, or of one version) on this laptop; what is not here comes with the next sync. */
  'material.pin': writes(z.strictObject({ id: shape.id }), z.object({ here: z.boolean(), bytesToFetch: z.int() }), ['material.unknown']),
  'material.unpin': writes(z.strictObject({ id: shape.id }), shape.done, ['material.unknown']),
  /** What *Make available offline* would fetch for a workshop, before it does: its own materials and its course's. */
  'material.offlinePlan': reads(
    ['material'],
    z.strictObject({ activityId: shape.id }),
    z.object({
      files: z.array(
        z.object({
          id: shape.id,
          title: shape.titleShown,
          unreadable: shape.unreadable,
          name: z.string(),
          size: z.int(),
          here: z.boolean(),
          /** Kept offline on this laptop. */
          pinned: z.boolean(),
        }),
      ),
      bytesToFetch: z.int(),
    }),
    ['activity.unknown'],
  ),
  /** The file of a material (its newest version in `language`, else the newest) or of one version, verified against its hash. */
  'material.file': reads(
    ['material'],
    z.strictObject({ id: shape.id, language: shape.language.optional() }),
    z.object({ sha256: z.string(), name: z.string(), type: z.string() }),
    ['material.damaged', 'material.notHere', 'material.unknown'],
  ),
  /** The same, with the path of a copy of it, which goes on another day: for programs that read by a path. */
  'material.path': reads(
    ['material'],
    z.strictObject({ id: shape.id, language: shape.language.optional() }),
    z.object({ path: z.string(), sha256: z.string(), name: z.string(), type: z.string() }),
    ['material.damaged', 'material.notHere', 'material.unknown'],
  ),
  /** Writes a copy of that file where the user chose. */
  'material.copy': job(
    z.strictObject({ id: shape.id, language: shape.language.optional(), path: shape.path }),
    z.object({ path: z.string(), bytes: z.int(), sha256: z.string(), name: z.string() }),
    ['file.notWritable', 'material.damaged', 'material.notHere', 'material.unknown'],
  ),
  'material.remove': writes(z.strictObject({ id: shape.id, seen: shape.seen.optional() }), shape.done, ['material.unknown']),
  'material.restore': writes(z.strictObject({ id: shape.id }), shape.done, ['material.unknown']),
};
