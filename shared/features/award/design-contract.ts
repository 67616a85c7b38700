import { z } from 'zod';
import { job, reads, writes } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import * as value from '../../model/values.ts';
import { AWARD_KINDS } from '../../model/vocabularies.ts';
import { DESIGN_LENGTHS, DESIGN_PICTURES } from './design-fields.ts';

const texts = (length: number) => z.partialRecord(shape.language, z.string().trim().max(length));
const lines = (length: number) => z.string().trim().max(length);
/** A picture of a design: the id of one that it had before, or null for none. */
const pictureChosen = shape.id.nullable();

const written = {
  heading: texts(DESIGN_LENGTHS.heading),
  body: texts(DESIGN_LENGTHS.body),
  legal: texts(DESIGN_LENGTHS.legal),
  /** `#rrggbb`; '' for the usual one. */
  main: z.union([value.colour, z.literal('')]),
  accent: z.union([value.colour, z.literal('')]),
  name1: lines(DESIGN_LENGTHS.person),
  office1: texts(DESIGN_LENGTHS.office),
  name2: lines(DESIGN_LENGTHS.person),
  office2: texts(DESIGN_LENGTHS.office),
  name3: lines(DESIGN_LENGTHS.person),
  office3: texts(DESIGN_LENGTHS.office),
};
/** The fields of a design that are written, beside its pictures. */
const draft = z.strictObject(written).partial();

const pictureShown = z
  .object({
    id: shape.id,
    /** As the file was called. */
    name: z.string(),
    sha256: z.string(),
    /** Whether its bytes are on this laptop. */
    here: z.boolean(),
  })
  .nullable();

const shownTexts = z.partialRecord(shape.language, z.string());
const permission = z.object({ allowed: z.boolean(), reason: z.string() });

export const designContract = {
  /**
   * The designs of certificates that are known here, by name. `chosen`: that of the workshop `activityId`; null: Itinera's own. `here`: whether the chosen one and its pictures are on this laptop. `mayAdd`,
   * `mayChoose`: whether the user may, with why not.
   */
  'certificate.designs': reads(
    ['award', 'activity', 'material', 'sync'],
    z.strictObject({ activityId: shape.id.optional() }),
    z.object({
      designs: z.array(z.object({ id: shape.id, name: z.string() })),
      chosen: shape.id.nullable(),
      here: z.boolean(),
      mayAdd: permission,
      mayChoose: permission,
    }),
    ['activity.unknown'],
  ),
  /** A design as it stands; a colour, a text and an address are '' or left out where nothing is filled in. */
  'certificate.design': reads(
    ['award', 'material', 'sync'],
    z.strictObject({ id: shape.id }),
    z.object({
      id: shape.id,
      name: z.string(),
      address: z.string(),
      heading: shownTexts,
      body: shownTexts,
      legal: shownTexts,
      main: z.string(),
      accent: z.string(),
      logo: pictureShown,
      name1: z.string(),
      office1: shownTexts,
      signature1: pictureShown,
      name2: z.string(),
      office2: shownTexts,
      signature2: pictureShown,
      name3: z.string(),
      office3: shownTexts,
      signature3: pictureShown,
      unreadable: shape.unreadable,
      change: permission,
      seen: shape.shown,
    }),
    ['certificate.designUnknown'],
  ),
  /** Adds the design of an institution, or returns the one that it has: there is one. It lives in the space of the user's institution, or in the library. */
  'certificate.addDesign': writes(z.strictObject({ name: shape.line }), z.object({ id: shape.id })),
  /** Changes what is named. Refuses a colour that would not be seen on paper: `certificate.colourFaint` {colour, contrast, least}. */
  'certificate.setDesign': writes(
    z.strictObject({
      id: shape.id,
      name: shape.line.optional(),
      /** '' for none. */
      address: z.union([value.pageAddress, z.literal('')]).optional(),
      ...draft.shape,
      logo: pictureChosen.optional(),
      signature1: pictureChosen.optional(),
      signature2: pictureChosen.optional(),
      signature3: pictureChosen.optional(),
      seen: shape.seen.optional(),
    }),
    shape.done,
    ['certificate.colourFaint', 'certificate.designUnknown', 'certificate.pictureUnknown'],
  ),
  /**
   * Takes a picture of the user's into a design, in the place of the one that is there: PNG or JPEG, judged by its bytes before anything has effect. `before`: the one that it takes the place of, for
   * `certificate.setDesign`; null for none.
   */
  'certificate.setPicture': job(
    z.strictObject({ id: shape.id, of: z.enum(DESIGN_PICTURES), path: shape.path }),
    z.object({ id: shape.id, before: shape.id.nullable(), sha256: z.string(), width: z.int(), height: z.int() }),
    [
      ...['certificate.designUnknown', 'certificate.pictureBytes', 'certificate.pictureColours', 'certificate.pictureKind'],
      ...['certificate.pictureSides', 'document.pictureDamaged', 'document.tooLarge', 'file.changed', 'file.missing', 'file.unreadable'],
      ...['sync.notEntitledHere', 'sync.spaceClosedHere'],
    ] as const,
  ),
  /** Chooses the design of a workshop's certificates; null: Itinera's own. */
  'certificate.chooseDesign': writes(z.strictObject({ activityId: shape.id, designId: shape.id.nullable() }), shape.done, [
    'activity.unknown',
    'certificate.designUnknown',
  ]),
  /**
   * A certificate of nobody in a design, as a picture (SVG) to be looked at. `draft`: what is typed and not kept yet. `activityId`: with the title and the days of a workshop. Pictures that are not on this
   * laptop are left out.
   */
  'certificate.preview': reads(
    ['award', 'material'],
    z.strictObject({
      id: shape.id,
      language: shape.language,
      kind: z.enum(AWARD_KINDS).default('attendance'),
      activityId: shape.id.optional(),
      draft: draft.optional(),
    }),
    z.object({ svg: z.string() }),
    [
      'activity.unknown',
      'certificate.designUnknown',
      'document.pictureDamaged',
      'document.signMissing',
      'document.tooLarge',
      'job.cancelled',
    ],
  ),
};
