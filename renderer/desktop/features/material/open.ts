import i18next from 'i18next';
import { CallRefused } from '../../../../shared/contract/rpc.ts';
import type { ShellAnswer } from '../../../../shared/contract/shell.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import { call } from '../../app/connection.ts';
import { sayRefusal } from '../../app/frame/notices.tsx';

/** Opens a material (or one of its versions) in the user's own program, as a copy; says why where it cannot. */
export function openMaterial(id: Id, language: Language): Promise<void> {
  return hand(id, language, (sha256, name) => window.shell.openMaterial(sha256, name));
}

/** Asks where to, and writes a copy of a material there. */
export function saveMaterialCopy(id: Id, language: Language): Promise<void> {
  return hand(id, language, (sha256, name) => window.shell.saveMaterial(sha256, name));
}

async function hand(id: Id, language: Language, give: (sha256: string, name: string) => Promise<ShellAnswer>): Promise<void> {
  try {
    const file = await call('material.file', { id, language });
    const answer = await give(file.sha256, file.name);
    if (!answer.ok && answer.code !== 'shell.cancelled') sayRefusal({ message: i18next.t(`errors:${answer.code}`) });
  } catch (error) {
    if (!(error instanceof CallRefused)) throw error;
    sayRefusal(error);
  }
}
