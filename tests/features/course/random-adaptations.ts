import { expect } from 'vitest';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { Dice } from '../../support/dice.ts';
import type { TestEngine } from '../../support/laptops/engine.ts';

interface Change {
  readonly part: string;
  readonly field: string;
  readonly language?: string;
  readonly kind: string;
  readonly touchedHere: boolean;
  readonly removedHere: boolean;
  readonly mine: unknown;
}
interface Choice {
  readonly part: string;
  readonly field?: string;
  readonly language?: string;
  readonly take: 'theirs' | 'mine' | 'merge';
}
interface Taught {
  readonly id: string;
  readonly title: Record<string, string>;
  readonly objectives: Record<string, string>;
  readonly minutes: number;
}
interface Detail {
  readonly modules: readonly { readonly id: string; readonly title: Record<string, string>; readonly sessions: readonly Taught[] }[];
}

const WORDS = ['law', 'prova', 'juge', 'orden', 'seven', 'dias', 'preuve', 'key'];

/** A random history of a centre, a hub that copies it, and two schools that copy the hub: each edits, publishes and takes; nothing of anybody's own is given up. */
export class RandomAdaptations {
  readonly #engine: TestEngine;
  readonly #dice: Dice;
  readonly #institutions: readonly string[];
  #courses: string[] = [];
  readonly #removed: string[] = [];
  #version = 0;
  /** How many changes were offered over what had been changed there too. */
  contested = 0;

  constructor(engine: TestEngine, seed: number, institutions: readonly string[]) {
    this.#engine = engine;
    this.#dice = new Dice(seed);
    this.#institutions = institutions;
  }

