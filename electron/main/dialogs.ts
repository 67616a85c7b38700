import { existsSync } from 'node:fs';
import path from 'node:path';
import { dialog, shell, type BrowserWindow, type FileFilter } from 'electron';
import type { Chosen, FileKind, SaveKind, ShellAnswer } from '../../shared/contract/shell.ts';
import { safeName } from './file-names.ts';
import type { ShellWords } from './shell-words.ts';

const TABLES = ['csv', 'tsv', 'txt', 'xlsx'];
const READ: Readonly<Record<FileKind, readonly string[]>> = {
  people: TABLES,
  attendance: TABLES,
  answers: TABLES,
  calendar: ['txt', 'csv', 'tsv', 'xlsx'],
  material: [],
  backup: ['itinera', 'db'],
  pack: ['itinera'],
};
const WRITTEN: Readonly<Record<SaveKind, string>> = { csv: 'csv', xlsx: 'xlsx', backup: 'itinera', pack: 'itinera', material: '' };

function filters(extensions: readonly string[], label: string, words: ShellWords): FileFilter[] {
  const all = { name: words.filter.all, extensions: ['*'] };
  return extensions.length === 0 ? [all] : [{ name: label, extensions: [...extensions] }, all];
}

/** Asks for a file of this kind. */
export async function chooseFile(window: BrowserWindow, kind: FileKind, words: ShellWords): Promise<Chosen | null> {
  const answer = await dialog.showOpenDialog(window, {
    title: words.choose[kind],
    buttonLabel: words.button.choose,
    filters: filters(READ[kind], words.filter[kind], words),
    properties: ['openFile'],
  });
  const chosen = answer.canceled ? undefined : answer.filePaths[0];
  return chosen === undefined ? null : { path: chosen, name: path.basename(chosen) };
}

export async function chooseFolder(window: BrowserWindow, words: ShellWords): Promise<Chosen | null> {
  const answer = await dialog.showOpenDialog(window, {
    title: words.choose.folder,
    buttonLabel: words.button.choose,
    properties: ['openDirectory', 'createDirectory'],
  });
  const chosen = answer.canceled ? undefined : answer.filePaths[0];
  return chosen === undefined ? null : { path: chosen, name: path.basename(chosen) };
}

/** Asks where to write. A name typed without its extension gets it, unless that would replace a file unasked. */
export async function chooseSave(window: BrowserWindow, kind: SaveKind, suggestedName: string, words: ShellWords): Promise<Chosen | null> {
  const extension = WRITTEN[kind] === '' ? path.extname(suggestedName) : `.${WRITTEN[kind]}`;
  const answer = await dialog.showSaveDialog(window, {
    title: words.save[kind],
    buttonLabel: words.button.save,
    defaultPath: safeName(suggestedName),
    filters: filters(WRITTEN[kind] === '' ? [] : [WRITTEN[kind]], words.save[kind], words),
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  });
  if (answer.canceled || answer.filePath === '') return null;
  const completed = path.extname(answer.filePath) === '' ? answer.filePath + extension : answer.filePath;
  const chosen = completed !== answer.filePath && existsSync(completed) ? answer.filePath : completed;
  return { path: chosen, name: path.basename(chosen) };
}

/** Opens an https address in the user's browser if the user says so; anything else is not opened. */
export async function openLink(window: BrowserWindow, address: string, words: ShellWords): Promise<ShellAnswer> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return { ok: false, code: 'shell.kindNotOpened' };
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: words.openLink.question,
    detail: url.href,
    buttons: [words.openLink.open, words.button.cancel],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  if (response !== 0) return { ok: false, code: 'shell.cancelled' };
  await shell.openExternal(url.href);
  return { ok: true };
}
