import { expect, it } from 'vitest';
import { QUESTION_FORMATS } from '../../../../shared/features/evaluation/exchange/formats.ts';
import { BLANK, textOfHtml, type Question } from '../../../../shared/features/evaluation/exchange/question.ts';
import { sendForms } from './random-questions.ts';

/** Questions of other tools: each is taken, or reported alone with its line; what a format does not carry is named. */

const { gift, moodleXml, aiken } = QUESTION_FORMATS;
const option = (text: string, share = 0, explanation = '') => ({ text, share, explanation });
const codes = ({ rejected }: { readonly rejected: readonly object[] }) => rejected;

it('reads GIFT question by question, and says the line of each that it does not take', () => {
  const read = gift.read(
    [
      ...[
        '// a remark',
        '$CATEGORY: $course$/Law',
        '::Q1:: Which\\nis right? {',
        '  =yes # good',
        '  ~%-50%[html]no &lt; <b>not</b>',
        '  ####Because.',
        '}',
        '',
      ],
      ...['Broken {=a', '', 'A comma {#3,5}', '', '$CATEGORY: $course$/Law/Powers', '', 'When? {#1822:5}', '', 'Only a text', ''],
      ...['Two {~%50%a ~%50%b ~%-100%c}', '', 'True? {F#no#yes}', '', 'Match {=a -> 1 =b -> 2 = -> 3}', '', 'Say {=one =%50%two}'],
    ].join('\r\n'),
  );
  expect(codes(read)).toEqual([
    { line: 9, code: 'syntax' },
    { line: 11, code: 'decimalComma' },
    { line: 17, code: 'description' },
  ]);
  expect(read.questions).toMatchObject([
    {
      ...{ line: 2, kind: 'one', name: 'Q1', text: 'Which\nis right?', topic: 'Law', explanation: 'Because.' },
      options: [option('yes', 100, 'good'), option('no < not', -50)],
    },
    { line: 15, kind: 'number', topic: 'Law/Powers', numbers: [{ value: 1822, tolerance: 5, share: 100 }] },
    { kind: 'several', options: [option('a', 50), option('b', 50), option('c', -100)] },
    { kind: 'trueFalse', right: false, options: [option('true', 0, 'no'), option('false', 100, 'yes')] },
    {
      kind: 'matrix',
      rows: [
        { text: 'a', right: 0 },
        { text: 'b', right: 1 },
      ],
      options: [option('1'), option('2'), option('3')],
    },
    { kind: 'text', options: [option('one', 100), option('two', 50)] },
  ]);
});

it('writes what GIFT cannot escape in HTML', () => {
  const question: Question = {
    ...BLANK,
    kind: 'one',
    text: 'x -> y & [z]',
    options: [option('a->b <c>\n{d}', 100), option('[html]', 0), option('%50% e')],
  };
  const { text, notCarried } = gift.write([question]);
  expect(text).toContain('=[html]a-&gt;b &lt;c&gt;<br>\\{d\\}'.replace('<br>', '<br>'));
  expect(notCarried).toEqual([]);
  expect(gift.read(text).questions[0]).toMatchObject(question);
});

it('reads Moodle’s XML in its order, with the topic that stands before each', () => {
  const q = (type: string, inside: string) => `<question type="${type}"><name><text>n</text></name>${inside}</question>`;
  const text = (words: string, format = 'html') => `<questiontext format="${format}"><text><![CDATA[${words}]]></text></questiontext>`;
  const read = moodleXml.read(
    [
      ...['<?xml version="1.0" encoding="UTF-8"?>', '<quiz>', '<!-- <question type="x"> -->'],
      q('category', '<category><text>$course$/Law</text></category>'),
      q(
        'multichoice',
        `${text('<p>A <b>b</b><br>c</p>')}<single>true</single><answer fraction="100"><text>001</text></answer><answer fraction="0"><text>1.50</text></answer>`,
      ),
      q('cloze', text('{1:SA:=x}')),
      q('category', '<category><text>top/Other</text></category>'),
      q('numerical', `${text('<question>', 'plain_text')}<answer fraction="100"><text>1,5</text></answer>`),
      q('numerical', `${text('n')}<answer fraction="100"><text>-1.5e2</text><tolerance>0.1</tolerance></answer>`),
      q(
        'multichoice',
        `${text('m')}<single>false</single><answer fraction="200"><text>a</text></answer><answer fraction="0"><text>b</text></answer>`,
      ),
      q('multichoice', `${text('m')}<answer fraction="100"><text>a</text></answer>`),
      q('ordering', `${text('o')}<answer fraction="1"><text>a</text></answer><answer fraction="2"><text>b</text></answer>`),
      q(
        'matching',
        '<questiontext><text>p</text><file name="a.png">AA==</file></questiontext><subquestion><text>a</text><answer><text>1</text></answer></subquestion>',
      ),
      '</quiz>',
    ].join('\n'),
  );
  expect(codes(read)).toEqual([
    { line: 6, code: 'type' },
    { line: 8, code: 'decimalComma' },
    { line: 10, code: 'share' },
    { line: 11, code: 'options' },
  ]);
  expect(read.questions).toMatchObject([
    { line: 5, topic: 'Law', text: 'A b\nc', kind: 'one', options: [option('001', 100), option('1.50')] },
    { line: 9, topic: 'Other', numbers: [{ value: -150, tolerance: 0.1 }] },
    { line: 12, kind: 'ranking', options: [option('a'), option('b')] },
    { line: 13, kind: 'matrix', rows: [{ text: 'a', right: 0 }] },
  ]);
  expect(read.lost).toEqual([{ line: 13, what: 'picture' }]);
});

