import type { Day } from '../../kernel/dates.ts';
import type { AwardKind } from '../../model/vocabularies.ts';
import { designOnPaper, type CertificateDesign, type DesignOnPaper } from './certificate-design.ts';
import { frameIn, type Frame, type PaperWords } from './paper-words.ts';

/** A certificate as it is to be printed. `code`: what its QR code says. */
export interface CertificateToPrint {
  readonly number: string;
  readonly kind: AwardKind;
  readonly name: string;
  readonly issuedOn: Day;
  readonly code: string;
}

/** The text that is the same on all certificates of a workshop. `from`: its projects and partners. */
export interface CertifiedWorkshop {
  readonly title: string;
  readonly start: Day;
  readonly end: Day;
  readonly place: string;
  readonly from: readonly string[];
}

export interface Certificates {
  readonly frame: Frame;
  readonly name: string;
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly when: string;
  readonly check: string;
  readonly signature: string;
  /** When the last of them was issued: the date of the document. */
  readonly dated: Day;
  /** Left out: Itinera's own. */
  readonly design?: DesignOnPaper;
  readonly certificates: readonly {
    readonly heading: string;
    readonly says: string;
    readonly name: string;
    readonly number: string;
    readonly issued: string;
  }[];
}

/** Certificates, a page each, in the design of an institution where there is one. */
export function certificates(
  workshop: CertifiedWorkshop,
  awards: readonly CertificateToPrint[],
  words: PaperWords,
  design: CertificateDesign | null = null,
): Certificates {
  const { say, format } = words;
  const when = format.days(workshop.start, workshop.end);
  return {
    frame: frameIn(words),
    name: say('certificates.name'),
    title: workshop.title,
    from: workshop.from.join(' · '),
    to: say('certificates.to'),
    when: workshop.place === '' ? when : say('certificates.on', { when, place: workshop.place }),
    check: say('certificates.check'),
    signature: say('certificates.signature'),
    dated: awards.reduce((last, { issuedOn }) => (issuedOn > last ? issuedOn : last), ''),
    ...(design && { design: designOnPaper(design, words) }),
    certificates: awards.map(({ kind, name, number, issuedOn }) => ({
      name,
      heading: say(`certificates.${kind}.title`),
      says: say(`certificates.${kind}.says`),
      number: say('certificates.number', { number }),
      issued: say('certificates.issued', { day: format.day(issuedOn) }),
    })),
  };
}
