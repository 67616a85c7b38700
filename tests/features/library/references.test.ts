import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLibrarySources } from '../../../scripts/library-sources.ts';
import { LANGUAGES, type Language } from '../../../shared/kernel/text.ts';
import { openTestEngine, ROOT, type TestEngine } from '../../support/laptops/engine.ts';
import { readPdf } from '../../support/papers/pdf-text.ts';

/** Cards of platforms elsewhere, and templates that are printed in two languages side by side. */

interface Card {
  readonly id: string;
  readonly title: Record<string, string>;
  readonly limits: Record<string, string>;
  readonly audience: string;
  readonly spoken: readonly string[];
  readonly link: string;
}
interface Template {
  readonly id: string;
  readonly title: Record<Language, string>;
  readonly parts: readonly { readonly id: string; readonly text: Record<Language, string> }[];
}

const { materials } = readLibrarySources(path.join(ROOT, 'resources'));
const folder = mkdtempSync(path.join(tmpdir(), 'itinera-references-'));
let engine: TestEngine;
let templates: readonly Template[];
beforeAll(async () => {
  engine = await openTestEngine(path.join(folder, 'data'));
  templates = await engine.call<Template[]>('material.templates');
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const titled = (words: string): Template => templates.find(({ title }) => title.en.includes(words))!;
const print = async (template: Template, more: object) => {
  const target = path.join(folder, `${Math.random()}.pdf`);
  const answer = await engine.try('material.printTemplate', { id: template.id, path: target, ...more });
  return answer.ok ? { ...(answer.result as { pages: number; sha256: string }), target } : answer.error.code;
};
/** The words of a paper as other programs read them, without where its lines end. */
const wordsOf = (target: string): string => readPdf(readFileSync(target)).pages.join(' ').replaceAll(/\s+/g, ' ');

describe('cards', () => {
  it('tell whom a platform admits and in which languages it speaks, with an address that is https', async () => {
    const cards = await engine.call<Card[]>('material.cards');
    expect(cards.map(({ title, audience, spoken }) => [title['en']!.split(/[, ]/)[0], audience, spoken])).toEqual([
      ['ECTEG', 'lawEnforcement', ['en']],
      ['FREETOOL', 'lawEnforcement', ['en']],
      ['HELP', 'everyone', ['en']],
      ['Octopus', 'everyone', ['en']],
    ]);
    for (const { title, limits, link } of cards) {
      expect([Object.keys(title).toSorted(), Object.keys(limits).toSorted()]).toEqual([
        [...LANGUAGES].toSorted(),
        [...LANGUAGES].toSorted(),
      ]);
      expect(new URL(link).protocol).toBe('https:');
    }
  });

  it('stand in no list of files, nor do templates without one', async () => {
    expect(await engine.call('material.list')).toEqual([]);
    expect(await engine.call('material.page', {})).toMatchObject({ total: 0, every: 0 });
  });
});

describe('templates', () => {
  it('of a preservation request ask all that Article 29 asks for, and more that a point of contact needs', () => {
    expect(titled('preservation').parts.map(({ id }) => id)).toEqual([
      ...['date', 'reference', 'status', 'requested', 'requesting', 'confirmation', 'legalBasis', 'offence', 'facts', 'data', 'holder'],
      ...['period', 'urgency', 'confidentiality', 'follows', 'signature'],
    ]);
    for (const { parts = [] } of materials) expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length);
  });

  it.each([
    ['en', 'pt'],
    ['fr', 'es'],
    ['pt', 'fr'],
  ] as const)('are printed in %s and %s, each part in both and in no third language', async (language, second) => {
    for (const template of templates) {
      const made = await print(template, { language, second, country: 'CV' });
      if (typeof made === 'string') throw new Error(made);
      const words = wordsOf(made.target);
      for (const { text } of template.parts)
        for (const one of LANGUAGES) {
          const isThere = words.includes(text[one].replaceAll(/\s+/g, ' '));
          if (one === language || one === second) expect([one, text[one], isThere]).toEqual([one, text[one], true]);
          else if (![text[language], text[second]].some((said) => said.includes(text[one])))
            expect([one, text[one], isThere]).toEqual([one, text[one], false]);
        }
      const named = { en: 'Cabo Verde', fr: 'Cap-Vert', es: 'Cabo Verde', pt: 'Cabo Verde' };
      expect(words).toContain(named[language]);
      expect(words).toContain(named[second]);
    }
  });

  it('hold what is filled in, each side in its own language, and are the same bytes twice', async () => {
    const values = { offence: { pt: 'Burla informática', fr: 'Fraude informatique' }, facts: { pt: 'Um pagamento. '.repeat(120) } };
    const wanted = { language: 'pt', second: 'fr', values };
    const [one, two] = [await print(titled('preservation'), wanted), await print(titled('preservation'), wanted)];
    if (typeof one === 'string' || typeof two === 'string') throw new Error('not printed');
    expect(one.sha256).toBe(two.sha256);
    const words = wordsOf(one.target);
    expect(words).toContain('Burla informática');
    expect(words).toContain('Fraude informatique');
    expect(words.split('Um pagamento.')).toHaveLength(121);
  });

  it('break a word that is longer than its column, and lose none of its signs', async () => {
    const account = 'contadecorreio'.repeat(12);
    const values = { data: { pt: `Da ${account}.`, fr: account } };
    const made = await print(titled('preservation'), { language: 'pt', second: 'fr', values });
    if (typeof made === 'string') throw new Error(made);
    const words = wordsOf(made.target);
    expect(words).not.toContain(account);
    expect(words.replaceAll(/[\s\u200B]/gu, '').split(account)).toHaveLength(3);
  });

  it('are opened in the program that prints them where there is one, and kept nowhere', async () => {
    const opened = await engine.try('material.openTemplate', { id: titled('preservation').id, language: 'pt', second: 'fr' });
    // A terminal opens nothing.
    expect(opened).toMatchObject({ ok: false, error: { code: 'shell.notHere' } });
  });

  it('are refused in one language, and what is no template', async () => {
    expect(await print(titled('preservation'), { language: 'pt', second: 'pt' })).toBe('document.oneLanguage');
    const [card] = await engine.call<Card[]>('material.cards');
    expect(await print({ ...titled('preservation'), id: card!.id }, { language: 'pt', second: 'fr' })).toBe('material.unknown');
  });
});
