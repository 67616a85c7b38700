import { expect } from 'vitest';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { Dice } from '../../support/dice.ts';
import type { TestEngine } from '../../support/laptops/engine.ts';
import { choiceFor, expectedOf, heldOrder, saidIn, type Change, type Choice, type Detail } from './expected-taking.ts';

const FIELDS = ['title', 'objectives', 'method', 'trainerNotes'];

/**
 * A random history of a centre, a hub that copies it, two schools that copy the hub, and one that copies a school: each edits, removes, restores, publishes and takes. Nothing of
 * anybody's own is given up, no merge differs from the reference, and each version stays as it was published.
 */
export class RandomAdaptations {
  readonly #engine: TestEngine;
  readonly #dice: Dice;
  readonly #institutions: readonly string[];
  #courses: string[] = [];
  readonly #removed: string[] = [];
  readonly #published: { readonly courseId: string; readonly version: string; readonly says: ReadonlyMap<string, string> }[] = [];
  #fresh = 0;
  /** How many changes were offered over what had been changed there too, and how many of these were merged. */
  contested = 0;
  merged = 0;

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
        await this.#made('course.addSession', { moduleId, title: { en: this.#text() }, objectives: this.#texts(LANGUAGES) });
    }
    const middle = await this.#made('course.fork', { courseId: central, institutionId: hub });
    const school = await this.#made('course.fork', { courseId: middle, institutionId: one });
    const other = await this.#made('course.fork', { courseId: middle, institutionId: two });
    this.#courses = [central, middle, school, other, await this.#made('course.fork', { courseId: school, institutionId: two })];
    for (let step = 0; step < steps; step++) {
      const course = this.#dice.oneOf(this.#courses);
      if (course !== central && this.#dice.chance(0.25)) await this.#take(course);
      else if (this.#dice.chance(0.2)) await this.#publish(course);
      else await this.#edit(course);
      if (this.#dice.chance(0.1)) await this.#holdUpdates();
    }
    for (const course of this.#courses.slice(1)) await this.#take(course);
    await this.#holdUpdates();
    await this.#holdVersions();
  }

  async #edit(course: string): Promise<void> {
    const { modules } = await this.#detail(course);
    const sessions = modules.flatMap((module) => module.sessions);
    if (modules.length === 0) return this.#restoreOne();
    const module = this.#dice.oneOf(modules);
    // The first ones most often: there they meet.
    const session = sessions[Math.min(this.#dice.upTo(sessions.length), this.#dice.upTo(sessions.length))] ?? null;
    switch (this.#dice.upTo(22)) {
      case 0:
        return void (await this.#made('course.addSession', { moduleId: module.id, title: { pt: this.#text() } }));
      case 1:
        return void (session && (await this.#engine.try('course.move', { id: session.id, moduleId: module.id, after: null })));
      case 2:
        return void (await this.#engine.try('course.move', { id: module.id, after: null }));
      case 3:
        return void (session && sessions.length > 2 && this.#removed.push(await this.#made('course.removePart', { id: session.id })));
      case 4:
        return void (
          modules.length > 1 &&
          this.#dice.chance(0.3) &&
          this.#removed.push(await this.#made('course.removePart', { id: module.id }))
        );
      case 5:
        return this.#restoreOne();
      case 6:
        return void (session && (await this.#engine.try('course.updatePart', { id: session.id, minutes: this.#dice.upTo(90) })));
      case 7:
        return void (await this.#engine.try('course.updatePart', { id: module.id, title: this.#edited(module.title) }));
      default:
        if (!session) return;
        const field = this.#dice.chance(0.7) ? 'objectives' : this.#dice.oneOf(FIELDS);
        const said = session[field as 'title' | 'objectives'];
        const text =
          Object.keys(said).length > 0 && this.#dice.chance(0.95) ? this.#edited(said) : this.#texts([this.#dice.oneOf(LANGUAGES)]);
        return void (await this.#engine.try('course.updatePart', { id: session.id, [field]: text }));
    }
  }

  async #restoreOne(): Promise<void> {
    const id = this.#removed.pop();
    if (id !== undefined) await this.#made('course.restorePart', { id });
  }

  async #publish(courseId: string): Promise<void> {
    const said = await this.#engine.try('course.publish', { courseId, version: `v${this.#fresh++}` });
    if (!said.ok) return;
    const { id: version } = said.result as { id: string };
    this.#published.push({ courseId, version, says: saidIn(await this.#detail(courseId)) });
  }

  async #holdVersions(): Promise<void> {
    for (const { courseId, version, says } of this.#published)
      expect(saidIn(await this.#engine.call<Detail>('course.get', { id: courseId, version })), `version ${version}`).toEqual(says);
  }

  /** What is kept of updates is what a comparison of each adaptation says. */
  async #holdUpdates(): Promise<void> {
    const told = await this.#engine.call<{ courseId: string; changes: Record<string, number> }[]>('course.updates');
    for (const courseId of this.#courses.slice(1)) {
      const update = told.find((one) => one.courseId === courseId);
      const counted = Object.values(update?.changes ?? {}).reduce((sum, count) => sum + count, 0);
      expect(counted, `updates of ${courseId}`).toBe((await this.#upstream(courseId)).length);
    }
  }

  async #take(courseId: string): Promise<void> {
    const changes = await this.#upstream(courseId);
    const before = await this.#detail(courseId);
    this.contested += changes.filter(({ touchedHere }) => touchedHere).length;
    const choices = changes.flatMap((change) => this.#choices(change));
    const counts = await this.#engine.call<Record<'taken' | 'kept' | 'merged' | 'open', number>>('course.takeUpstream', {
      courseId,
      choices,
    });
    expect(counts.taken + counts.kept + counts.merged + counts.open).toBe(changes.length);
    const after = await this.#detail(courseId);
    this.merged += expectedOf(saidIn(before), changes, choices, saidIn(after));
    heldOrder(before, after, changes, choices);
    const still = await this.#upstream(courseId);
    const again = changes.filter((change) => still.some((one) => keyOf(change) === keyOf(one)));
    // With a module goes what stood in it, and is not offered any more.
    expect(again.length, 'what was decided is not offered again').toBeLessThanOrEqual(counts.open);
    expect(again.filter((change) => choiceFor(change, choices)?.take === 'mine')).toEqual([]);
  }

  #choices({ part, field, language, kind }: Change): Choice[] {
    if (this.#dice.chance(0.25)) return [];
    const take = this.#dice.oneOf(['theirs', 'mine', 'merge', 'merge'] as const);
    const isWhole = kind === 'added' || kind === 'removed' || this.#dice.chance(0.4);
    return [isWhole ? { part, take } : { part, field, ...(language !== undefined && { language }), take }];
  }

  async #upstream(courseId: string): Promise<Change[]> {
    return (await this.#engine.call<{ changes: Change[] }>('course.upstream', { courseId })).changes;
  }

  #made(call: string, args: object): Promise<string> {
    return this.#engine.call<{ id: string }>(call, args).then(({ id }) => id);
  }

  #detail(id: string): Promise<Detail> {
    return this.#engine.call<Detail>('course.get', { id });
  }

  #word(): string {
    return `w${this.#fresh++}`;
  }

  #line(): string {
    return `${Array.from({ length: 3 + this.#dice.upTo(4) }, () => this.#word()).join(' ')}\n`;
  }

  #text(): string {
    return Array.from({ length: 2 + this.#dice.upTo(7) }, () => this.#line()).join('');
  }

  #texts(languages: readonly string[]): Record<string, string> {
    return Object.fromEntries(languages.map((language) => [language, this.#text()]));
  }

  /** A text in one of its languages with one line of it changed in a word, taken out, or another one put behind it. */
  #edited(texts: Readonly<Record<string, string>>): Record<string, string> {
    const language = this.#dice.chance(0.6) ? Object.keys(texts)[0]! : this.#dice.oneOf(Object.keys(texts));
    const lines = texts[language]!.split(/(?<=\n)/);
    const [at, kind] = [this.#dice.upTo(lines.length), this.#dice.upTo(6)];
    const words = lines[at]!.match(/\w+/g) ?? [];
    if (kind === 0) lines.splice(at, lines.length > 1 ? 1 : 0);
    else if (kind === 1) lines.splice(at, 0, this.#line());
    else if (words.length > 0) lines[at] = lines[at]!.replace(this.#dice.oneOf(words), this.#word());
    return { [language]: lines.join('') };
  }
}

function keyOf({ part, field, language, kind }: Change): string {
  return [part, field, language ?? '', kind].join(' ');
}
