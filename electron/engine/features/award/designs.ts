import path from 'node:path';
import type { ParsedArgsOf } from '../../../../shared/contract/call.ts';
import type { Handlers } from '../../../../shared/contract/rpc.ts';
import { contrastOnWhite, isLegible, LEAST_CONTRAST } from '../../../../shared/features/award/design-colours.ts';
import type { designContract } from '../../../../shared/features/award/design-contract.ts';
import { DESIGN_PICTURES, type DesignPicture } from '../../../../shared/features/award/design-fields.ts';
import { judgePicture, LARGEST_PICTURE, type Picture, type PictureRefusal } from '../../../../shared/features/award/picture.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { fold } from '../../../../shared/kernel/text.ts';
import { activity } from '../../../../shared/model/activity.ts';
import { awardDesign } from '../../../../shared/model/award-design.ts';
import { formWrites, writesOf } from '../../../../shared/model/field-writes.ts';
import { materialVersion } from '../../../../shared/model/material.ts';
import { derivedRecordId, newRecordId } from '../../../../shared/model/record-id.ts';
import { institutionSpace, LIBRARY } from '../../../../shared/model/spaces.ts';
import { textsOf } from '../../../../shared/model/title.ts';
import { sourceFile, SourceFault } from '../../../../shared/node/files/source-file.ts';
import { deletion, restoration } from '../../../../shared/node/store/deletion.ts';
import type { FieldWrite, SpaceId } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { pictureRow } from '../../files/needs.ts';
import { checkEntitled, permissionToWrite } from '../../sync/access/entitled.ts';
import { commitWrites, foundActivity } from '../activity/activity-writes.ts';
import { shownOf } from '../removals.ts';
import { unreadableIn } from '../unreadable.ts';
import { previewOf } from './design-preview.ts';
import { designRows, foundDesign, printedDesign, type DesignRow } from './design-rows.ts';

type Changes = ParsedArgsOf<(typeof designContract)['certificate.setDesign']>;

/** The calls of the designs that institutions give their certificates. */
export function designHandlers(context: EngineContext): Handlers<typeof designContract> {
  const { store, files, clock, random, hasher, trust } = context;
  const { reader } = store;
  const mayChange = ({ id, space }: Pick<DesignRow, 'id' | 'space'>) =>
    permissionToWrite(context, space, [{ entityType: awardDesign.type, entity: id }]);

  return {
    'certificate.designs': async ({ activityId }) => {
      const workshop = activityId === undefined ? ok(null) : foundActivity(reader, activityId);
      if (!workshop.ok) return workshop;
      const row = workshop.value;
      const chosen = row?.awardDesignId ?? null;
      const space = ownSpace(context);
      return ok({
        designs: designRows(reader).map(({ id, name }) => ({ id, name: name ?? '' })),
        chosen,
        here: chosen === null || (await isHere(context, chosen)),
        mayAdd: permissionToWrite(context, space, [{ entityType: awardDesign.type, entity: newRecordId(space, random, hasher) }]),
        mayChoose: row ? permissionToWrite(context, row.space, [{ entityType: activity.type, entity: row.id }]) : NOWHERE,
      });
    },

    'certificate.design': ({ id }) => {
      const found = foundDesign(reader, id);
      if (!found.ok) return found;
      const row = found.value;
      const picture = (of: DesignPicture) => {
        const file = pictureRow(reader, id, row[of]);
        return file ? { id: file.id, name: file.name, sha256: file.sha256, here: files.has(file.sha256) } : null;
      };
      return ok({
        ...{ id, name: row.name ?? '', address: row.address ?? '', main: row.main ?? '', accent: row.accent ?? '' },
        ...{ heading: textsOf(row.heading), body: textsOf(row.body), legal: textsOf(row.legal), logo: picture('logo') },
        ...{ name1: row.name1 ?? '', office1: textsOf(row.office1), signature1: picture('signature1') },
        ...{ name2: row.name2 ?? '', office2: textsOf(row.office2), signature2: picture('signature2') },
        ...{ name3: row.name3 ?? '', office3: textsOf(row.office3), signature3: picture('signature3') },
        unreadable: unreadableIn(row),
        change: mayChange(row),
        seen: shownOf(reader, awardDesign.type, id),
      });
    },

    'certificate.addDesign': ({ name }) => {
      const space = ownSpace(context);
      // An institution has one; where the user belongs to none, one by its name.
      const id = derivedRecordId(space, hasher, 'awardDesign', space === LIBRARY ? fold(name) : '');
      if (!foundDesign(reader, id).ok) store.commit([{ space, writes: writesOf(awardDesign, id, { name }) }]);
      return ok({ id });
    },

    'certificate.setDesign': (changes) => {
      const found = foundDesign(reader, changes.id);
      if (!found.ok) return found;
      const faint = faintColour(changes);
      if (faint) return faint;
      const written = changedPictures(context, found.value, changes);
      if (!written.ok) return written;
      const { id, seen, ...values } = changes;
      const { main, accent, address } = values;
      const cleared = { main: main === '' ? null : main, accent: accent === '' ? null : accent, address: address === '' ? null : address };
      const writes = formWrites(awardDesign, id, { ...values, ...cleared }, seen);
      return commitWrites(store, found.value.space, [...writes, ...written.value]);
    },

    'certificate.setPicture': async ({ id, of, path: source }, call) => {
      const before = foundDesign(reader, id);
      if (!before.ok) return before;
      // Nobody copies a picture that may not stay.
      const entitled = checkEntitled(context, before.value.space, {
        entityType: awardDesign.type,
        record: trust.record(awardDesign.type, id),
      });
      if (!entitled.ok) return entitled;
      const bytes = await pictureBytes(path.resolve(source));
      if (!bytes.ok) return bytes;
      const { picture, content } = bytes.value;
      const probe = { format: picture.type === 'image/png' ? 'png' : 'jpg' };
      const decoded = await context.typesetter.set({ template: 'picture', given: { probe }, pictures: { probe: content } }, call.signal);
      if (!decoded.ok) {
        const { code } = decoded.refusal;
        return refuse(code === 'document.signMissing' ? 'document.pictureDamaged' : code);
      }
      const { sha256, size } = await files.put(piecesOf(content), { signal: call.signal });
      // It is looked up again: from here on nothing waits.
      const found = foundDesign(reader, id);
      if (!found.ok) return found;
      const { space, [of]: earlier } = found.value;
      const same = pictureRow(reader, id, earlier);
      const { width, height } = picture;
      if (same?.sha256 === sha256) return ok({ id: same.id, before: same.id, sha256, width, height });
      const versionId = newRecordId(space, random, hasher);
      const version = writesOf(materialVersion, versionId, {
        materialId: id,
        fileName: path.basename(source).normalize('NFC').slice(0, 255),
        ...{ type: picture.type, sha256, size },
        addedAt: new Date(clock.now()).toISOString(),
      });
      const gone = earlier === null ? [] : deletion(reader, materialVersion.type, earlier);
      store.commit([{ space, writes: [...version, ...gone, ...writesOf(awardDesign, id, { [of]: versionId })] }]);
      return ok({ id: versionId, before: earlier, sha256, width, height });
    },

    'certificate.chooseDesign': ({ activityId, designId }) => {
      const workshop = foundActivity(reader, activityId);
      if (!workshop.ok) return workshop;
      const design = designId === null ? ok(null) : foundDesign(reader, designId);
      if (!design.ok) return design;
      return commitWrites(store, workshop.value.space, writesOf(activity, activityId, { awardDesignId: designId }));
    },

    'certificate.preview': (wanted, call) => previewOf(context, wanted, call.signal),
  };
}