  async run(steps: number): Promise<void> {
    const [hub, one, two] = this.#institutions;
    const central = await this.#made('course.create', { space: 'library', title: { en: this.#text() } });
    for (let at = 0; at < 2; at++) {
      const moduleId = await this.#made('course.addModule', { courseId: central, title: { en: this.#text() } });
      for (let n = 0; n < 3; n++)
        await this.#made('course.addSession', { moduleId, title: { en: this.#text() }, objectives: this.#texts() });
    }
    const middle = await this.#made('course.fork', { courseId: central, institutionId: hub });
    const schools = [one, two].map((institutionId) => this.#made('course.fork', { courseId: middle, institutionId }));
    this.#courses = [central, middle, ...(await Promise.all(schools))];
    for (let step = 0; step < steps; step++) {
      const course = this.#dice.oneOf(this.#courses);
      if (course !== central && this.#dice.chance(0.25)) await this.#take(course);
      else if (this.#dice.chance(0.15)) await this.#engine.try('course.publish', { courseId: course, version: `v${++this.#version}` });
      else await this.#edit(course);
      if (this.#dice.chance(0.3)) await this.#holdUpdates();
    }
    for (const course of this.#courses.slice(1)) await this.#take(course);
    await this.#holdUpdates();
  }

  /** What is kept of updates is what a comparison of each adaptation says. */
  async #holdUpdates(): Promise<void> {
    const told = await this.#engine.call<{ courseId: string; changes: Record<string, number> }[]>('course.updates');
    for (const courseId of this.#courses.slice(1)) {
      const { changes } = await this.#engine.call<{ changes: Change[] }>('course.upstream', { courseId });
      const update = told.find((one) => one.courseId === courseId);
      const counted = Object.values(update?.changes ?? {}).reduce((sum, count) => sum + count, 0);
      expect(counted, `updates of ${courseId}`).toBe(changes.length);
    }
  }

  async #edit(course: string): Promise<void> {
    const { modules } = await this.#detail(course);
    const sessions = modules.flatMap((module) => module.sessions);
    const { id } = this.#dice.oneOf<{ readonly id: string }>(sessions.length > 0 ? sessions : modules);
    const module = this.#dice.oneOf(modules);
    switch (this.#dice.upTo(8)) {
      case 0:
        return void (await this.#made('course.addSession', { moduleId: module.id, title: { pt: this.#text() } }));
      case 1:
        return void (await this.#engine.try('course.move', { id, moduleId: module.id, after: null }));
      case 2:
        if (sessions.length > 2) this.#removed.push(await this.#made('course.removePart', { id }));
        return;
      case 3:
        return this.#restoreOne();
      case 4:
        return void (await this.#engine.try('course.updatePart', { id, minutes: this.#dice.upTo(90) }));
      default:
        return void (await this.#engine.try('course.updatePart', { id, objectives: this.#texts() }));
    }
  }

  async #restoreOne(): Promise<void> {
    const id = this.#removed.pop();
    if (id !== undefined) await this.#made('course.restorePart', { id });
  }

  async #take(courseId: string): Promise<void> {
    const { changes } = await this.#engine.call<{ changes: Change[] }>('course.upstream', { courseId });
    const before = this.#said(await this.#detail(courseId));
    this.contested += changes.filter(({ touchedHere }) => touchedHere).length;
    const choices = changes.flatMap((change) => this.#choices(change));
    const { taking: _taking, ...counts } = await this.#engine.call<
      { taking: string | null } & Record<'taken' | 'kept' | 'merged' | 'open', number>
    >('course.takeUpstream', { courseId, choices });
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(changes.length);
    const after = this.#said(await this.#detail(courseId));
    for (const [key, value] of before) {
      const [part, field, language] = key.split(' ') as [string, string, string];
      if (after.get(key) === value) continue;
      const isChosen = (choice: Choice) => choice.part === part && choice.take !== 'mine';
      const change = changes.find(
        (one) => one.part === part && (one.field === '' || (one.field === field && (one.language ?? '') === language)),
      );
      expect(change && choices.some(isChosen), `${key}: ${value} went without being asked`).toBe(true);
      const isExact = choices.some((one) => isChosen(one) && one.field === field && one.take === 'theirs');
      if (change!.kind !== 'changed' || !change!.touchedHere || isExact) continue;
      // What was touched here goes by a merge alone, or by a choice of that very field; how texts merge is held by merge-text.test.ts.
      expect(
        choices.some((one) => isChosen(one) && one.take === 'merge'),
        `${key}: taken over what was touched`,
      ).toBe(true);
    }
  }

  #choices({ part, field, language, kind }: Change): Choice[] {
    if (this.#dice.chance(0.3)) return [];
    const take = this.#dice.oneOf(['theirs', 'mine', 'merge'] as const);
    const isWhole = kind === 'added' || kind === 'removed' || this.#dice.chance(0.5);
    return [isWhole ? { part, take } : { part, field, ...(language !== undefined && { language }), take }];
  }

  /** Every text and number of the sessions that stand, by where it stands. */
  #said({ modules }: Detail): Map<string, string> {
    const said = new Map<string, string>();
    for (const { sessions } of modules)
      for (const { id, title, objectives, minutes } of sessions) {
        said.set(`${id} minutes `, String(minutes));
        for (const language of LANGUAGES) {
          said.set(`${id} title ${language}`, title[language] ?? '');
          said.set(`${id} objectives ${language}`, objectives[language] ?? '');
        }
      }
    return said;
  }

  #made(call: string, args: object): Promise<string> {
    return this.#engine.call<{ id: string }>(call, args).then(({ id }) => id);
  }

  #detail(id: string): Promise<Detail> {
    return this.#engine.call<Detail>('course.get', { id });
  }

  #text(): string {
    return Array.from({ length: 1 + this.#dice.upTo(6) }, () => this.#dice.oneOf(WORDS)).join(this.#dice.oneOf([' ', '\n']));
  }

  #texts(): Record<string, string> {
    return { [this.#dice.oneOf(LANGUAGES)]: this.#text(), [this.#dice.oneOf(LANGUAGES)]: this.#text() };
  }
}
