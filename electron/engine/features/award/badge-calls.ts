import { createHash } from 'node:crypto';
import path from 'node:path';
import { readAwardNumber } from '../../../../shared/features/award/award-number.ts';
import type { awardContract } from '../../../../shared/features/award/contract.ts';
import type { Handlers } from '../../../../shared/contract/rpc.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import type { EngineContext } from '../../context.ts';
import { spokenLanguagesOf } from '../activity/activity-rows.ts';
import { makeFolder, writeChosen } from '../written-file.ts';
import { awardByNumber } from './award-rows.ts';
import { badgeFiles } from './open-badges.ts';
import { standingAwards } from './printed-awards.ts';

type BadgeCalls = Pick<Handlers<typeof awardContract>, 'certificate.badge' | 'certificate.badges'>;

/** The calls that write certificates as Open Badges. */
export function badgeHandlers(context: EngineContext): BadgeCalls {
  const { reader } = context.store;
  const usualLanguage = (activityId: string) => spokenLanguagesOf(reader, activityId)[0] ?? 'en';
  const encoder = new TextEncoder();

  return {
    'certificate.badge': async ({ number, path: target, language, address }, call) => {
      const read = readAwardNumber(number);
      if (read === null) return refuse('certificate.numberWrong');
      const row = awardByNumber(reader, read);
      if (!row) return refuse('certificate.unknown', { number: read });
      const { activityId, kind, revokedOn } = row;
      if (revokedOn !== null) return refuse('certificate.revokedAlready', { number: read, day: revokedOn });
      const found = standingAwards(context, {
        ...{ activityId, language: language ?? usualLanguage(activityId) },
        options: { certificate: kind, address },
      });
      const awards = found.ok ? found.value.awards.filter((one) => one.number === read) : [];
      // Of somebody who was erased nothing is left that could be told.
      if (!found.ok || awards.length === 0) return refuse('certificate.unknown', { number: read });
      const files = await badgeFiles(context, { ...found.value, awards }, call);
      return files.ok ? writeChosen(target, encoder.encode(files.value[0]!.text)) : files;
    },

    'certificate.badges': async ({ activityId, kind, people, path: target, language, address }, call) => {
      const options = { certificate: kind, people, address };
      const found = standingAwards(context, { activityId, language: language ?? usualLanguage(activityId), options });
      if (!found.ok) return found;
      const folder = makeFolder(target);
      if (!folder.ok) return folder;
      const files = await badgeFiles(context, found.value, call);
      if (!files.ok) return files;
      const whole = createHash('sha256');
      let bytes = 0;
      for (const { name, text } of files.value) {
        if (call.signal.aborted) return refuse('job.cancelled');
        const written = await writeChosen(path.join(folder.value, name), encoder.encode(text));
        if (!written.ok) return written;
        bytes += written.value.bytes;
        whole.update(`${written.value.sha256}\n`);
      }
      return ok({ path: folder.value, bytes, sha256: whole.digest('hex'), files: files.value.length });
    },
  };
}
