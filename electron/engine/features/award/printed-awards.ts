import { createHash } from 'node:crypto';
import path from 'node:path';
import type { CallContext } from '../../../../shared/contract/rpc.ts';
import { awardNumber } from '../../../../shared/features/award/award-number.ts';
import { certificates, type CertificateToPrint, type CertifiedWorkshop } from '../../../../shared/features/paper/certificates.ts';
import { paperWords, type PaperWords } from '../../../../shared/features/paper/paper-words.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { textIn, type Language } from '../../../../shared/kernel/text.ts';
import type { AwardKind } from '../../../../shared/model/vocabularies.ts';
import type { AttachedFile, Paper, SettingRefusal } from '../../../../shared/node/papers/typesetter.ts';
import type { EngineContext } from '../../context.ts';
import { activityRow } from '../activity/activity-rows.ts';
import { listOf, peopleOf, workshopOf } from '../activity/workshop.ts';
import { linkedPeople } from '../attendance/linked-marks.ts';
import { makeFolder, writeChosen, type WrittenFile } from '../written-file.ts';
import { awardsOf } from './award-rows.ts';
import { tokensOf } from './awards.ts';
import { foundDesign, printedDesign, type PrintedDesign } from './design-rows.ts';
import { badgeFiles } from './open-badges.ts';

/** Which certificates are printed, and how. */
export interface CertificateOptions {
  readonly certificate?: AwardKind | undefined;
  readonly people?: readonly Id[] | undefined;
  readonly address?: string | undefined;
  readonly files?: boolean | undefined;
  /** Without the design that the workshop chose. */
  readonly plain?: boolean | undefined;
}

interface Wanted {
  readonly activityId: Id;
  readonly language: Language;
  readonly options?: CertificateOptions | undefined;
}

/** The certificates of a workshop that stand, in the order of its list. */
export interface StandingAwards {
  readonly activityId: Id;
  readonly workshop: CertifiedWorkshop;
  readonly awards: readonly CertificateToPrint[];
  readonly words: PaperWords;
}

/** The same with the design in which they are printed. */
export interface PrintedAwards extends StandingAwards {
  /** Null: Itinera's own design. */
  readonly printed: PrintedDesign | null;
}

/** Returns the certificates of a workshop that stand; refuses `document.empty` where none does. */
export function standingAwards(
  context: EngineContext,
  { activityId, language, options = {} }: Wanted,
): Result<StandingAwards, 'activity.unknown' | 'document.empty'> {
  const { reader } = context.store;
  const found = workshopOf(reader, activityId);
  if (!found.ok) return found;
  const row = activityRow(reader, activityId);
  if (!row) return refuse('activity.unknown');
  const { title, start, end } = found.value;
  const { standsFor } = linkedPeople(reader, activityId);
  const order = new Map(peopleOf(reader, activityId).map(({ id }, at) => [id, at]));
  const placeOf = (person: Id): number => order.get(standsFor(person)) ?? order.size;
  const token = tokensOf(context, title, language);
  const awards = awardsOf(reader, activityId, options.certificate ?? 'attendance')
    .filter(({ personId }) => options.people === undefined || options.people.includes(standsFor(personId)))
    .toSorted((a, b) => placeOf(a.personId) - placeOf(b.personId))
    .flatMap((award): CertificateToPrint[] => {
      const digits = token(award);
      if (digits === '') return [];
      const code = options.address === undefined ? digits : `${options.address}#${digits}`;
      return [{ number: awardNumber(award.id), kind: award.kind, name: award.name!, issuedOn: award.issuedOn!, code }];
    });
  if (awards.length === 0) return refuse('document.empty');
  const workshop = {
    title: textIn(title, language),
    start,
    end,
    place: row.place ?? '',
    from: [...listOf(row.projects), ...listOf(row.partners)],
  };
  return ok({ activityId, workshop, awards, words: paperWords(context, language) });
}

/**
 * Returns the certificates that are to be printed, in the design of their workshop; refuses `certificate.designAway` where the design or a picture of it is not on this laptop: nobody
 * is handed a paper without the emblem unasked.
 */
export async function certificatesOf(
  context: EngineContext,
  wanted: Wanted,
): Promise<Result<PrintedAwards, 'activity.unknown' | 'certificate.designAway' | 'document.empty'>> {
  const standing = standingAwards(context, wanted);
  if (!standing.ok) return standing;
  const designId = activityRow(context.store.reader, wanted.activityId)?.awardDesignId ?? null;
  const printed = wanted.options?.plain === true ? ok(null) : await chosenDesign(context, designId);
  return printed.ok ? ok({ ...standing.value, printed: printed.value }) : printed;
}

async function chosenDesign(context: EngineContext, id: Id | null): Promise<Result<PrintedDesign | null, 'certificate.designAway'>> {
  if (id === null) return ok(null);
  const found = foundDesign(context.store.reader, id);
  if (!found.ok) return refuse('certificate.designAway');
  const printed = await printedDesign(context, found.value);
  return printed.isWhole ? ok(printed) : refuse('certificate.designAway');
}

/** Certificates as one paper, a page each, with the same as Open Badges in its file. */
export function certificatesPaper(
  { workshop, awards, words, printed }: Omit<PrintedAwards, 'activityId'>,
  badges: readonly AttachedFile[],
): Paper {
  return {
    template: 'certificates',
    given: { certificates: certificates(workshop, awards, words, printed?.design) },
    codes: awards.map(({ code }) => code),
    standard: 'archived',
    attached: badges,
    ...(printed && { pictures: printed.pictures }),
  };
}

/**
 * Writes a file for each certificate into a folder, called by its number: a name in the name of a file would be read by whoever sees the folder. Cancelled, those that are written
 * are whole.
 */
export async function writeCertificates(
  context: EngineContext,
  wanted: Wanted,
  folder: string,
  call: CallContext,
): Promise<
  Result<
    WrittenFile & { pages: number; files: number },
    SettingRefusal | 'activity.unknown' | 'certificate.designAway' | 'document.empty' | 'file.notWritable'
  >
> {
  const found = await certificatesOf(context, wanted);
  if (!found.ok) return found;
  const made = makeFolder(folder);
  if (!made.ok) return made;
  const badges = await badgeFiles(context, found.value, call);
  if (!badges.ok) return badges;
  const { awards } = found.value;
  const whole = createHash('sha256');
  let [bytes, pages] = [0, 0];
  const setAt = (at: number) => {
    const [award] = awards.slice(at, at + 1);
    return (
      award && context.typesetter.set(certificatesPaper({ ...found.value, awards: [award] }, badges.value.slice(at, at + 1)), call.signal)
    );
  };
  let set = await setAt(0);
  for (const [done, award] of awards.entries()) {
    call.progress({ label: 'document.setting', done, total: awards.length, unit: 'items' });
    if (!set!.ok) return set!;
    if (call.signal.aborted) return refuse('job.cancelled');
    // One is written while the next is set.
    const file = path.join(made.value, `${award.number}.pdf`);
    const [written, next] = await Promise.all([writeChosen(file, set!.value.bytes), setAt(done + 1)]);
    if (!written.ok) return written;
    bytes += written.value.bytes;
    pages += set!.value.pages;
    whole.update(`${written.value.sha256}\n`);
    set = next;
  }
  return ok({ path: made.value, bytes, pages, sha256: whole.digest('hex'), files: awards.length });
}
