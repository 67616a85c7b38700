import { entity, field } from './entity.ts';
import * as value from './values.ts';

const SIGNS = { purpose: 'signs', retention: 'design', stays: 'inPlan' } as const;
const LATEST = { merge: 'latest' } as const;

const text = () => field('json', value.notes, { localised: true });
const signatoryName = () => field('text', value.line, { personal: SIGNS });
const signatoryOffice = () => field('json', value.line, { localised: true, personal: SIGNS });
/** The id of a version (`materialVersion`) beneath the design: the file, with its hash, size and type. */
const picture = () => field('text', value.id, LATEST);

/**
 * The entity of the design that an institution gives its certificates, since model 9: what is filled into our template, never a template. One per institution; it lives in that
 * institution's space, or in the library where whoever keeps it belongs to none. Its pictures are versions beneath it, as those of a material, so that they lie and travel as
 * files do.
 */
export const awardDesign = entity('awardDesign', {
  spaces: ['library', 'institution'],
  topic: 'award',
  labels: 'award:design.field',
  not: {
    searched: 'a design is chosen from a short list',
    imported: 'a design is filled in on its own screen',
    exported: 'stands on the certificates themselves',
    personal: 'is an institution’s, and says nothing of anybody',
  },
  fields: {
    /** The institution, as lists call it; it is not printed. */
    name: field('text', value.line),
    logo: picture(),
    /** The first line of the page: who issues. */
    heading: text(),
    /** What is added beneath the days. */
    body: text(),
    /** What stands at the foot. */
    legal: text(),
    /** The colour of the heading and the frame, and that of thin lines. */
    main: field('text', value.colour),
    accent: field('text', value.colour),
    /** Where the institution's verification page is published. */
    address: field('text', value.pageAddress),
    name1: signatoryName(),
    office1: signatoryOffice(),
    signature1: picture(),
    name2: signatoryName(),
    office2: signatoryOffice(),
    signature2: picture(),
    name3: signatoryName(),
    office3: signatoryOffice(),
    signature3: picture(),
  },
});
