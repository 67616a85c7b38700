import { faultsOf, type Mutant } from './mutants.ts';

const inFile = faultsOf('adaptation');

const TAKING = 'tests/features/course/taking.test.ts';
const ADAPTED = 'tests/features/course/adaptation.test.ts';
const UNDONE = 'tests/features/course/undo-plan.test.ts';
const TEXTS = 'tests/features/course/merge-text.test.ts';
const SHOWN = 'tests/features/course/text-difference.test.ts';
const HISTORIES = 'tests/features/course/random-adaptations.test.ts';

const comparing = inFile('shared/features/course/upstream.ts', TAKING, ADAPTED, HISTORIES);
const deciding = inFile('shared/features/course/take-upstream.ts', TAKING, ADAPTED, HISTORIES);
const adapting = inFile('shared/features/course/adaptation.ts', TAKING, ADAPTED, HISTORIES);
const taking = inFile('shared/features/course/taking.ts', TAKING, ADAPTED);
const undoing = inFile('shared/features/course/undo-taking.ts', UNDONE);
const merging = inFile('shared/features/course/merge-text.ts', TEXTS, SHOWN);
const showing = inFile('shared/features/course/text-difference.ts', SHOWN);
const keeping = inFile('electron/engine/features/course/updates.ts', HISTORIES);

