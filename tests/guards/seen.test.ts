import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { desktopContract, type DesktopCall } from '../../shared/contract/desktop.ts';
import { CAPS } from '../../shared/sync/canonical.ts';
import { ENTITIES } from '../../shared/model/entities.ts';

/**
 * Invariant 3 as a guard: a call that writes over what somebody had on screen takes `seen`. Every call that changes something either takes it or stands here
 * with the reason why it needs none; a new call is red until it is one or the other.
 */
const NEEDS_NONE: Readonly<Partial<Record<DesktopCall, string>>> = {
  'activity.create': 'creates',
  'activity.duplicate': 'creates; the workshop that it is like is not written to',
  'activity.addItem': 'creates',
  'activity.loadSample': 'creates, once',
  'activity.showFirstSteps': 'local to this laptop',
  'activity.restore': 'only takes removals back, and writes no field',
  'activity.restoreItem': 'only takes removals back, and writes no field',
  'course.create': 'creates',
  'course.addModule': 'creates',
  'course.addSession': 'creates',
  'course.fork': 'creates; the course that it copies is not written to',
  'course.publish': 'names what stands in one step; a version is written once',
  'course.restorePart': 'only takes removals back, and writes no field',
  'course.undoTaking': 'takes back what one taking wrote, as far as it still stands',
  'course.suggest': 'creates; what is suggested is named as it stands in one step',
  'course.undoSuggestion': 'takes back what one taking wrote, as far as it still stands',
  'course.exportTexts': 'writes a file, and no field',
  'course.exportPack': 'writes a file, and no field',
  'course.exportCartridge': 'writes a file, and no field',
  'course.importTexts': 'each cell names the values that it was written from, and is a conflict where others stand',
  'course.undoImport': 'takes back what one import wrote, as far as it still stands',
  'course.importPack': 'creates; a course that is here is not written to',
  'form.create': 'creates',
  'form.import': 'adds items, and writes over none',
  'form.export': 'writes a file, and no field',
  'form.addItem': 'creates',
  'form.publish': 'names what stands in one step; a version is written once',
  'form.draw': 'names what stands in one step; a version is written once',
  'form.restoreItem': 'only takes removals back, and writes no field',
  'institution.create': 'creates, or answers the one that there is',
  'calendar.export': 'writes a file',
  'calendar.exportAgenda': 'writes a file',
  'calendar.import': 'creates; what the calendar has already stays as it is',
  'people.add': 'creates',
  'people.import': 'reads the record and the list in one step, and says before what it would change',
  'people.copy': 'creates; who is there already stays as they are',
  'attendance.walkIn': 'creates',
  'people.erase': 'an erasure takes everything, what nobody saw included: that is what is asked for',
  'people.export': 'writes a file',
  'people.link': 'says one thing of two records, and writes nothing else of theirs',
  'people.tellApart': 'says one thing of two records, and writes nothing else of theirs',
  'people.unlink': 'takes back what was said of two records',
  'evaluation.choose': 'names the sheets that it passes over, and these are written once',
  'people.exportList': 'writes a file',
  'material.printTemplate': 'writes a file',
  'people.template': 'writes a file',
  'people.restore': 'only takes removals back, and writes no field',
  'attendance.bringBack': 'only takes removals back, and writes no field',
  'attendance.import': 'reads the cells and the list in one step, and says before what it would change',
  'evaluation.close': 'lets sheets leave that are written once',
  'evaluation.takeBack': 'takes away what has not left this laptop and is no record yet',
  'evaluation.enter': 'a sheet is written once; a correction is a new one that names the one it corrects',
  'evaluation.exportCountry': 'writes a file',
  'evaluation.exportMissing': 'writes files',
  'evaluation.importCountry': 'a sheet is written once; a correction is a new one that names the one it corrects',
  'evaluation.import': 'a sheet is written once; a correction is a new one that names the one it corrects',
  'intake.undo': 'writes back over what the import itself wrote, and leaves what anybody wrote since',
  'certificate.issue': 'creates; says before what it would revoke, and a revocation stands whatever else is written',
  'certificate.revoke': 'once for ever: nothing of a certificate is written over',
  'certificate.page': 'writes a file',
  'certificate.badge': 'writes a file',
  'certificate.badges': 'writes a file',
  'certificate.addDesign': 'creates, or answers the one that there is',
  'certificate.setPicture':
    'a picture is a record of its own; which one stands, the later choice says, and the one before is named in the answer',
  'certificate.chooseDesign': 'the later choice says it',
  'attendance.export': 'writes a file',
  'evaluation.restoreSheet': 'only takes removals back, and writes no field',
  'report.export': 'writes a file',
  'report.exportPeriod': 'writes a file',
  'document.make': 'writes a file',
  'document.open': 'writes a copy, for another program to show',
  'material.openTemplate': 'writes a file',
  'document.places': 'for who reads photographs of sheets, of which there is no page',
  'material.add': 'creates; a new version is a record of its own',
  'material.copy': 'writes a file',
  'material.pin': 'local to this laptop',
  'material.unpin': 'local to this laptop',
  'material.restore': 'only takes removals back, and writes no field',
  'sync.reissue': 'writes again what was set aside, over what its author had seen',
};
/** Features whose calls concern this laptop and its ways to others, and no record of a workshop: all but `sync.settle` and `sync.reissue`; and the bin, which only reads. */
const OF_THE_LAPTOP = ['vault', 'sync', 'store', 'settings', 'lan', 'usb', 'laptop', 'bin'];

