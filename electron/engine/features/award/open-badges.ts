import { setImmediate } from 'node:timers/promises';
import type { CallContext } from '../../../../shared/contract/rpc.ts';
import { badgeOf, writeBadge } from '../../../../shared/features/award/open-badge.ts';
import type { CertificateToPrint, CertifiedWorkshop } from '../../../../shared/features/paper/certificates.ts';
import type { PaperWords } from '../../../../shared/features/paper/paper-words.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import type { AttachedFile } from '../../../../shared/node/papers/typesetter.ts';
import type { EngineContext } from '../../context.ts';

/** Certificates of a workshop as they are printed. */
interface ToldAwards {
  readonly activityId: Id;
  readonly workshop: CertifiedWorkshop;
  readonly awards: readonly CertificateToPrint[];
  readonly words: PaperWords;
}

/** Returns the badges of certificates that are printed, in their order, as files called by their numbers: signed by this laptop, as the code on the paper is. */
export async function badgeFiles(
  context: EngineContext,
  { activityId, workshop, awards, words }: ToldAwards,
  { signal, progress }: Pick<CallContext, 'signal' | 'progress'>,
): Promise<Result<readonly AttachedFile[], 'job.cancelled'>> {
  const { badgeProofs } = await import('./badge-proof.ts');
  const proofs = badgeProofs(context.resources);
  const signer = context.vault.signer();
  const when = words.format.days(workshop.start, workshop.end);
  const shared = {
    activityId,
    language: words.language,
    title: workshop.title,
    when: workshop.place === '' ? when : words.say('certificates.on', { when, place: workshop.place }),
    start: workshop.start,
    end: workshop.end,
    from: workshop.from.join(' · '),
  };
  const files: AttachedFile[] = [];
  for (const [done, { number, kind, name, issuedOn, code }] of awards.entries()) {
    // Other calls are answered in between.
    await setImmediate();
    if (signal.aborted) return refuse('job.cancelled');
    progress({ label: 'document.setting', done, total: awards.length, unit: 'items' });
    const facts = {
      ...{ ...shared, number, kind, name, issuedOn },
      heading: words.say(`certificates.${kind}.title`),
      earned: words.say(`certificates.${kind}.earned`, { title: workshop.title }),
      page: code.includes('#') ? { address: code, name: words.say('certificates.check') } : null,
    };
    const signed = await proofs.sign(badgeOf(facts, signer.publicKey, context.hasher), signer);
    files.push({ name: badgeFileName(number), text: writeBadge(signed) });
  }
  return ok(files);
}

export function badgeFileName(number: string): string {
  return `${number}.json`;
}