it('reads Aiken, and what does not end is reported where it begins', () => {
  const read = aiken.read(
    'Good\nA) one\nB. two\nANSWER: B\n\nToo few\nA) only\nANSWER: A\n\nNot ended\nA) a\nB) b\n\nSecond\nA)x\nB)y\nANSWER: C\nANSWER: A\n',
  );
  expect(read.questions).toMatchObject([{ line: 1, kind: 'one', text: 'Good', options: [option('one'), option('two', 100)] }]);
  expect(codes(read)).toEqual([
    { line: 6, code: 'options' },
    { line: 10, code: 'answer' },
    { line: 14, code: 'answer' },
    { line: 18, code: 'syntax' },
  ]);
});

it('names what a format does not carry', () => {
  const date: Question = { ...BLANK, kind: 'date', text: 'When?' };
  const scale: Question = { ...BLANK, kind: 'scale', text: 'How?', points: 2, options: [option('1'), option('2')] };
  const told = (format: keyof typeof QUESTION_FORMATS) => QUESTION_FORMATS[format].write([date, scale]);
  expect(told('gift')).toMatchObject({
    items: 1,
    notCarried: [
      { item: 0, why: 'question' },
      { item: 1, why: 'kind' },
      { item: 1, why: 'points' },
    ],
  });
  expect(told('moodleXml')).toMatchObject({
    items: 1,
    notCarried: [
      { item: 0, why: 'question' },
      { item: 1, why: 'kind' },
    ],
  });
  expect(told('aiken')).toMatchObject({ items: 0, notCarried: [{ why: 'question' }, { why: 'question' }] });
});

it('sends random forms out and back', () => {
  sendForms(25, 1, false);
  // Of plain words the kinds that a format has are carried whole.
  const { gift: asGift, moodleXml: asXml } = sendForms(25, 100, true);
  expect(asGift![0]).toBeGreaterThan(10);
  expect(asXml![0]).toBeGreaterThan(20);
});

it('is not led astray by what was made to harm', () => {
  const wrapped = (inside: string) => `<?xml version="1.0"?><quiz>${inside}</quiz>`;
  const bomb = `<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "${'x'.repeat(1000)}"><!ENTITY b "&a;&a;&a;">]><quiz><question type="essay"><questiontext><text>&b;</text></questiontext></question></quiz>`;
  expect(codes(moodleXml.read(bomb))).toEqual([{ line: 1, code: 'entities' }]);
  expect(codes(moodleXml.read('<quiz><question type="essay">'))).toMatchObject([{ code: 'xml' }]);
  expect(codes(moodleXml.read('<html/>'))).toMatchObject([{ code: 'xml' }]);
  expect(moodleXml.read(wrapped('')).questions).toEqual([]);
  const polluted = moodleXml.read(
    wrapped('<question type="essay"><__proto__><polluted>1</polluted></__proto__><constructor>x</constructor></question>'),
  );
  expect(polluted.questions.length + polluted.rejected.length).toBe(1);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  const deep = moodleXml.read(wrapped(`<question type="essay">${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}</question>`));
  expect(deep.questions.length + deep.rejected.length).toBe(1);
  for (const { read } of Object.values(QUESTION_FORMATS))
    for (const hostile of [
      '<'.repeat(100_000),
      '{'.repeat(100_000),
      '~%'.repeat(50_000),
      '\\'.repeat(100_001),
      '::'.repeat(50_000),
      'A)\n'.repeat(30_000),
      '&#'.repeat(50_000),
    ])
      expect(read(hostile).questions.length).toBeLessThan(2);
  for (const { read } of Object.values(QUESTION_FORMATS))
    expect(codes(read('x'.repeat(10_000_001)))).toEqual([{ line: 1, code: 'tooLong' }]);
  expect(textOfHtml('<'.repeat(100_000))).toHaveLength(100_000);
  expect(textOfHtml('a&#233;&#xe9;&#0;&nbsp;&amp;lt;')).toBe('aéé&#0; &lt;');
});
