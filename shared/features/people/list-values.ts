import { fold, type Language } from '../../kernel/text.ts';
import type { Profession } from '../../model/vocabularies.ts';

/**
 * The profession that a cell states in one of the four languages, in either gender; null when it cannot be told.
 * *Magistrat*, *magistrado*, *magistrate* are never mapped: in French and Portuguese the word includes prosecutors, in
 * English it is a lower-court judge.
 */
export function professionOf(text: string): Profession | null {
  const whole = PROFESSION_WORDS.get(keyOf(text));
  if (whole) return whole;
  const parts = text
    .replace(/\([^()]*\)/g, '')
    .split('/')
    .map((part) => PROFESSION_WORDS.get(keyOf(part)));
  const [first] = parts;
  return first && parts.every((part) => part === first) ? first : null;
}

/** The working language that a cell states by code (`fr`, `fr-FR`) or by name; of several the first that is one of ours, null where none is. */
export function languageOf(text: string): Language | null {
  for (const part of [text, ...text.split(/[/,;+|\s]+/u)]) {
    const found = LANGUAGE_WORDS.get(keyOf(part)) ?? LANGUAGE_WORDS.get(/^([a-z]{2})[-_][a-z]{2}$/.exec(fold(part))?.[1] ?? '');
    if (found) return found;
  }
  return null;
}

function keyOf(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]+/gu, '');
}

function wordMap<T extends string>(lists: readonly (readonly [T, string])[]): ReadonlyMap<string, T> {
  return new Map(lists.flatMap(([value, words]) => words.split(',').map((word) => [keyOf(word), value] as const)));
}

const LANGUAGE_WORDS = wordMap<Language>([
  ['en', 'en, eng, english, anglais, inglés, inglês, ang'],
  ['fr', 'fr, fra, fre, french, français, francés, francês'],
  ['es', 'es, esp, spa, spanish, espagnol, español, espanhol, castellano, castelhano'],
  ['pt', 'pt, por, portuguese, portugais, portugués, português'],
]);

const PROFESSION_WORDS = wordMap<Profession>([
  [
    'judge',
    'judge, juge, juez, jueza, juiz, juíza, juez/jueza, juiz/juíza, juge du siège, judge (bench), desembargador, desembargadora, judges',
  ],
  [
    'prosecutor',
    'prosecutor, public prosecutor, state prosecutor, deputy prosecutor, procureur, procureure, procureur/procureure, procureur de la République',
  ],
  [
    'prosecutor',
    'procureure de la République, procureur général, procureure générale, procureur adjoint, procureure adjointe, substitut, substitute',
  ],
  [
    'prosecutor',
    'substitut du procureur, substitute du procureur, substitut général, substitut du procureur de la République, fiscal, fiscala, fiscal adjunto',
  ],
  [
    'prosecutor',
    'fiscal adjunta, procurador, procuradora, procurador(a), procurador da República, procuradora da República, procurador-geral, procuradora-geral',
  ],
  [
    'investigatingJudge',
    'investigating judge, investigatingJudge, investigative judge, juge d’instruction, juez de instrucción, jueza de instrucción',
  ],
  [
    'investigatingJudge',
    'juez / jueza de instrucción, juiz / juíza de instrução, juez instructor, jueza instructora, juiz de instrução, juíza de instrução, examining judge',
  ],
  [
    'lawEnforcement',
    'law enforcement, lawEnforcement, law enforcement officer, law enforcement authorities, police, police officer, policeman, policewoman',
  ],
  [
    'lawEnforcement',
    'policier, policière, gendarme, gendarmerie, officier de police, officier de police judiciaire, OPJ, services répressifs, service répressif',
  ],
  [
    'lawEnforcement',
    'forces de l’ordre, police judiciaire, policía, policía judicial, agente de policía, fuerzas del orden, polícia, polícia judiciária',
  ],
  [
    'lawEnforcement',
    'agente da polícia, autoridades policiais, órgão de polícia criminal, órgãos de polícia criminal, investigator, enquêteur, enquêtrice',
  ],
  [
    'lawEnforcement',
    'investigador, investigadora, inspector, inspectora, inspetor, inspetora, inspecteur, inspectrice, inspecteur de police, guardia civil',
  ],
  [
    'courtStaff',
    'court staff, courtStaff, court clerk, clerk, registrar, court registrar, greffier, greffière, greffier en chef, greffière en chef',
  ],
  [
    'courtStaff',
    'personnel judiciaire, personnel des tribunaux, secretario judicial, secretaria judicial, letrado de la Administración de Justicia',
  ],
  [
    'courtStaff',
    'personal judicial, funcionario judicial, funcionaria judicial, oficial de justiça, escrivão, escrivã, funcionário judicial, funcionária judicial',
  ],
  [
    'lawyer',
    'lawyer, attorney, defence lawyer, defense lawyer, barrister, solicitor, advocate, avocat, avocate, abogado, abogada, advogado, advogada',
  ],
  [
    'trainingInstitution',
    'training institution, trainingInstitution, judicial training institution, institution de formation, institution de formation judiciaire',
  ],
  [
    'trainingInstitution',
    'institución de formación, institución de formación judicial, instituição de formação, instituição de formação judiciária',
  ],
  ['other', 'other, autre, otro, otra, outro, outra'],
]);
