import { contextBridge, ipcRenderer } from 'electron';
import {
  channelOf,
  CONNECT_CHANNEL,
  ENGINE_CHANNEL,
  LANGUAGE_ARGUMENT,
  type FromShell,
  type Shell,
  type ShellQuestion,
} from '../shared/contract/shell.ts';
import type { Language } from '../shared/kernel/text.ts';

/** One question, with the arguments and the answer that the shell's type gives it. */
function ask<Q extends ShellQuestion>(question: Q): Shell[Q] {
  return ((...args: unknown[]) => ipcRenderer.invoke(channelOf(question), args)) as Shell[Q];
}

const shell: Shell = {
  platform: process.platform as Shell['platform'],
  systemLanguage: (process.argv.find((arg) => arg.startsWith(LANGUAGE_ARGUMENT))?.slice(LANGUAGE_ARGUMENT.length) ?? 'en') as Language,
  chooseFile: ask('chooseFile'),
  chooseSave: ask('chooseSave'),
  chooseFolder: ask('chooseFolder'),
  openMaterial: ask('openMaterial'),
  saveMaterial: ask('saveMaterial'),
  openLink: ask('openLink'),
  setLanguage: ask('setLanguage'),
  restartEngine: ask('restartEngine'),
};
contextBridge.exposeInMainWorld('shell', shell);

// A port that came before the page was parsed would be posted to nobody.
const parsed = new Promise<void>((resolve) => window.addEventListener('DOMContentLoaded', () => resolve(), { once: true }));
ipcRenderer.on(ENGINE_CHANNEL, (event, message: FromShell) => {
  void parsed.then(() => window.postMessage(message, window.location.origin, [...event.ports]));
});
ipcRenderer.send(CONNECT_CHANNEL);
