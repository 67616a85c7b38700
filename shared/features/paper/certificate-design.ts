import type { Language } from '../../kernel/text.ts';
import type { Texts } from '../../model/title.ts';
import { isLegible, USUAL_COLOURS } from '../award/design-colours.ts';
import type { PaperWords } from './paper-words.ts';

/** A picture that a paper is given beside its words. `name`: of the file that the template opens. */
export interface PaperPicture {
  readonly name: string;
  readonly format: 'png' | 'jpg';
}

/** Somebody who signs certificates. */
export interface Signatory {
  readonly name: string;
  readonly office: Texts;
  readonly signature: PaperPicture | null;
}

/** The design of an institution as its record has it: a text per language, '' or null where there is nothing. */
export interface CertificateDesign {
  readonly main: string;
  readonly accent: string;
  readonly heading: Texts;
  readonly body: Texts;
  readonly legal: Texts;
  readonly logo: PaperPicture | null;
  readonly signatories: readonly Signatory[];
}

type AltPicture = PaperPicture & { readonly alt: string };

/** A design in one language, as the template takes it. */
export interface DesignOnPaper {
  readonly main: string;
  readonly accent: string;
  readonly heading: string;
  readonly body: string;
  readonly legal: string;
  readonly logo: AltPicture | null;
  readonly signatories: readonly { readonly name: string; readonly office: string; readonly signature: AltPicture | null }[];
}

/**
 * Returns a design in the language of a paper. A text in another language is none: a French page has no English word. A colour that would not be seen on paper gives way to
 * the usual one, and a signatory of whom nothing is known stands nowhere.
 */
export function designOnPaper(design: CertificateDesign, { language, say }: Pick<PaperWords, 'language' | 'say'>): DesignOnPaper {
  const inIt = (texts: Texts): string => textOnlyIn(texts, language);
  const withAlt = (picture: PaperPicture | null, alt: string): AltPicture | null => picture && { ...picture, alt };
  return {
    main: isLegible('main', design.main) ? design.main : USUAL_COLOURS.main,
    accent: isLegible('accent', design.accent) ? design.accent : USUAL_COLOURS.accent,
    heading: inIt(design.heading),
    body: inIt(design.body),
    legal: inIt(design.legal),
    logo: withAlt(design.logo, say('certificates.logo')),
    signatories: design.signatories
      .map(({ name, office, signature }) => ({
        ...{ name, office: inIt(office) },
        signature: withAlt(signature, name === '' ? say('certificates.signature') : say('certificates.signatureOf', { name })),
      }))
      .filter(({ name, office, signature }) => name !== '' || office !== '' || signature !== null),
  };
}

function textOnlyIn(texts: Texts, language: Language): string {
  return texts[language] ?? '';
}
