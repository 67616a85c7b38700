import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { CallContext, Handlers } from '../../../../../shared/contract/rpc.ts';
import type { exchangeContract } from '../../../../../shared/features/course/exchange/contract.ts';
import { folderOf, nameOf } from '../../../../../shared/features/course/exchange/pack-texts.ts';
import { openPack, PACK_LIMITS, sealPack, type PackEntry, type PackManifest } from '../../../../../shared/features/course/exchange/pack.ts';
import type { ValueOf } from '../../../../../shared/features/course/upstream.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../../shared/kernel/result.ts';
import { newestPerLanguage } from '../../../../../shared/features/material/rules.ts';
import { formats } from '../../../../../shared/kernel/formats.ts';
import { LANGUAGES, type Language } from '../../../../../shared/kernel/text.ts';
import { labelKey } from '../../../../../shared/model/entity.ts';
import { course as courseEntity, session as sessionEntity } from '../../../../../shared/model/course.ts';
import { titleOf } from '../../../../../shared/model/title.ts';
import { nodeVerifier } from '../../../../../shared/node/crypto.ts';
import { unzipCapped, zipDeflated } from '../../../../../shared/node/tables/zip-entries.ts';
import { encodeCertificate } from '../../../../../shared/sync/certificate.ts';
import { replicaIdOf } from '../../../../../shared/sync/change-set.ts';
import type { FieldValue } from '../../../../../shared/sync/types.ts';
import { fromHex } from '../../../../../shared/kernel/hex.ts';
import type { EngineContext } from '../../../context.ts';
import { isRevoked } from '../../../sync/revocations.ts';
import { certificateBy, repositoryHere } from '../../../sync/usb/trust.ts';
import { findCourse, withSessions } from '../../library/course.ts';
import { writeChosen } from '../../written-file.ts';
import { standing, valuesOf, type Snapshot } from '../published.ts';
import { courseFiles } from './course-files.ts';
import { importedCourse } from './pack-import.ts';

type PackCalls = 'course.exportPack' | 'course.importPack';

/** Returns the handlers of the calls that write a course as one file, and open one. */
export function packHandlers(context: EngineContext): Pick<Handlers<typeof exchangeContract>, PackCalls> {
  const { store, hasher } = context;
  const { reader } = store;
  return {
    'course.exportPack': async ({ courseId, path: target, files: withFiles }, call) => {
      const found = findCourse(reader, courseId);
      if (!found) return refuse('course.unknown');
      const { id, space } = found.summary;
      const parts = standing(reader, id);
      const valueOf = valuesOf(reader, parts);
      const gathered = withFiles ? await materialsOf(context, id, call) : ok({ materials: [], entries: [], left: 0 });
      if (!gathered.ok) return gathered;
      const { materials, entries, left } = gathered.value;
      const folder = folderOf(withSessions(found), (language) => ({
        field: (field) =>
          context.translate(
            language,
            field === 'description' || field === 'audience' ? labelKey(courseEntity, field) : labelKey(sessionEntity, field),
          ),
        minutes: (minutes) => context.translate(language, 'course:minutes', { minutes: formats(language, '').number(minutes) }),
      }));
      const certificate = context.trust.certificateOf(store.replica);
      const sealed = sealPack(
        { space, madeAt: new Date(context.clock.now()).toISOString(), parts: parts.map((part) => packed(part, valueOf)), materials },
        [...folder, ...entries],
        certificate && encodeCertificate(certificate),
        { signer: context.vault.signer(), hasher },
      );
      if (call.signal.aborted) return refuse('job.cancelled');
      const written = await writeChosen(target, zipDeflated(sealed));
      return written.ok ? ok({ path: written.value.path, bytes: written.value.bytes, left }) : written;
    },

    'course.importPack': async ({ courseId, path: source, apply }, call) => {
      call.progress({ label: 'exchange.readingPack', done: 0, total: 1, unit: 'items' });
      const entries = await entriesOf(path.resolve(source));
      if (!entries.ok) return entries;
      const opened = openPack(entries.value, { hasher, verifier: nodeVerifier() });
      if (!opened.ok) return opened;
      const { publicKey, certificate } = opened.value;
      if (isRevoked(context.settings, replicaIdOf(fromHex(publicKey), hasher))) return refuse('exchange.packRevoked');
      const repository = repositoryHere(context.settings);
      const by =
        repository === null || certificate === null ? null : certificateBy(repository, certificate, { hasher, verifier: nodeVerifier() });
      if (call.signal.aborted) return refuse('job.cancelled');
      const made = await importedCourse(context, opened.value, courseId, apply, call);
      if (!made.ok) return made;
      const { parts } = opened.value.manifest;
      const counted = (type: string) => parts.filter((part) => part.type === type).length;
      return ok({
        ...{ ...made.value, copies: [...made.value.copies], signedBy: by?.name ?? '' },
        ...{ title: titleIn(parts[0]!.values), modules: counted('module'), sessions: counted('session') },
      });
    },
  };
}

