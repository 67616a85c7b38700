import { fold } from '../../../kernel/text.ts';
import type { Stay } from './stay-times.ts';
import { statusOfWord } from './status-words.ts';

/** The kinds of line in a log: somebody came, or somebody went. */
export type Passage = 'in' | 'out';

const WORDS: Readonly<Record<Passage, string>> = {
  in:
    'joined,join,enter,entered,entry,in,check in,check-in,checkin,checked in,clock in,clock-in,clocked in,punch in,c/in,sign in,signed in,login,log in,logged in,logon,arrival,arrived,connected,' +
    'rejoint,a rejoint,rejoindre,entree,entre,est entre,est entree,arrivee,arrive,connexion,connecte,connectee,pointage entree,' +
    'entrada,entro,ingreso,ingresa,se unio,unido,unida,se conecto,conexion,llegada,llego,inicio de sesion,' +
    'entrou,ingressou,ingresso,chegada,chegou,ligacao,ligou-se,conectou-se,aderiu,juntou-se',
  out:
    'left,leave,leaved,exit,exited,out,check out,check-out,checkout,checked out,clock out,clock-out,clocked out,punch out,c/out,sign out,signed out,logout,log out,logged out,logoff,departure,departed,disconnected,' +
    'parti,partie,a quitte,quitte,quitter,sortie,sorti,est sorti,est sortie,depart,deconnexion,deconnecte,deconnectee,pointage sortie,' +
    'salida,salio,egreso,abandono,abandono la reunion,se fue,se retiro,se desconecto,desconexion,cierre de sesion,' +
    'saida,saiu,partida,desligou-se,desconectou-se',
};

const BY_WORD: ReadonlyMap<string, Passage> = new Map(
  (['in', 'out'] as const).flatMap((passage) => WORDS[passage].split(',').map((word) => [word, passage] as const)),
);

/** Letters of clocks, which say something only beside each other. */
const LETTERS: readonly (readonly [string, string])[] = [
  ['i', 'o'],
  ['e', 's'],
];

/** Whether a cell says that somebody came or went: *Joined before*, *Entrada T/E*; undefined for other words. `letters`: those that say so in its column. */
export function passageOf(cell: string, letters?: ReadonlyMap<string, Passage>): Passage | undefined {
  const text = fold(cell)
    .replace(/[.()]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const whole = BY_WORD.get(text) ?? letters?.get(text);
  if (whole !== undefined || statusOfWord(cell) !== undefined) return whole;
  const words = text.split(' ');
  for (let count = words.length - 1; count > 0; count--) {
    const found = BY_WORD.get(words.slice(0, count).join(' '));
    if (found) return found;
  }
  return undefined;
}

/** The letters of a column of comings and goings, where nothing else stands in it. */
export function passageLetters(cells: readonly string[]): ReadonlyMap<string, Passage> | undefined {
  const said = new Set(cells.map(fold));
  const pair = LETTERS.find((letters) => said.size === 2 && letters.every((letter) => said.has(letter)));
  return pair && new Map([[pair[0], 'in'] as const, [pair[1], 'out'] as const]);
}

/** Whether cells tell of comings and goings. Of words that are a status as well (*checked in*, *left*) there must be both. */
export function arePassages(cells: readonly string[]): boolean {
  const letters = passageLetters(cells);
  const said = cells.map((cell) => passageOf(cell, letters));
  const known = said.filter((passage) => passage !== undefined);
  if (known.length === 0 || known.length < cells.length * 0.8 || !known.includes('in')) return false;
  return known.includes('out') || cells.every((cell, at) => said[at] === undefined || statusOfWord(cell) === undefined);
}

/** A line of a log. */
export interface LoggedPassage {
  /** The same of all lines of one person on one day. */
  readonly key: string;
  readonly passage: Passage;
  /** Of the day. */
  readonly second: number;
}

/**
 * Returns the stay that each line makes, by its place: an arrival makes the stay that the next departure of that person and day ends (one that nobody ends
 * lasts to the end of the half-day), a departure that ends one nothing of its own. `alone`: somebody left who had not come.
 */
export function staysOfPassages(log: readonly LoggedPassage[]): (Stay | 'told' | 'alone')[] {
  const made: (Stay | 'told' | 'alone')[] = log.map(() => 'told');
  const byKey = new Map<string, number[]>();
  for (const [at, { key }] of log.entries()) byKey.set(key, [...(byKey.get(key) ?? []), at]);
  for (const places of byKey.values()) {
    let since: number | null = null;
    let wasThere = false;
    const inOrder = [...places].sort((a, b) => log[a]!.second - log[b]!.second || a - b);
    for (const at of inOrder) {
      const { passage, second } = log[at]!;
      const minute = Math.floor(second / 60);
      if (passage === 'in') {
        // Whoever comes in twice, as with two devices, has been there since the first.
        if (since !== null) continue;
        since = at;
        made[at] = { from: minute, to: null, minutes: null };
      } else if (since === null) made[at] = wasThere ? 'told' : 'alone';
      else {
        made[since] = { from: Math.floor(log[since]!.second / 60), to: minute, minutes: null };
        [since, wasThere] = [null, true];
      }
    }
  }
  return made;
}
