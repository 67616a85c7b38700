import { z } from 'zod';
import { language } from '../../model/values.ts';

/**
 * The content of a document in one language, part by part. Every word and every number in it is as it is to be read: a renderer lays it out, asks no locale and
 * works out no figure.
 */

/** `page`: told where a reader sees the whole (screen, paper) and what stands around it says the rest; `list`: told where each line must be understood alone. Left out: told on both. */
const only = z.enum(['page', 'list']).optional();

const cell = z.object({
  /** As it is read in the document's language. */
  text: z.string(),
  /** The same for a program that reckons; left out where there is none, also for what is *not recorded*. */
  number: z.number().optional(),
  /** What it is called where it stands alone; left out: as the fact or the row that it is in. */
  name: z.string().optional(),
  /** In the words of somebody who cannot be asked to write them otherwise. */
  quoted: z.literal(true).optional(),
});

const heading = z.object({
  is: z.literal('heading'),
  only,
  /** 1: the document's own title. */
  level: z.literal([1, 2]),
  text: z.string(),
  /** A quieter line beneath. */
  lead: z.string().optional(),
});

const fact = z.object({
  /** Tells it from the others of its block; no word. */
  key: z.string(),
  label: z.string(),
  cell,
  /** What a number is of, as a sentence. */
  of: z.string().optional(),
});

const facts = z.object({
  is: z.literal('facts'),
  only,
  /** `figures`: a few numbers to be seen from afar; `lines`: sentences, each under its label; `pairs`: numbers, each beside its label. */
  look: z.enum(['figures', 'lines', 'pairs']),
  facts: z.array(fact),
});

const table = z.object({
  title: z.string(),
  /** Over the rows' labels; '' where the title says it. */
  rowHeading: z.string(),
  /** One for each cell of a row. */
  columns: z.array(z.object({ heading: z.string(), holds: z.enum(['numbers', 'words']) })),
  rows: z.array(z.object({ key: z.string(), label: z.string(), cells: z.array(cell) })),
});

const tableBlock = table.extend({ is: z.literal('table'), only });

/** Bars, one a row of a table, which is what the picture says in words: no renderer has another source for either. */
const chart = z.object({
  is: z.literal('chart'),
  only,
  table,
  /** The place of the column that is drawn. */
  drawn: z.int(),
  /** What a bar of full length is. */
  of: z.number(),
});

/** Sentences that somebody wrote or may change; a line break begins another paragraph. */
const prose = z.object({ is: z.literal('prose'), only, text: z.string() });

const note = z.object({ is: z.literal('note'), only, text: z.string() });

/** Room on a page for people to sign. */
const signature = z.object({
  is: z.literal('signature'),
  /** `name`: '' where whoever signs writes it. */
  signers: z.array(z.object({ key: z.string(), role: z.string(), name: z.string() })),
});

const block = z.discriminatedUnion('is', [heading, facts, tableBlock, chart, prose, note, signature]);

/** The shape of a document in an answer. */
export const documentShape = z.object({ language, blocks: z.array(block) });

export type Document = z.infer<typeof documentShape>;
export type Block = z.infer<typeof block>;
export type BlockOf<K extends Block['is']> = Extract<Block, { readonly is: K }>;
export type Cell = z.infer<typeof cell>;
export type Fact = z.infer<typeof fact>;
export type Table = z.infer<typeof table>;
export type TableRow = Table['rows'][number];

/** The blocks that are told on a page, or in a list. A signature is given on a page. */
export function blocksOn(where: 'page' | 'list', { blocks }: Document): Block[] {
  return blocks.filter((one) => (one.is === 'signature' ? where === 'page' : one.only === undefined || one.only === where));
}

/** The paragraphs of a text. */
export function paragraphsOf({ text }: BlockOf<'prose'>): string[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
}

/** How much of the full length a row's bar is, from 0 to 1; none where nothing is recorded. */
export function shareDrawn(of: number, number: number | undefined): number {
  return number === undefined || of <= 0 ? 0 : Math.min(1, Math.max(0, number / of));
}
