import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { LANGUAGES, type Language } from '../../../../shared/kernel/text.ts';
import { asCell } from '../../../../shared/features/course/exchange/texts.ts';
import { readSource } from '../../../../shared/node/tables/read-source.ts';
import { writeWorkbook } from '../../../../shared/node/tables/write-workbook.ts';
import { Dice } from '../../../support/dice.ts';
import type { TestEngine } from '../../../support/laptops/engine.ts';

const PIECES = [
  'law',
  'prova ',
  'é',
  '\n',
  '\r\n',
  '  ',
  '=1+1',
  '_x0041_',
  '<b>&amp;',
  '"',
  '\t',
  '\u0000',
  '\u0007',
  '😀',
  '\u00a0',
  '- [ ]',
  "'",
  '-',
  '*',
];
const FIELDS = ['title', 'objectives', 'method', 'trainerNotes'] as const;

/** Random courses that go out as workbooks, are written in there and here, and come back: each text is what was written last where only one side wrote, and what stands here where both did. */
export class RandomCourses {
  readonly #engine: TestEngine;
  readonly #folder: string;
  conflicts = 0;

  constructor(engine: TestEngine, folder: string) {
    this.#engine = engine;
    this.#folder = folder;
  }

  async run(count: number, seed: number): Promise<void> {
    for (let one = 0; one < count; one++) await this.#one(new Dice(seed + one), `seed ${seed + one}`);
    expect(this.conflicts).toBeGreaterThan(0);
  }

  async #one(dice: Dice, name: string): Promise<void> {
    const made = (call: string, args: object) => this.#engine.call<{ id: string }>(call, args).then(({ id }) => id);
    const text = () => Array.from({ length: 1 + dice.upTo(8) }, () => dice.oneOf(PIECES)).join('');
    const texts = () => Object.fromEntries(LANGUAGES.filter(() => dice.chance(0.6)).map((language) => [language, text()]));
    const courseId = await made('course.create', { space: 'library', code: name, title: { en: 'Course' }, description: texts() });
    const sessions: string[] = [];
    for (let at = 0; at <= dice.upTo(2); at++) {
      const moduleId = await made('course.addModule', { courseId, title: { ...texts(), en: 'm' } });
      for (let n = 0; n < 1 + dice.upTo(3); n++)
        sessions.push(
          await made('course.addSession', { moduleId, title: { ...texts(), fr: 's' }, objectives: texts(), trainerNotes: texts() }),
        );
    }
    const file = path.join(this.#folder, 'random.xlsx');
    await this.#engine.call('course.exportTexts', { courseId, path: file, language: dice.oneOf(LANGUAGES) });
    const take = () =>
      this.#engine.call<{ changed: number; conflicts: unknown[]; rejected: unknown[] }>('course.importTexts', { courseId, path: file });
    expect(await take(), `${name}: as it went out`).toMatchObject({ changed: 0, conflicts: [], rejected: [] });

    const before = await this.#texts(courseId);
    const [there, here] = [new Map<string, string>(), new Map<string, string>()];
    for (const edits of [there, here])
      for (let n = 0; n < 4; n++)
        edits.set(`${dice.oneOf(sessions)} ${dice.oneOf(FIELDS)} ${dice.oneOf(LANGUAGES)}`, dice.chance(0.2) ? 'cleared' : `${text()}.`);
    const said = (words: string) => (words === 'cleared' ? '' : words);
    for (const [key, words] of here) {
      const [id, field, language] = key.split(' ') as [string, string, Language];
      await made('course.updatePart', { id, [field]: { [language]: said(words) } });
    }
    await this.#edit(file, there, said);
    const { changed, conflicts, rejected } = await take();
    this.conflicts += conflicts.length;
    const after = await this.#texts(courseId);
    for (const key of new Set([...before.keys(), ...after.keys(), ...there.keys(), ...here.keys()])) {
      const [was, mine, theirs] = [before.get(key) ?? '', here.get(key), there.get(key)];
      const isSame = (a: string, b: string) => asCell(a).trim() === asCell(b).trim();
      const wroteHere = mine !== undefined && !isSame(said(mine), was);
      const wroteThere = theirs !== undefined && !isSame(said(theirs), was);
      const expected =
        wroteHere || mine !== undefined ? (wroteThere && !wroteHere ? said(theirs) : said(mine!)) : wroteThere ? said(theirs) : was;
      if (rejected.length === 0) expect(asCell(after.get(key) ?? '').trim(), `${name} ${key}`).toBe(asCell(expected).trim());
      // Nothing that was written here goes, whatever else happens.
      if (wroteHere) expect(after.get(key) ?? '', `${name} ${key}: written here`).toBe(said(mine));
    }
    expect((await take()).changed, `${name}: taken once`).toBe(0);
    expect(changed).toBeLessThanOrEqual(there.size);
  }

  async #edit(file: string, edits: ReadonlyMap<string, string>, said: (words: string) => string): Promise<void> {
    const source = await readSource(file, { whole: true });
    if (!source.ok) throw new Error(source.refusal.code);
    const [headings, ...rows] = source.value.sheets[0]!.rows.map(({ cells }) => [...cells]) as [string[], ...string[][]];
    for (const [key, words] of edits) {
      const [id, field, language] = key.split(' ') as [string, string, Language];
      rows.find((cells) => cells[8] === id && cells[9] === field)![3 + LANGUAGES.indexOf(language)] = asCell(said(words));
    }
    writeFileSync(file, await writeWorkbook([{ name: 'x', headings, rows }]));
  }

  async #texts(id: string): Promise<Map<string, string>> {
    interface Part {
      readonly id: string;
      readonly sessions: readonly (Record<(typeof FIELDS)[number], Record<string, string>> & { readonly id: string })[];
    }
    const { modules } = await this.#engine.call<{ modules: Part[] }>('course.get', { id });
    return new Map(
      modules.flatMap(({ sessions }) =>
        sessions.flatMap((session) =>
          FIELDS.flatMap((field) =>
            Object.entries(session[field]).map(([language, text]) => [`${session.id} ${field} ${language}`, text] as const),
          ),
        ),
      ),
    );
  }
}
