import { z } from 'zod';
import { reads } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';

/** The types of record that can be removed and put back. */
export const REMOVABLE = ['activity', 'participant', 'agendaItem', 'material', 'sheet', 'module', 'session', 'formItem'] as const;
export type Removable = (typeof REMOVABLE)[number];

const removed = z.object({
  type: z.enum(REMOVABLE),
  id: shape.id,
  /** Its title; '' for people and their sheets. */
  title: shape.titleShown,
  /** Who was removed, or whose sheet was. */
  person: z.object({ familyName: z.string(), givenName: z.string() }).nullable(),
  /** Of a sheet: the title of its form. */
  form: shape.titleShown.nullable(),
  /** The workshop that it belongs to, where it is not one itself. */
  activityId: shape.id.nullable(),
  workshop: shape.titleShown.nullable(),
  /** Who removed it, on which device, and when. */
  by: z.string(),
  device: z.string(),
  laptop: z.string(),
  at: z.string(),
  /** Whether the user may put it back. */
  restorable: z.boolean(),
  unreadable: shape.unreadable,
});

export const binContract = {
  /** What was removed and can be put back, the last removed first: of every workshop and of the library, or of one workshop alone. */
  'bin.list': reads(
    ['activity', 'people', 'material', 'evaluation', 'course', 'sync'],
    z.strictObject({ activityId: shape.id.optional() }),
    z.array(removed),
  ),
};
