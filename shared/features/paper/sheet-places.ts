import { z } from 'zod';

/** Where something lies on a page: its outline's upper left corner and its size, in millimetres from the page's upper left corner, on the paper as it is set (A4, upright). */
const place = { x: z.number(), y: z.number(), width: z.number(), height: z.number() };

const SHEET_PLACES = [
  /** What puts a photograph straight: four, in the corners. */
  z.object({ is: z.literal('ring'), ...place }),
  /** The code that says which page it is, with its quiet zone. */
  z.object({ is: z.literal('code'), ...place }),
  /** Where somebody signs: the line of the page and the half-day of the day, both from 0. */
  z.object({ is: z.literal('box'), ...place, row: z.int(), half: z.int() }),
  /** What is marked: of which item (from 0), and its letter or number; or of which wave, *before* being 0. */
  z.object({ is: z.literal('circle'), ...place, item: z.int(), mark: z.string() }),
  z.object({ is: z.literal('circle'), ...place, wave: z.int() }),
] as const;

/** Something on a sheet that a reader of its photograph looks for. */
export const sheetPlace = z.union(SHEET_PLACES);
export type SheetPlace = z.output<typeof sheetPlace>;

const onAPage = z.array(z.looseObject({ page: z.int().min(1) }));

/** Returns the places of each page of a sheet, as its template tells them. Throws for what no template tells. */
export function placesByPage(told: unknown, pages: number): SheetPlace[][] {
  const byPage = Array.from({ length: pages }, (): SheetPlace[] => []);
  for (const { page, ...one } of onAPage.parse(told)) byPage[page - 1]!.push(sheetPlace.parse(one));
  return byPage;
}
