import { existsSync } from 'node:fs';
import path from 'node:path';
import { dialog, shell, type BrowserWindow, type FileFilter } from 'electron';
import type { Question } from '../../shared/contract/engine-process.ts';
import type { ChosenPath, FileKind, SaveKind, ShellAnswer } from '../../shared/contract/shell.ts';
import { filled } from './filled-words.ts';
import { safeName, TABLES } from './file-names.ts';
import type { ShellWords } from './shell-words.ts';

const READ: Readonly<Record<FileKind, readonly string[]>> = {
  people: TABLES,
  attendance: TABLES,
  answers: TABLES,
  calendar: ['txt', 'csv', 'tsv', 'xlsx', 'ics'],
  material: [],
  certificate: ['json', 'txt'],
  backup: ['itinera-backup', 'itinera', 'db'],
  pack: ['itinera'],
  course: ['zip', 'xlsx'],
};
const WRITTEN: Readonly<Record<SaveKind, string>> = {
  csv: 'csv',
  xlsx: 'xlsx',
  ics: 'ics',
  pdf: 'pdf',
  docx: 'docx',
  badge: 'json',
  backup: 'itinera-backup',
  pack: 'itinera',
  material: '',
  course: 'zip',
  cartridge: 'imscc',
};

function filters(extensions: readonly string[], label: string, words: ShellWords): FileFilter[] {
  const all = { name: words.filter.all, extensions: ['*'] };
  return extensions.length === 0 ? [all] : [{ name: label, extensions: [...extensions] }, all];
}

/** Asks for a file of this kind. */
export async function chooseFile(window: BrowserWindow, kind: FileKind, words: ShellWords): Promise<ChosenPath | null> {
  const answer = await dialog.showOpenDialog(window, {
    title: words.choose[kind],
    buttonLabel: words.button.choose,
    filters: filters(READ[kind], words.filter[kind], words),
    properties: ['openFile'],
  });
  const chosen = answer.canceled ? undefined : answer.filePaths[0];
  return chosen === undefined ? null : { path: chosen, name: path.basename(chosen) };
}

export async function chooseFolder(window: BrowserWindow, words: ShellWords): Promise<ChosenPath | null> {
  const answer = await dialog.showOpenDialog(window, {
    title: words.choose.folder,
    buttonLabel: words.button.choose,
    properties: ['openDirectory', 'createDirectory'],
  });
  const chosen = answer.canceled ? undefined : answer.filePaths[0];
  return chosen === undefined ? null : { path: chosen, name: path.basename(chosen) };
}

/** Asks where to write. A name typed without its extension gets it, unless that would replace a file unasked. */
export async function chooseSave(
  window: BrowserWindow,
  kind: SaveKind,
  suggestedName: string,
  words: ShellWords,
): Promise<ChosenPath | null> {
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

/** A question with one verb to do it and *cancel*, which is what Enter says: it may have been pressed for something else. */
async function agrees(
  window: BrowserWindow,
  question: { message: string; detail: string; verb: string },
  words: ShellWords,
): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: question.message,
    detail: question.detail,
    buttons: [question.verb, words.button.cancel],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}

/** Asks whether what a page asked the engine for is what the user wants: what exactly will happen, with whom. */
export function askWhether(window: BrowserWindow, { call, values }: Question, words: ShellWords): Promise<boolean> {
  const plain = call === 'sync.enrol' && !/^https:/i.test(values['address'] ?? '');
  const said = words.ask[QUESTION_WORDS[call]];
  const detail = plain ? `${said.detail}\n\n${words.ask.plain}` : said.detail;
  return agrees(window, { message: filled(said.question, values), detail: filled(detail, values), verb: said.verb }, words);
}

const QUESTION_WORDS = {
  'sync.enrol': 'enrol',
  'sync.lanOpen': 'room',
  'sync.lanServe': 'room',
  'sync.lanPair': 'far',
  'sync.lanRun': 'far',
  'sync.lanConfirm': 'pair',
  'people.erase': 'erase',
  'store.restore': 'restore',
} as const satisfies Record<Question['call'], keyof ShellWords['ask']>;

/** Asks before a file is opened that may hold macros. */
export function askAboutMacros(window: BrowserWindow, name: string, words: ShellWords): Promise<boolean> {
  return agrees(
    window,
    { message: filled(words.ask.macros.question, { name }), detail: words.ask.macros.detail, verb: words.ask.macros.verb },
    words,
  );
}

/** Opens an https address in the user's browser if the user says so; anything else is not opened. */
export async function openLink(window: BrowserWindow, address: string, words: ShellWords): Promise<ShellAnswer> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return { ok: false, code: 'shell.kindNotOpened' };
  const agreed = await agrees(window, { message: words.openLink.question, detail: url.href, verb: words.openLink.open }, words);
  if (!agreed) return { ok: false, code: 'shell.cancelled' };
  await shell.openExternal(url.href);
  return { ok: true };
}
