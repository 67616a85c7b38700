import type { CallContext, Handlers } from '../../../../shared/contract/rpc.ts';
import type { templatePaperContract } from '../../../../shared/features/material/reference-contract.ts';
import { paperWords } from '../../../../shared/features/paper/paper-words.ts';
import { templateForm, type FilledIn } from '../../../../shared/features/paper/template-form.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { textIn, type Language } from '../../../../shared/kernel/text.ts';
import type { EngineContext } from '../../context.ts';
import { setPaper } from '../paper/set-paper.ts';
import { writeChosen } from '../written-file.ts';
import { templatesOf } from './references.ts';

interface Wanted {
  readonly id: Id;
  readonly language: Language;
  readonly second: Language;
  readonly country?: string | undefined;
  readonly values: FilledIn;
}

/** Returns the handlers of the calls that set templates in two languages. */
export function templatePaperHandlers(context: EngineContext): Handlers<typeof templatePaperContract> {
  const set = async ({ id, language, second, country = '', values }: Wanted, call: CallContext) => {
    const template = templatesOf(context).find((one) => one.id === id);
    if (!template) return refuse('material.unknown');
    if (template.parts.length === 0) return refuse('document.empty');
    if (second === language) return refuse('document.oneLanguage');
    call.progress({ label: 'document.setting', done: 0, total: 0, unit: 'items' });
    const words = [paperWords(context, language), paperWords(context, second)] as const;
    const title = typeof template.title === 'string' ? { [language]: template.title } : template.title;
    const form = templateForm({ ...template, title }, { country, values }, words);
    const made = await setPaper(context, { template: 'template-form', given: { form } }, words[0], call.signal);
    if (!made.ok) return made;
    if (call.signal.aborted) return refuse('job.cancelled');
    return ok({ ...made.value, name: textIn(title, language) });
  };
  return {
    'material.printTemplate': async ({ path: target, ...wanted }, call) => {
      const made = await set(wanted, call);
      if (!made.ok) return made;
      const written = await writeChosen(target, made.value.bytes);
      return written.ok ? ok({ ...written.value, pages: made.value.pages }) : written;
    },

    'material.openTemplate': async (wanted, call) => {
      const made = await set(wanted, call);
      if (!made.ok) return made;
      const sha256 = context.madeDocuments.keep(made.value.bytes);
      try {
        const opened = await context.shell('open', { sha256, name: `${made.value.name}.pdf` });
        return opened.ok ? ok({ pages: made.value.pages }) : opened;
      } finally {
        context.madeDocuments.forget(sha256);
      }
    },
  };
}
