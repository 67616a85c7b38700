import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sampleWorkshop, type SampleWorkshop } from '../../../../shared/features/activity/sample-workshop.ts';
import { lettersOf, markOfLetter } from '../../../../shared/features/attendance/letters.ts';
import { shuffled } from '../../../../shared/features/evaluation/entry.ts';
import { addDays, dayInRoom, type Day, type HalfDay } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { RescheduleRefusal } from '../../../../shared/features/activity/reschedule.ts';
import { keysAfter } from '../../../../shared/kernel/order.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { fold } from '../../../../shared/kernel/text.ts';
import { activity } from '../../../../shared/model/activity.ts';
import { mark } from '../../../../shared/model/attendance.ts';
import { listedPersonId, markId, testSheetId } from '../../../../shared/model/derivations.ts';
import { sheet } from '../../../../shared/model/evaluation.ts';
import { material, materialVersion } from '../../../../shared/model/material.ts';
import { participant } from '../../../../shared/model/people.ts';
import { newRecordId } from '../../../../shared/model/record-id.ts';
import { blankOf } from '../../../../shared/model/records.ts';
import { answersSpace, peopleSpace, planSpace } from '../../../../shared/model/spaces.ts';
import { writesOf } from '../../../../shared/model/field-writes.ts';
import { sourceFile, SourceFault } from '../../../../shared/node/files/source-file.ts';
import type { CommitRequest } from '../../../../shared/node/store/store.ts';
import type { FieldWrite } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { formOf } from '../form/asked-forms.ts';
import { sampleOf } from './first-steps.ts';
import { genesisOf } from './new-activity.ts';

/** A file of the sample that has been taken in. */
interface TakenMaterial {
  readonly wanted: SampleWorkshop['materials'][number];
  readonly sha256: string;
  readonly size: number;
}

const TEST_FORM = 'intro-prepost-v1';

/**
 * Loads the bundled workshop of invented people, so that today is one of its days; whole or not at all, and once: while it is
 * here, its id is given again. Refuses `activity.sampleDamaged` when the installation lacks it.
 */
export async function loadSample(
  context: EngineContext,
): Promise<Result<{ id: Id }, RescheduleRefusal | 'activity.sampleDamaged' | 'course.unknown'>> {
  const { store, files, resources } = context;
  const known = sampleOf(store.reader);
  if (known !== undefined) return ok({ id: known });
  const folder = path.join(resources, 'sample');
  const sample = await readSample(path.join(folder, 'workshop.json'));
  if (!sample) return refuse('activity.sampleDamaged');
  const taken = await takeMaterials(files, folder, sample);
  if (!taken) return refuse('activity.sampleDamaged');
  // Asked twice at once, it is still loaded once; from here on nothing waits.
  const meanwhile = sampleOf(store.reader);
  if (meanwhile !== undefined) return ok({ id: meanwhile });
  const start = addDays(dayInRoom(context.clock.now()), sample.firstDay);
  const { title, course, projects, partners, languages, countries, mode, place } = sample;
  const genesis = genesisOf(context, {
    ...blankOf(activity),
    title,
    courseId: course,
    projects,
    partners,
    languages,
    countries,
    mode,
    place,
    start,
    end: addDays(start, sample.days - 1),
    sample: true,
  });
  if (!genesis.ok) return genesis;
  const { id, rosterKey, requests } = genesis.value;
  const personIds = new Map(
    sample.participants.map(({ ref }) => [ref, listedPersonId(context.hasher, { activityId: id, rosterKey }, 'ref', fold(ref))]),
  );
  const sheets = sheetRequests(context, sample, { id, start, personIds });
  if (!sheets.ok) return sheets;
  store.commit([
    ...requests,
    { space: planSpace(id), writes: taken.flatMap((one) => materialWrites(context, id, one)) },
    { space: peopleSpace(id), writes: [...peopleWrites(sample, id, personIds), ...markWrites(context, sample, { id, start, personIds })] },
    ...sheets.value,
  ]);
  return ok({ id });
}

interface Delivery {
  readonly id: Id;
  readonly start: Day;
  /** By the list's own id. */
  readonly personIds: ReadonlyMap<string, Id>;
}

