import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  channelOf,
  CONNECT_CHANNEL,
  ENGINE_CHANNEL,
  START_ARGUMENT,
  type AtStart,
  type Dropped,
  type FromShell,
  type Shell,
  type ShellQuestion,
} from '../shared/contract/shell.ts';

/** One question, with the arguments and the answer that the shell's type gives it. */
function ask<Q extends ShellQuestion>(question: Q): Shell[Q] {
  return ((...args: unknown[]) => ipcRenderer.invoke(channelOf(question), args)) as Shell[Q];
}

const given = process.argv.find((arg) => arg.startsWith(START_ARGUMENT))?.slice(START_ARGUMENT.length);
const atStart: AtStart = given === undefined ? { systemLanguage: 'en', lastLook: null } : (JSON.parse(given) as AtStart);

const shell: Shell = {
  platform: process.platform as Shell['platform'],
  ...atStart,
  lastDays: ask('lastDays'),
  chooseFile: ask('chooseFile'),
  chooseSave: ask('chooseSave'),
  chooseFolder: ask('chooseFolder'),
  showSaved: ask('showSaved'),
  // The path is asked of the browser, never taken from the page: a file that the page made itself has none.
  takeDropped: async (files) => {
    const dropped = (files as readonly File[]).map((file) => ({ name: file.name, path: webUtils.getPathForFile(file) }));
    const paths = dropped.map(({ path }) => path).filter((path) => path !== '');
    const taken = (await ipcRenderer.invoke(channelOf('takeDropped'), [paths])) as Dropped;
    return { ...taken, others: [...taken.others, ...dropped.filter(({ path }) => path === '').map(({ name }) => name)] };
  },
  openMaterial: ask('openMaterial'),
  saveMaterial: ask('saveMaterial'),
  openLink: ask('openLink'),
  setLook: ask('setLook'),
  restartEngine: ask('restartEngine'),
  restoreStore: ask('restoreStore'),
};
contextBridge.exposeInMainWorld('shell', shell);

// A port that came before the page was parsed would be posted to nobody.
const parsed = new Promise<void>((resolve) => window.addEventListener('DOMContentLoaded', () => resolve(), { once: true }));
ipcRenderer.on(ENGINE_CHANNEL, (event, message: FromShell) => {
  void parsed.then(() => window.postMessage(message, window.location.origin, [...event.ports]));
});
ipcRenderer.send(CONNECT_CHANNEL);