/** Faults planted in what an adaptation is offered, takes, merges and takes back. */
export const ADAPTATION_MUTANTS: readonly Mutant[] = [
  comparing('what was changed here counts as untouched', 'seen.some((id) => !isEqual(read.mine(id) ?? null, base))', 'false'),
  comparing('what cannot be compared counts as untouched', 'if (base === undefined) return true;', 'if (base === undefined) return false;'),
  comparing('what says the same already is offered', ' || isEqual(mine, theirs)) return [];', ') return [];'),
  comparing('what the source wrote again is offered', '(base !== undefined && isEqual(base, theirs)) || ', ''),
  comparing('a place of the source is not called as it is here', 'return [here.get(parent)?.id ?? parent, key];', 'return [parent, key];'),
  comparing(
    'a part that was left out is offered again',
    'return sameIds(declined[part.id] ?? [], values) ? [] : [addition(part, values, read)];',
    'return [addition(part, values, read)];',
  ),
  comparing(
    'what was kept though the source has it no longer is offered again',
    'return isGone && Object.keys(part.base).length > 0 ?',
    'return isGone ?',
  ),
  comparing('the name of the version is offered', 'if (copy.parent === null) registers.delete(VERSION);', ''),
  comparing('work within a module that goes does not count', 'inside.some((one) => one.origin === null || isWorkedOn(one, read))', 'false'),
  comparing("a school's own session does not keep its module", 'one.origin === null || isWorkedOn(one, read)', 'isWorkedOn(one, read)'),
  deciding(
    'theirs for a part overwrites what was changed here',
    "return field !== '' && touchedHere && choice.field === undefined ? OPEN : { does: 'take', value: theirs };",
    "return { does: 'take', value: theirs };",
  ),
  deciding(
    'a merge that a person has to decide takes theirs',
    "{ does: 'merge', value: merged.text === '' ? null : merged.text } : OPEN",
    "{ does: 'merge', value: merged.text === '' ? null : merged.text } : { does: 'take', value: theirs }",
  ),
  deciding(
    'mine takes theirs',
    "if (choice.take === 'mine') return { does: 'keep' };",
    "if (choice.take === 'mine') return { does: 'take', value: theirs };",
  ),
  deciding('two values here are merged as one', '|| change.seen.length > 1) return OPEN', ') return OPEN'),
  deciding(
    'a merge begins with what stands here',
    'mergeText(textOf(change.base), textOf(change.mine), textOf(theirs))',
    'mergeText(textOf(change.mine), textOf(change.mine), textOf(theirs))',
  ),
  deciding('a choice of a part beats that of a field', 'exactness(a) - exactness(b)', 'exactness(b) - exactness(a)'),
  deciding('a choice of one language takes all', '(language === undefined || language === change.language),', 'true,'),
  adapting(
    'a session of a removed module stands',
    'live && (parent === null || !removed.has(parent))',
    'live && (parent === null || removed.size >= 0)',
  ),
  adapting('what was taken back is not offered again', 'live || ofCourse[undoneKey(id)] === undefined', 'live || id.length > 0'),
  adapting(
    'the base of what was removed here is forgotten',
    'base: { ...registersIn(part), ...beside.get(part.id) },',
    'base: { ...registersIn(part) },',
  ),
  adapting('the base of another part counts as the course’s', "!key.includes('/') && !ID_PATTERN.test(key)", 'key.length > 0'),
  adapting(
    'an addition is level',
    'if (!copy) return isSameIds(declined[id] ?? [], Object.values(heads).flat().toSorted());',
    'if (!copy) return true;',
  ),
  adapting('a removal is level', 'source.every(isAlike) && !own.some(isGone)', 'source.every(isAlike)'),
  taking('what is decided stays open', '    this.settle(part, register, change.heads);\n    return true;', '    return true;'),
  taking(
    'a version is reached though something is open',
    'if (counts.open === 0 && adaptation.source[0] && course)',
    'if (adaptation.source[0] && course)',
  ),
  taking(
    'no version is ever reached',
    'if (counts.open === 0 && adaptation.source[0] && course)',
    'if (counts.open < 0 && adaptation.source[0] && course)',
  ),
  taking(
    'what stands in a removed module comes back without it',
    'if (part.parent !== null && this.#parts.get(part.parent)?.live === false) return false;',
    '',
  ),
  taking(
    'a removed part is written to and stays removed',
    "if (!this.#restored.has(part.id)) this.#steps.push({ does: 'restore', type, id: part.id });",
    '',
  ),
  taking(
    'a base brings a removed part back',
    'if (!part.live || ofCourse[key]) ofCourse[key] = heads;',
    'if (ofCourse[key]) ofCourse[key] = heads;',
  ),
  taking('what the form had shown is not named', '...(seen && { supersedes: seen })', ''),
  taking(
    'an addition goes where no module is',
    'if (!part || place === undefined || this.#place(place) === undefined) return false;',
    'if (!part || place === undefined) return false;',
  ),
  taking('a copy forgets where it comes from', "    { entityType: type, entityId: id, field: 'origin', value: origin },\n", ''),
  taking('what is kept goes', "if (decision.does === 'keep') this.#keep(part);", "if (decision.does === 'open') this.#keep(part);"),
  taking('an addition that is left out is asked again', 'this.settle(this.#course, change.source, change.heads);', ''),
  taking('the mark of what was taken back stays', 'delete this.#baseOf(this.#course.id)[undoneKey(id)];', 'void this.#course;'),
  undoing(
    'what was written since goes',
    'return heads.length === 1 && heads[0]!.id === written.id;',
    'return heads.length > 0 || written.id === part.id;',
  ),
  undoing('a second value beside it goes', 'return heads.length === 1 && heads', 'return heads'),
  undoing(
    "a brought part with somebody's text goes",
    'taken.every(stands) &&\n        part.effective.every(({ hash, field }) => hash === taking || field === DELETED || wasBefore(taken, part.effective, hash));',
    'taken.every(stands);',
  ),
  undoing('what was taken twice is nobody’s', ' || wasBefore(taken, part.effective, hash)', ''),
  undoing(
    'what was removed stays removed',
    'else if (written.value === true) writes.push(',
    'else if (written.value === true && part.id === taking) writes.push(',
  ),
  undoing('what came back stays', '      else removed.push(part);\n', ''),
  undoing(
    'what was brought is not marked',
    'writes: course ? withMarks(course, base, writes, brought) : writes,',
    'writes: course ? writes : withMarks(parts[0]!, base, writes, brought),',
  ),
  merging(
    'where both changed a line mine wins',
    'return words !== null && words.places === 0 ? words.tokens : null;',
    'return words !== null && words.places === 0 ? words.tokens : a;',
  ),
  merging(
    'words are not merged',
    'return words !== null && words.places === 0 ? words.tokens : null;',
    'return words !== null && words.places < 0 ? words.tokens : null;',
  ),
  merging('what both took out stays', 'isSame(sameA, sameO) ? sameB :', 'isSame(sameA, sameO) ? sameO :'),
  merging(
    'what both wrote alike stands twice',
    'isSame(sameB, sameO) || isSame(sameA, sameB) ? sameA',
    'isSame(sameB, sameO) ? sameA : isSame(sameA, sameB) ? [...sameA, ...sameB]',
  ),
  merging(
    'the end of a text is lost',
    '  if (o < base.length || a < mine.length || b < theirs.length) stretch(base.length, mine.length, theirs.length);\n',
    '',
  ),
  merging('a hostile text is compared to its end', 'const MOST_STEPS = 2_000;', 'const MOST_STEPS = 40_000;'),
  showing('a removed text is not shown', "      add('removed', oldWords);\n", ''),
  keeping('an edit of a source is not noticed', '(stale.has(id) || stale.has(origin))', 'stale.has(id)'),
  keeping('an edit here is not noticed', '(stale.has(id) || stale.has(origin))', 'stale.has(origin)'),
];