async function readSample(file: string): Promise<SampleWorkshop | null> {
  try {
    return sampleWorkshop.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

async function takeMaterials(files: EngineContext['files'], folder: string, sample: SampleWorkshop): Promise<TakenMaterial[] | null> {
  const taken: TakenMaterial[] = [];
  try {
    for (const wanted of sample.materials) taken.push({ wanted, ...(await files.put(sourceFile(path.join(folder, wanted.file)))) });
    return taken;
  } catch (error) {
    if (error instanceof SourceFault) return null;
    throw error;
  }
}

function materialWrites({ clock, random, hasher }: EngineContext, activityId: Id, { wanted, sha256, size }: TakenMaterial): FieldWrite[] {
  const materialId = newRecordId(planSpace(activityId), random, hasher);
  const { title, kind, audience, language, file } = wanted;
  return [
    ...writesOf(material, materialId, { title, kind, audience, courseId: null, activityId }),
    ...writesOf(materialVersion, newRecordId(planSpace(activityId), random, hasher), {
      materialId,
      language,
      fileName: file,
      type: 'application/pdf',
      sha256,
      size,
      addedAt: new Date(clock.now()).toISOString(),
    }),
  ];
}

function peopleWrites(sample: SampleWorkshop, activityId: Id, personIds: Delivery['personIds']): FieldWrite[] {
  const positions = keysAfter(null, sample.participants.length);
  return sample.participants.flatMap(({ institution, email, ...person }, index) =>
    writesOf(participant, personIds.get(person.ref)!, {
      activityId,
      ...person,
      institution: institution || undefined,
      email: email || undefined,
      position: positions[index]!,
    }),
  );
}

function markWrites({ hasher }: EngineContext, sample: SampleWorkshop, { id, start, personIds }: Delivery): FieldWrite[] {
  return Object.entries(sample.attendance).flatMap(([ref, marks]) =>
    Object.entries(marks).flatMap(([place, letter]) => {
      const [number, half] = place.split(' ');
      const day = addDays(start, Number(number) - 1);
      const halfDay: HalfDay = `${day}-${half}`;
      const personId = personIds.get(ref);
      const status = markOfLetter(lettersOf('en'), letter ?? '');
      if (personId === undefined || status === undefined) return [];
      return writesOf(mark, markId(hasher, { activityId: id, halfDay, personId }), {
        activityId: id,
        personId,
        halfDay,
        status,
        method: 'list',
        happenedAt: `${day}T${half === 'AM' ? '09' : '14'}:00:00.000Z`,
      });
    }),
  );
}

/** One request a day, shuffled, with the day alone: as sheets of a real workshop are sealed. */
function sheetRequests(
  context: EngineContext,
  sample: SampleWorkshop,
  { id, start, personIds }: Delivery,
): Result<CommitRequest[], 'activity.sampleDamaged'> {
  const { random } = context;
  const byDay = new Map<number, FieldWrite[][]>();
  const put = (day: number, writes: FieldWrite[]): void => {
    byDay.set(day, [...(byDay.get(day) ?? []), writes]);
  };
  const test = formOf(context, TEST_FORM);
  if (!test.ok) return refuse('activity.sampleDamaged');
  for (const { participant: ref, wave, day, answers } of sample.tests) {
    const personId = personIds.get(ref);
    if (personId === undefined) return refuse('activity.sampleDamaged');
    const values = { activityId: id, formId: test.value.id, personId, wave, answers, day: addDays(start, day - 1) };
    put(day, writesOf(sheet, testSheetId(context.hasher, id, test.value.id, wave, personId), values));
  }
  for (const { form: code, day, answers } of sample.satisfaction) {
    const form = formOf(context, code);
    if (!form.ok) return refuse('activity.sampleDamaged');
    put(
      day,
      writesOf(sheet, newRecordId(answersSpace(id), random, context.hasher), {
        activityId: id,
        formId: form.value.id,
        answers,
        day: addDays(start, day - 1),
      }),
    );
  }
  return ok(
    [...byDay].map(([day, sheets]) => ({
      space: answersSpace(id),
      t: Date.parse(`${addDays(start, day - 1)}T00:00:00Z`),
      writes: shuffled(sheets, (length) => random.bytes(length)).flat(),
    })),
  );
}
