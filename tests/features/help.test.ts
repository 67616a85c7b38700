import { describe, expect, it } from 'vitest';
import { findHelp, linesOf, readHelp, wordsOfLine } from '../../shared/features/help/help-text.ts';

const PAGE = `# Conflicts

## What it is for

Two people wrote **different** things.

## Steps

1. Press {{sync:conflicts.keepThis}}, or \`attendance.details\`.
2. Then [sync](sync) again.

## If it goes wrong

- A * stands as it is, and so does 2 * 3.
`;

describe('a page of the help', () => {
  it('is read with its parts in order', () => {
    const { title, blocks } = readHelp(PAGE);
    expect(title).toBe('Conflicts');
    expect(blocks.map(({ is }) => is)).toEqual(['heading', 'paragraph', 'heading', 'steps', 'heading', 'points']);
    expect(linesOf({ title, blocks })).toEqual([
      [
        { is: 'text', text: 'Two people wrote ' },
        { is: 'strong', text: 'different' },
        { is: 'text', text: ' things.' },
      ],
      [
        { is: 'text', text: 'Press ' },
        { is: 'name', of: 'sync:conflicts.keepThis' },
        { is: 'text', text: ', or ' },
        { is: 'key', of: 'attendance.details' },
        { is: 'text', text: '.' },
      ],
      [
        { is: 'text', text: 'Then ' },
        { is: 'page', page: 'sync', text: 'sync' },
        { is: 'text', text: ' again.' },
      ],
      [{ is: 'text', text: 'A * stands as it is, and so does 2 * 3.' }],
    ]);
  });

  it('is sought by what the window calls things', () => {
    const [, line] = linesOf(readHelp(PAGE));
    expect(wordsOfLine(line!, () => 'Keep this one')).toBe('Press Keep this one, or .');
  });
});

describe('a search of the help', () => {
  const pages = [
    { page: 'a', title: 'Réunir le travail', lines: ['Un conflit se règle ici.', 'Rien n’est perdu.'] },
    { page: 'b', title: 'Conflits', lines: ['Deux personnes ont écrit.'] },
    { page: 'c', title: 'Le rapport', lines: ['Des chiffres.'] },
  ];
  const found = (text: string) => findHelp(pages, text).map(({ page, line }) => [page, line]);

  it('takes the beginnings of words without accents, titles first, and says where it was found', () => {
    expect(found('conflit')).toEqual([
      ['b', null],
      ['a', 'Un conflit se règle ici.'],
    ]);
    expect(found('reun perd')).toEqual([['a', 'Rien n’est perdu.']]);
  });

  it('wants every word, and without one gives every page', () => {
    expect(found('conflit rapport')).toEqual([]);
    expect(found(' ').map(([page]) => page)).toEqual(['a', 'b', 'c']);
  });
});
