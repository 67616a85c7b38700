import { SCALE } from '../evaluation/answer-codec.ts';
import type { FormItem, Questionnaire } from '../evaluation/answers.ts';
import { FIXED_OPTIONS } from '../form/fixed-options.ts';
import { toHex } from '../../kernel/hex.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Hasher } from '../../kernel/ports.ts';
import { textIn, type LocalisedText } from '../../kernel/text.ts';
import { frameIn, paperText, type Frame, type PaperWords, type PaperText } from './paper-words.ts';

/** A place to be marked on a sheet: a circle, its letter or number beside it, and what it says. */
export interface Bubble {
  readonly mark: string;
  /** None on a scale, whose ends are said once. */
  readonly said?: PaperText;
}

export interface BlankItem {
  readonly number: string;
  readonly type: FormItem['type'];
  readonly said: PaperText;
  readonly bubbles: readonly Bubble[];
}

export interface BlankForm {
  readonly frame: Frame;
  readonly title: PaperText;
  readonly workshop: PaperText;
  readonly lead: string;
  /** Where somebody writes their name; none on an anonymous sheet. */
  readonly person?: PaperText;
  /** Before or after the course; none where a form is filled in once. */
  readonly waves: readonly Bubble[];
  readonly scale: PaperText;
  readonly items: readonly BlankItem[];
}

interface PrintedForm extends Questionnaire {
  readonly id: Id;
  readonly title: LocalisedText;
}

/** An empty sheet of a questionnaire, in one language or two: what is chosen has a circle to be marked, what is written has lines. */
export function blankForm(
  form: PrintedForm,
  workshop: { readonly title: (words: PaperWords) => string; readonly lead: string },
  words: readonly [PaperWords, ...PaperWords[]],
): BlankForm {
  const inWords = (text: LocalisedText): PaperText => paperText(words, ({ language }) => textIn(text, language));
  const key = (name: string): PaperText => paperText(words, ({ say }) => say(`blankForm.${name}`));
  return {
    frame: frameIn(words[0]),
    title: inWords(form.title),
    workshop: paperText(words, workshop.title),
    lead: workshop.lead,
    ...(!form.anonymous && { person: key('person') }),
    waves:
      form.kind === 'prepost'
        ? [
            { mark: '', said: key('before') },
            { mark: '', said: key('after') },
          ]
        : [],
    scale: form.items.some(({ type }) => type === 'scale') ? key('scale') : [''],
    items: form.items.map((item, place) => ({
      number: words[0].format.number(place + 1),
      type: item.type,
      said: inWords(item.text),
      bubbles: bubblesOf(item, inWords),
    })),
  };
}

function bubblesOf(item: FormItem, inWords: (text: LocalisedText) => PaperText): Bubble[] {
  if (item.type === 'scale') return SCALE.map((mark) => ({ mark }));
  // Options that are always the same have ids that nobody reads: their words alone say them.
  const isLettered = FIXED_OPTIONS[item.type] === undefined;
  return Object.entries(item.options).map(([letter, text]) => ({ mark: isLettered ? letter : '', said: inWords(text) }));
}

/**
 * Returns what tells the QR code's text of a questionnaire's page (from 1), `ITINERA1F:<activity>:<form>:<page>:<sheet>`: of which workshop and questionnaire it is; the last are eight hexadecimal digits of a
 * digest of all that stands on the sheet, so that one in other languages, or of a questionnaire that was changed since, is not read by where the circles lie on this one. Signs of a QR code's alphanumeric
 * mode alone.
 */
export function blankFormCodes(activityId: Id, formId: Id, sheet: BlankForm, hasher: Hasher): (page: number) => string {
  const digest = toHex(hasher.sha256(new TextEncoder().encode(JSON.stringify(sheet)))).slice(0, 8);
  return (page) => ['ITINERA1F', activityId.replaceAll('-', ''), formId.replaceAll('-', ''), page, digest].join(':').toUpperCase();
}
