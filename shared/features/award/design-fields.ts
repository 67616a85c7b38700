import type { awardDesign } from '../../model/award-design.ts';

/** The most characters of each text, so that all of them find room on a page. */
export const DESIGN_LENGTHS = { heading: 160, body: 300, legal: 300, person: 80, office: 120 } as const;

type DesignField = keyof (typeof awardDesign)['fields'];

/** The fields of a design that hold a picture. */
export const DESIGN_PICTURES = ['logo', 'signature1', 'signature2', 'signature3'] as const satisfies readonly DesignField[];
export type DesignPicture = (typeof DESIGN_PICTURES)[number];

/** Those who may sign, in the order in which they stand; each with the fields that are theirs. */
export const SIGNATORIES = [
  { name: 'name1', office: 'office1', signature: 'signature1' },
  { name: 'name2', office: 'office2', signature: 'signature2' },
  { name: 'name3', office: 'office3', signature: 'signature3' },
] as const satisfies readonly { name: DesignField; office: DesignField; signature: DesignField }[];

/** The texts of a design that stand in one language each. */
export const DESIGN_TEXTS = ['heading', 'body', 'legal'] as const satisfies readonly DesignField[];
