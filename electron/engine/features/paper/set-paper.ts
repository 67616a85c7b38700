import { documentShape } from '../../../../shared/features/document/blocks.ts';
import type { PaperWords } from '../../../../shared/features/paper/paper-words.ts';
import { withUnprinted } from '../../../../shared/features/paper/unprinted.ts';
import type { Result } from '../../../../shared/kernel/result.ts';
import type { Paper, SetPaper, SettingRefusal } from '../../../../shared/node/papers/typesetter.ts';
import type { EngineContext } from '../../context.ts';

/** Sets a paper. Signs of which no bundled font has a picture are marked where somebody is quoted, with a note of how many; anywhere else they are refused (`document.signMissing`). */
export async function setPaper(
  { typesetter }: Pick<EngineContext, 'typesetter'>,
  paper: Paper,
  words: PaperWords,
  signal: AbortSignal,
): Promise<Result<SetPaper, SettingRefusal>> {
  const known = new Set<string>();
  let set = await typesetter.set(paper, signal);
  // A refusal names some of the signs; the next one those that are left.
  while (!set.ok && set.refusal.code === 'document.signMissing') {
    const named = set.refusal.details?.['signs'];
    const signs = typeof named === 'string' ? named.split(' ') : [];
    const document = documentShape.safeParse(paper.given['document']);
    if (!document.success || signs.every((sign) => known.has(sign))) return set;
    for (const sign of signs) if (sign !== '') known.add(sign);
    const marked = withUnprinted(document.data, [...known], words);
    if (marked === null) return set;
    set = await typesetter.set({ ...paper, given: { ...paper.given, document: marked } }, signal);
  }
  return set;
}
