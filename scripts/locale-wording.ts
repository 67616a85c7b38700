// How a text of each language is written: signs and their spaces, and the words that it does not use beside its own.
import { INTL_LOCALE } from '../shared/kernel/formats.ts';
import type { Language } from '../shared/kernel/text.ts';

/** A text that has words; a key's name (`?`, `/`) is a sign and takes no space. */
const WORDS = /\p{L}{2,}|\{\{/u;
/** A straight apostrophe in or after a word; those around an argument of the command line are its own. */
const STRAIGHT = /\p{L}'\p{L}|s'(?=\s\p{L})/u;
const FRENCH_SIGNS: readonly (readonly [sign: RegExp, space: string])[] = [
  [/(?<!\u202f)[;?!]/, 'U+202F before ; ? !'],
  // Not in 9:30, https:// or an argument such as country:XX, {"call": …}.
  [/(?<![\u00a0"]):(?=\s|$)/, 'U+00A0 before :'],
  [/«(?!\u00a0)|(?<!\u00a0)»/, 'U+00A0 inside « »'],
];

/** A half as a percentage of a language: the percentages that a sentence takes are written by Intl. */
const percent = (language: Language) => new Intl.NumberFormat(INTL_LOCALE[language], { style: 'percent' }).format(0.5);

/** Returns the faults of the signs of a text and the spaces beside them. */
export function signFaults(language: Language, text: string): string[] {
  if (!WORDS.test(text) && !text.includes('%')) return [];
  const faults: string[] = [];
  if (STRAIGHT.test(text)) faults.push('has a straight apostrophe');
  for (const [sign] of text.matchAll(/(?<=[\d}])\s*%/g)) {
    if (`50${sign}` !== percent(language)) faults.push(`writes a percentage otherwise than ${percent(language)}`);
  }
  if (language === 'fr') for (const [sign, wanted] of FRENCH_SIGNS) if (sign.test(text)) faults.push(`lacks ${wanted}`);
  return faults;
}

interface Term {
  /** How it is not said here. */
  readonly not: RegExp;
  readonly but: string;
}

/** One word for one thing: what each language calls it, and what it therefore does not. */
const TERMS: Readonly<Record<Language, readonly Term[]>> = {
  en: [],
  fr: [
    { not: /\bdépôts?\b/iu, but: 'répertoire' },
    { not: /\bordres? du jour\b/iu, but: 'programme' },
    { not: /\bhors ligne\b/iu, but: 'hors connexion' },
    { not: /\bcoordinat(eur|rice)s?\b/iu, but: 'coordonnateur' },
    { not: /\b(adresses? électroniques?|e-?mails?)\b/iu, but: 'courriel' },
    { not: /\bfeuilles? de présences?\b/iu, but: 'feuille d’émargement' },
    { not: /\bmarques?\b/iu, but: 'pointage' },
    { not: /\bcherch(er|ez|e|ent|é|és|ée|ées)(?![\p{L}])/iu, but: 'rechercher' },
    { not: /\bgard(er|ez|e|ent|é|ée|és|ées)(?![\p{L}])/iu, but: 'conserver, or enregistrer for what is entered' },
  ],
  es: [
    { not: /\bordenador(es)?\b/iu, but: 'equipo' },
    { not: /\bAjustes\b/u, but: 'Configuración' },
    { not: /(?<!\b(aún|todavía) no )\bse han?\b/iu, but: 'the preterite' },
    { not: /\bañad/iu, but: 'agregar' },
    { not: /\bquit(ar|a|an|ó|aron|ad[oa]s?|e)(?![\p{L}])/iu, but: 'retirar' },
    { not: /\bvídeos?\b/iu, but: 'video' },
    { not: /\bIntro\b/u, but: 'Enter' },
    { not: /\bagendas?\b/iu, but: 'programa' },
    { not: /\bsin marcar?(?![\p{L}])/iu, but: 'por marcar' },
  ],
  // European, as in Portugal and in Cabo Verde.
  pt: [
    { not: /\bmeios?-dias?\b/iu, but: 'meio dia: with a hyphen it is noon' },
    { not: /\bacrescent/iu, but: 'adicionar' },
    { not: /\bjunt(ar|e|ou)(?![\p{L}])/iu, but: 'adicionar' },
    { not: /\boffline\b/iu, but: 'sem ligação' },
    { not: /\bagendas?\b/iu, but: 'programa' },
    {
      not: /\b(você|vocês|arquivos?|usuári[oa]s?|telas?|salvar|salv[oa]s?|celular(es)?|baixar|equipes?|registros?|gerenciar|planilhas?|treinamentos?|deletar|deletad[oa]s?|clicar|acessar|compartilhar|mouse|conex(ão|ões) com a internet wifi|backups?)\b/i,
      but: 'the word of Portugal',
    },
  ],
};

/** The words of a text that its language has another word for. */
export function termFaults(language: Language, text: string): string[] {
  const bare = text.replace(/\{\{[^}]*\}\}/g, '');
  return TERMS[language].flatMap(({ not, but }) => {
    const found = not.exec(bare);
    return found ? [`says “${found[0]}”, not ${but}`] : [];
  });
}

/** Values that are texts. */
const TEXTS = new Set(['name', 'names', 'title', 'when', 'size', 'reason', 'typed']);
/** Figures with decimals or in a list, which come written; the plural goes by their number where a text has no other. */
const WRITTEN = new Set(['points', 'gain', 'hours', 'days']);

/** Returns the faults of how a text counts: `{{count}}` chooses the plural form, so it is the number that the text shows first. */
export function countFaults(text: string, isPlural: boolean): string[] {
  const values = [...text.matchAll(/\{\{\s*-?\s*([^},\s]+)/g)].map((match) => match[1]!).filter((value) => !TEXTS.has(value));
  const counts = values.includes('count');
  if (!isPlural) return counts ? ['takes {{count}} and has no plural forms'] : [];
  if (!counts && WRITTEN.has(values[0] ?? '')) return [];
  const first = values.find((value) => !WRITTEN.has(value));
  return first === undefined || first === 'count' ? [] : [`shows {{${first}}} first and counts by {{count}}`];
}
