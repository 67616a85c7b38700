import type { ParsedArgsOf, RefusalOf } from '../../../../shared/contract/call.ts';
import type { designContract } from '../../../../shared/features/award/design-contract.ts';
import { paperWords } from '../../../../shared/features/paper/paper-words.ts';
import { dayInRoom } from '../../../../shared/kernel/dates.ts';
import { ok, type Result } from '../../../../shared/kernel/result.ts';
import { textIn } from '../../../../shared/kernel/text.ts';
import type { EngineContext } from '../../context.ts';
import { activityRow } from '../activity/activity-rows.ts';
import { listOf, workshopOf } from '../activity/workshop.ts';
import { foundDesign, printedDesign, type DesignRow } from './design-rows.ts';
import { certificatesPaper } from './printed-awards.ts';

type Wanted = ParsedArgsOf<(typeof designContract)['certificate.preview']>;
type PreviewRefusal = RefusalOf<(typeof designContract)['certificate.preview']>;

/** Stands in the place of a number: it reads as one, and is none that could be issued. */
const SAMPLE_NUMBER = '0000-0000-0000';

/** Returns a certificate of nobody in a design, with what is typed and not kept yet, as SVG. */
export async function previewOf(
  context: EngineContext,
  { id, language, kind, activityId, draft = {} }: Wanted,
  signal: AbortSignal,
): Promise<Result<{ svg: string }, PreviewRefusal>> {
  const { reader } = context.store;
  const found = foundDesign(reader, id);
  if (!found.ok) return found;
  const workshop = activityId === undefined ? ok(null) : workshopOf(reader, activityId);
  if (!workshop.ok) return workshop;
  const words = paperWords(context, language);
  const today = dayInRoom(context.clock.now());
  const row = activityId === undefined ? undefined : activityRow(reader, activityId);
  const sample = { title: words.say('certificates.sample.title'), start: today, end: today, place: '', from: [] };
  const certified = workshop.value && {
    ...{ title: textIn(workshop.value.title, language), start: workshop.value.start, end: workshop.value.end },
    ...{ place: row?.place ?? '', from: row ? [...listOf(row.projects), ...listOf(row.partners)] : [] },
  };
  const name = words.say('certificates.sample.name');
  const sampled = {
    workshop: certified ?? sample,
    awards: [{ number: SAMPLE_NUMBER, kind, name, issuedOn: today, code: '0' }],
    words,
    printed: await printedDesign(context, withDraft(found.value, draft)),
  };
  const set = await context.typesetter.set({ ...certificatesPaper(sampled, []), as: 'picture' }, signal);
  return set.ok ? ok({ svg: new TextDecoder().decode(set.value.bytes) }) : set;
}

/** A design's row as it would be with what is typed: texts in the languages that are named, the rest as it stands. */
function withDraft(row: DesignRow, draft: NonNullable<Wanted['draft']>): DesignRow {
  const drafted = Object.entries(draft).flatMap(([field, typed]): (readonly [string, unknown])[] => {
    if (typed === undefined) return [];
    if (typeof typed === 'string') return [[field, typed === '' ? null : typed]];
    const before = JSON.parse((row[field as 'heading'] ?? '{}') as string) as object;
    return [[field, JSON.stringify({ ...before, ...typed })]];
  });
  return { ...row, ...(Object.fromEntries(drafted) as Partial<DesignRow>) };
}
