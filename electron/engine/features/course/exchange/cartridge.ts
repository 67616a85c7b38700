import type { Handlers } from '../../../../../shared/contract/rpc.ts';
import { cartridgeOf, textsInOther, type CartridgeWords } from '../../../../../shared/features/course/exchange/cartridge.ts';
import type { exchangeContract } from '../../../../../shared/features/course/exchange/contract.ts';
import { writeQti } from '../../../../../shared/features/evaluation/exchange/qti.ts';
import { FIXED_OPTIONS } from '../../../../../shared/features/form/fixed-options.ts';
import { questionOf } from '../../../../../shared/features/form/form-questions.ts';
import { versionToOpen, type MaterialVersion } from '../../../../../shared/features/material/rules.ts';
import { formats } from '../../../../../shared/kernel/formats.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../../../shared/kernel/result.ts';
import { textIn, type Language } from '../../../../../shared/kernel/text.ts';
import { course as courseEntity, session as sessionEntity } from '../../../../../shared/model/course.ts';
import { labelKey } from '../../../../../shared/model/entity.ts';
import { titleOf } from '../../../../../shared/model/title.ts';
import { zipDeflated } from '../../../../../shared/node/tables/zip-entries.ts';
import type { EngineContext } from '../../../context.ts';
import { formsWhere, type StoredForm } from '../../form/form-records.ts';
import { findCourse, withSessions } from '../../library/course.ts';
import { writeChosen } from '../../written-file.ts';
import { courseLine } from '../course-line.ts';
import { courseFiles } from './course-files.ts';

/** Returns the handler of the call that writes a course for other platforms. */
export function cartridgeHandlers(context: EngineContext): Pick<Handlers<typeof exchangeContract>, 'course.exportCartridge'> {
  const { reader } = context.store;
  return {
    'course.exportCartridge': async ({ courseId, path, language = context.language(), files: withFiles }, call) => {
      const found = findCourse(reader, courseId);
      if (!found) return refuse('course.unknown');
      const course = withSessions(found);
      const gathered = withFiles
        ? await courseFiles(context, course.id, (versions) => oneOf(versions, language), call)
        : ok({ materials: [], left: 0 });
      if (!gathered.ok) return gathered;
      const files = gathered.value.materials.flatMap(({ row, versions }) =>
        versions.map(({ fileName, bytes }) => ({ title: textIn(titleOf(row), language) || fileName, fileName, bytes })),
      );
      const forms = testsOf(context, course.id);
      const say = (answer: 'true' | 'false'): string => textIn(FIXED_OPTIONS.trueFalse![answer]!, language);
      const tests = forms.map((form, at) => {
        const parts = form.parts.filter(({ live }) => live);
        const title = textIn(form.title, language);
        const written = writeQti(
          parts.map((part) => questionOf(part, language)),
          { id: `T${at + 1}`, title, words: [say('true'), say('false')] },
        );
        const notCarried = parts.flatMap(({ code }, place) => {
          const why = written.notCarried.flatMap((lost) => (lost.item === place ? [lost.why] : []));
          return why.length > 0 ? [{ test: title, item: code, why }] : [];
        });
        return { title, text: written.text, items: written.items, notCarried };
      });
      const entries = cartridgeOf(course, language, { files, tests: tests.filter(({ items }) => items > 0) }, wordsOf(context, language));
      if (call.signal.aborted) return refuse('job.cancelled');
      const written = await writeChosen(path, zipDeflated(entries));
      if (!written.ok) return written;
      return ok({
        ...{ path: written.value.path, bytes: written.value.bytes },
        ...{ sessions: found.sessions.length, files: files.length, left: gathered.value.left },
        questions: tests.reduce((sum, { items }) => sum + items, 0),
        inOther: textsInOther(course, language),
        notCarried: tests.flatMap(({ notCarried }) => notCarried),
      });
    },
  };
}

/** The file that stands for a material in one language: its own in that language, else the newest. */
function oneOf(versions: readonly MaterialVersion[], language: Language): MaterialVersion[] {
  const version = versionToOpen(versions, language);
  return version ? [version] : [];
}

/** The tests of a course: its own, else those of the nearest course that it was copied from. */
function testsOf(context: EngineContext, courseId: Id): StoredForm[] {
  for (const course of courseLine(context.store.reader, courseId)) {
    const forms = formsWhere(context, "live = 1 and kind = 'prepost' and courseId = ?", course);
    if (forms.length > 0) return forms;
  }
  return [];
}

function wordsOf({ translate }: EngineContext, language: Language): CartridgeWords {
  const format = formats(language, '');
  return {
    field: (field) => {
      const isOfCourse = field === 'description' || field === 'audience';
      return translate(language, isOfCourse ? labelKey(courseEntity, field) : labelKey(sessionEntity, field));
    },
    minutes: (minutes) => translate(language, 'course:minutes', { minutes: format.number(minutes) }),
    notes: (session) => translate(language, 'exchange:cartridge.notes', { session }),
    about: translate(language, 'exchange:cartridge.about'),
    materials: translate(language, 'exchange:cartridge.materials'),
    tests: translate(language, 'exchange:cartridge.tests'),
  };
}
