import type { ResultOf } from '../../../../shared/contract/call.ts';
import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { referenceContract } from '../../../../shared/features/material/reference-contract.ts';
import { comparing } from '../../../../shared/kernel/formats.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { LANGUAGES, textIn } from '../../../../shared/kernel/text.ts';
import { textsOf, titleOf } from '../../../../shared/model/title.ts';
import type { EngineContext } from '../../context.ts';
import { unreadableIn } from '../unreadable.ts';
import { MATERIAL_COLUMNS, type MaterialRow } from './material-list.ts';

type Card = ResultOf<(typeof referenceContract)['material.cards']>[number];
export type Template = ResultOf<(typeof referenceContract)['material.templates']>[number];

/** Returns the handlers of the calls of cards and of templates, which lie in the library without a file. */
export function referenceHandlers(context: EngineContext): Handlers<typeof referenceContract> {
  const byTitle = <T extends Pick<Card, 'id' | 'title'>>(all: readonly T[]): T[] => {
    const screen = context.language();
    const compare = comparing(screen);
    return all.toSorted((a, b) => compare(textIn(a.title, screen), textIn(b.title, screen)) || (a.id < b.id ? -1 : 1));
  };
  return {
    'material.cards': () => ok(byTitle(rowsOf(context, 'card').map(cardOf))),

    'material.templates': () => ok(byTitle(templatesOf(context))),
  };
}

function rowsOf({ store }: EngineContext, kind: 'card' | 'template'): MaterialRow[] {
  return store.reader.all<MaterialRow>(`select ${MATERIAL_COLUMNS} from material where live = 1 and kind = ?`, kind);
}

/** Returns the templates that lie here as parts; those that are a file are among the materials. */
export function templatesOf(context: EngineContext): Template[] {
  return rowsOf(context, 'template').flatMap((row): Template[] => {
    if (row.parts === null) return [];
    const parts = JSON.parse(row.parts) as readonly { id: string; lines: number; text: Template['text']; hint?: Template['text'] }[];
    return [
      {
        ...{ id: row.id, title: titleOf(row), text: textsOf(row.text) },
        parts: parts.map(({ id, lines, text, hint }) => ({ id, lines, text: spokenIn(text), hint: spokenIn(hint ?? {}) })),
        unreadable: unreadableIn(row),
      },
    ];
  });
}

/** Of a text in any languages those that calls know. */
function spokenIn(text: Template['text']): Template['text'] {
  return Object.fromEntries(LANGUAGES.flatMap((language) => (text[language] === undefined ? [] : [[language, text[language]]])));
}

function cardOf(row: MaterialRow): Card {
  const spoken: unknown = JSON.parse(row.spoken ?? '[]');
  return {
    ...{ id: row.id, title: titleOf(row), text: textsOf(row.text), limits: textsOf(row.limits) },
    audience: row.audience ?? 'everyone',
    spoken: LANGUAGES.filter((language) => Array.isArray(spoken) && spoken.includes(language)),
    // An address of another kind, which a newer program may take, is not offered.
    link: row.link?.startsWith('https://') ? row.link : '',
    unreadable: unreadableIn(row),
  };
}