function keysOf(schema: unknown, found = new Set<string>()): Set<string> {
  if (schema instanceof z.ZodObject) {
    for (const [key, inner] of Object.entries(schema.shape as Record<string, unknown>)) {
      found.add(key);
      keysOf(inner, found);
    }
  } else if (schema instanceof z.ZodArray) keysOf(schema.element, found);
  else if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    keysOf(schema.unwrap(), found);
  return found;
}

const writing = Object.entries(desktopContract).filter(([, { effect }]) => effect === 'writes');
const takesSeen = (name: string): boolean => keysOf(desktopContract[name as DesktopCall].args).has('seen');
const isOfTheLaptop = (name: string): boolean =>
  OF_THE_LAPTOP.includes(name.split('.')[0]!) && !['sync.settle', 'sync.reissue'].includes(name);

describe('a call that changes something', () => {
  it.each(writing.map(([name]) => name).filter((name) => !isOfTheLaptop(name)))('%s takes `seen`, or needs none and says why', (name) => {
    expect(takesSeen(name) !== (NEEDS_NONE[name as DesktopCall] !== undefined), name).toBe(true);
  });

  it('writes no field of an existing record without `seen`', () => {
    const fields = new Set(ENTITIES.flatMap((definition) => Object.keys(definition.fields)));
    const overwrites = writing.filter(([name, { args }]) => {
      const keys = keysOf(args);
      const writesFile = NEEDS_NONE[name as DesktopCall] === 'writes a file';
      return !isOfTheLaptop(name) && !writesFile && keys.has('id') && [...keys].some((key) => fields.has(key));
    });
    expect(overwrites.map(([name]) => name)).toContain('activity.update');
    for (const [name] of overwrites) expect(takesSeen(name), name).toBe(true);
  });

  it('takes as much as a screen can have shown', () => {
    const seen = { _hanging: Array.from({ length: CAPS.supersedes }, (_, index) => `${'0'.repeat(64)}:${index}`) };
    expect(desktopContract['activity.remove'].args.safeParse({ id: '01890a5d-ac96-774b-bcce-b302099a8057', seen }).success).toBe(true);
  });

  it('is excepted by a name that there is', () => {
    for (const name of Object.keys(NEEDS_NONE)) expect(desktopContract).toHaveProperty([name]);
  });

  it('concerns a feature that is named here where it concerns no record', () => {
    const features = new Set(Object.keys(desktopContract).map((name) => name.split('.')[0]!));
    const withRecords = [
      'course',
      'form',
      'activity',
      'calendar',
      'people',
      'attendance',
      'evaluation',
      'intake',
      'report',
      'document',
      'material',
      'certificate',
      'institution',
    ];
    expect([...features].filter((feature) => !withRecords.includes(feature) && !OF_THE_LAPTOP.includes(feature))).toEqual([]);
  });
});