/** A part with its values as they are shown; what this program cannot read is left out. */
function packed({ type, id, heads }: Snapshot, valueOf: ValueOf): PackManifest['parts'][number] {
  const values = Object.entries(heads).flatMap(([register, [first]]): [string, FieldValue][] => {
    const value = first === undefined ? undefined : valueOf(first);
    return value === undefined || value === null ? [] : [[register, value]];
  });
  return {
    type,
    id,
    values: Object.fromEntries(values),
    heads: Object.fromEntries(Object.entries(heads).map(([register, ids]) => [register, [...ids]])),
  };
}

/** The title that a pack gives its course, in each language. */
function titleIn(values: Readonly<Record<string, unknown>>): Partial<Record<Language, string>> {
  return Object.fromEntries(
    LANGUAGES.flatMap((language) => {
      const title = values[`title@${language}`];
      return typeof title === 'string' && title !== '' ? [[language, title]] : [];
    }),
  );
}

interface Gathered {
  readonly materials: PackManifest['materials'];
  readonly entries: PackEntry[];
  /** How many files are not in the pack: for some only, or not on this laptop. */
  readonly left: number;
}

/** The materials of a course that everybody may have, with the newest file of each language. */
async function materialsOf(
  context: EngineContext,
  courseId: Id,
  call: CallContext,
): Promise<Result<Gathered, 'exchange.packTooLarge' | 'job.cancelled'>> {
  const gathered = await courseFiles(context, courseId, newestPerLanguage, call);
  if (!gathered.ok) return gathered;
  const entries = new Map<string, Uint8Array>();
  const materials = gathered.value.materials.map(({ row, versions }) => ({
    ...{ title: titleOf(row), kind: row.kind, audience: row.audience },
    versions: versions.map(({ language, fileName, type, sha256, bytes }) => {
      const name = `files/${sha256.slice(0, 16)} ${nameOf(path.parse(fileName).name)}${path.extname(fileName).replace(/[^.A-Za-z0-9]/g, '')}`;
      entries.set(name, bytes);
      return { language, fileName, type, path: name };
    }),
  }));
  return ok({ materials, entries: [...entries].map(([name, bytes]) => ({ name, bytes })), left: gathered.value.left });
}

async function entriesOf(
  source: string,
): Promise<Result<PackEntry[], 'exchange.packMalformed' | 'exchange.packTooLarge' | 'file.missing' | 'file.unreadable'>> {
  try {
    const about = await stat(source);
    if (!about.isFile()) return refuse('file.unreadable');
    if (about.size > PACK_LIMITS.bytes) return refuse('exchange.packTooLarge', { megabytes: PACK_LIMITS.bytes / 1024 ** 2 });
    const entries = unzipCapped(await readFile(source), () => true, { entries: PACK_LIMITS.entries, bytes: PACK_LIMITS.bytes });
    return entries ? ok(entries) : refuse('exchange.packMalformed');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return refuse(code === 'ENOENT' || code === 'ENOTDIR' ? 'file.missing' : 'file.unreadable');
  }
}
