import { languageOf, textIn, type Language, type LocalisedText } from '../../../shared/kernel/text.ts';
import { useLanguage, useReadableTitle, type Readable } from '../formats.ts';

interface Words {
  /** What is wanted before the window's own language. */
  readonly prefer?: Language | undefined;
  /** The languages of the workshop or the file that it belongs to, for a text that says none itself. */
  readonly writtenIn?: readonly Language[] | undefined;
}

/** A text of a record. Where it is in another language than the window it says which, for who has it read aloud (WCAG 3.1.2). */
export function RecordText({ text, ...words }: { readonly text: LocalisedText | string } & Words) {
  const language = useLanguage();
  const spoken = useSpokenIn(text, words);
  const said = textIn(text, words.prefer ?? language);
  return spoken === undefined ? said : <span lang={spoken}>{said}</span>;
}

/** The same of a record's title, or that it cannot be read. */
export function RecordTitle({ of, ...words }: { readonly of: Readable & { readonly title: LocalisedText | string } } & Words) {
  const language = useLanguage();
  const readableTitle = useReadableTitle();
  return textIn(of.title, words.prefer ?? language) === '' ? readableTitle(of, '') : <RecordText text={of.title} {...words} />;
}

/** The language of a text where it is another than the window's: for `lang` of what shows it. */
export function useSpokenIn(text: LocalisedText | string, { prefer, writtenIn = [] }: Words = {}): Language | undefined {
  const language = useLanguage();
  const spoken = languageOf(text, prefer ?? language, writtenIn.includes(language) ? [] : writtenIn);
  return spoken === null || spoken === language ? undefined : spoken;
}
