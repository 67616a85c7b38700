import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { app } from 'electron';
import { RAILS, THEMES, type Look } from '../../shared/kernel/look.ts';
import { LANGUAGES } from '../../shared/kernel/text.ts';

const file = () => path.join(app.getPath('userData'), 'look.json');

/**
 * Language, theme and menu as the window last had them, so that its first picture is right before the engine has opened its store,
 * whose settings are the truth. Null at the first start.
 */
export function lastLook(): Look | null {
  try {
    const { language, theme, rail } = JSON.parse(readFileSync(file(), 'utf8')) as Partial<Look>;
    const known = { language: LANGUAGES.find((one) => one === language), theme: THEMES.find((one) => one === theme) };
    if (!known.language || !known.theme) return null;
    // An earlier version kept none.
    return { language: known.language, theme: known.theme, rail: RAILS.find((one) => one === rail) ?? 'byWidth' };
  } catch {
    return null;
  }
}

/** Writes the look for the next start; where that cannot be written, the next start is a first one. */
export async function saveLook(look: Look): Promise<void> {
  try {
    await writeFile(`${file()}.part`, JSON.stringify(look));
    await rename(`${file()}.part`, file());
  } catch {
    return;
  }
}