const NOWHERE = { allowed: false, reason: '' };

/** The space in which the user's institution keeps its own; the library where they belong to none. */
function ownSpace({ trust }: Pick<EngineContext, 'trust'>): SpaceId {
  const scope = trust.self()?.scope;
  return scope?.kind === 'institution' ? institutionSpace(scope.id) : LIBRARY;
}

/** Whether a design and all of its pictures are on this laptop. */
async function isHere(context: EngineContext, id: Id): Promise<boolean> {
  const found = foundDesign(context.store.reader, id);
  return found.ok && (await printedDesign(context, found.value)).isWhole;
}

function faintColour(changes: Changes) {
  for (const use of ['main', 'accent'] as const) {
    const colour = changes[use];
    if (colour === undefined || colour === '' || isLegible(use, colour)) continue;
    return refuse('certificate.colourFaint', { colour, contrast: contrastOnWhite(colour), least: LEAST_CONTRAST[use] });
  }
  return null;
}

/** The writes by which pictures go and come back with the fields that name them. Refuses `certificate.pictureUnknown`. */
function changedPictures({ store }: EngineContext, row: DesignRow, changes: Changes): Result<FieldWrite[], 'certificate.pictureUnknown'> {
  const { reader } = store;
  const writes: FieldWrite[] = [];
  for (const of of DESIGN_PICTURES) {
    const wanted = changes[of];
    if (wanted === undefined || wanted === row[of]) continue;
    if (wanted !== null && !pictureRow(reader, row.id, wanted)) return refuse('certificate.pictureUnknown');
    if (wanted !== null) writes.push(...restoration(reader, materialVersion.type, wanted));
    if (row[of] !== null) writes.push(...deletion(reader, materialVersion.type, row[of]));
  }
  return ok(writes);
}

interface TakenPicture {
  readonly picture: Picture;
  readonly content: Uint8Array;
}

/** Reads a picture of the user's, no more of it than one may have, and judges it. */
async function pictureBytes(
  source: string,
): Promise<Result<TakenPicture, PictureRefusal | 'file.changed' | 'file.missing' | 'file.unreadable'>> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of sourceFile(source, LARGEST_PICTURE)) pieces.push(Uint8Array.from(piece));
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error;
    if (error.reason === 'tooLarge') return refuse('certificate.pictureBytes', { kilobytes: LARGEST_PICTURE / 1_000 });
    return refuse(`file.${error.reason}`);
  }
  const content = new Uint8Array(Buffer.concat(pieces));
  const picture = judgePicture(content);
  return picture.ok ? ok({ picture: picture.value, content }) : picture;
}

async function* piecesOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}
