import { describe, expect, it } from 'vitest';
import { isOffice, nameCertified, nameGiven } from '../../shared/features/sync/person-name.ts';

const REPLICA = '4489f049a0b1c2d3e4f5061728394a5b';
const codeOf = (name: string): string => {
  const judged = nameGiven(name);
  return judged.ok ? '' : judged.refusal.code;
};

describe('the name that a device proposes', () => {
  it.each([
    'Awa Diop',
    'Ana María López de la Cruz',
    'João Conceição',
    'Nguyễn Thị Ánh',
    'Jean-Pierre N’Diaye',
    "Siobhán O'Neill",
    'José',
    'Le',
    'Мария Иванова',
    'Ελένη Παπαδοπούλου',
    'محمد بن علي',
    '山田太郎',
    'K. Traoré (ENM)',
    'Expert Dupont',
    'Marie Officer',
    'Ibrahima Ba 2',
  ])('%s is a name', (name) => {
    expect(nameGiven(name)).toEqual({ ok: true, value: name });
    expect(isOffice(name)).toBe(false);
    expect(nameCertified(name, REPLICA)).toBe(name);
  });

  it.each([
    ...['Administrator', 'Repository administrator', 'ADMIN', 'Administrateur du répertoire', 'Administradora', 'O administrador'],
    ...[
      'Coordinator',
      'Coordinatrice nationale',
      'Coordinador',
      'Coordenação Coordenador',
      'Repositório',
      'Répertoire',
      'Itinera',
      'Support Itinera',
    ],
    ...[
      'Trainer',
      'A trainer',
      'Trainer 2',
      'Formateur',
      'La formadora',
      'Expert',
      'The expert',
      'Project officer',
      'Directrice',
      'Awa, coordinator',
    ],
    // The same in signs that look alike or are folded.
    ...['Ａdministrator', '𝐀𝐝𝐦𝐢𝐧𝐢𝐬𝐭𝐫𝐚𝐭𝐨𝐫', 'Âdmïnístrâtor', 'admin-istrateur admin'],
  ])('%s is an office', (name) => {
    expect(isOffice(name.normalize('NFC'))).toBe(true);
    expect(nameCertified(name, REPLICA)).toBe('4489f049');
  });

  it.each([
    ['a direction override', 'Awa \u202eDIOP'],
    ['an isolate', 'Awa \u2066Diop\u2069'],
    ['a line break', 'a\nb'],
    ['a tab', 'Awa\tDiop'],
    ['a NUL', 'Awa\u0000'],
    ['a line separator', 'Awa\u2028Diop'],
    ['markup', '<img src=x onerror=alert(1)>'],
    ['a zero width space', 'Aw\u200ba'],
    ['a byte order mark', 'A\ufeffwa'],
    ['a soft hyphen', 'Ad\u00admin'],
    ['a Hangul filler', 'Awa\u3164'],
    ['a Braille blank', 'Awa\u2800Diop'],
    ['a variation selector', 'Awa\ufe0f'],
    ['a tag', 'Awa\u{e0041}'],
    ['a private sign', 'Awa\ue000'],
    ['half a pair', 'Awa\ud800'],
    ['nothing', ''],
    ['blanks', '  \u3000 '],
    ['invisible letters alone', '\u115f\u1160'],
    ['digits alone', '12345'],
    ['marks heaped up', `A${'\u0301'.repeat(12)}wa`],
    ['two alphabets in one word', 'Аdministrator'],
    ['Greek among Latin', 'Αwa'],
    ['121 letters', 'x'.repeat(121)],
  ])('with %s cannot be read as it is written', (_what, name) => {
    expect(codeOf(name)).toBe('sync.nameUnreadable');
  });

  it('comes in one form: composed, and with single spaces', () => {
    expect(nameGiven('  Ame\u0301lie \u00a0 Diop ')).toEqual({ ok: true, value: 'Amélie Diop' });
  });
});

it('an administrator may name an office, but nothing that is not seen', () => {
  expect(nameGiven('Repository administrator').ok).toBe(true);
  expect(nameGiven('Awa \u202eDIOP')).toMatchObject({ ok: false, refusal: { code: 'sync.nameUnreadable' } });
});
