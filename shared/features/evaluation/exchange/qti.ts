import { escapedXml } from '../../../kernel/xml.ts';
import { htmlOf, type NotCarried, type Question, type QuestionOption, type WrittenQuestions } from './question.ts';

/** Questions as QTI 1.2 in the profile of a Common Cartridge 1.1, which has a test in a cartridge. It is written and not read: whoever has a cartridge has a course elsewhere. */

const PROFILES = {
  one: 'cc.multiple_choice.v0p1',
  several: 'cc.multiple_response.v0p1',
  trueFalse: 'cc.true_false.v0p1',
  fill: 'cc.fib.v0p1',
  essay: 'cc.essay.v0p1',
} as const;
/** The largest weight that importers take; they take whole ones. */
const HEAVIEST = 99;
const RIGHT = 100;

interface QtiTest {
  /** Letters, digits, `_` and `-`, a letter first. */
  readonly id: string;
  readonly title: string;
  /** The words for the two answers of true or false. */
  readonly words: readonly [right: string, wrong: string];
}

/**
 * The questions as one assessment, and what of them the profile does not carry: kinds that it has not, points that are no whole number, topics, words that stand with one answer, and shares other than *right* and *wrong*. The short
 * name of a question has no place in it, and is not told.
 */
export function writeQti(questions: readonly Question[], test: QtiTest): WrittenQuestions {
  const notCarried: { item: number; why: NotCarried }[] = [];
  const items: string[] = [];
  questions.forEach((question, item) => {
    const written = itemOf(question, `${test.id}_Q${item + 1}`, test.words);
    const lost: readonly NotCarried[] = written === null ? ['question'] : lostOf(question);
    notCarried.push(...lost.map((why) => ({ item, why })));
    if (written !== null) items.push(written);
  });
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsglobal.org/xsd/ims_qtiasiv1p2 http://www.imsglobal.org/profile/cc/ccv1p1/ccv1p1_qtiasiv1p2p1_v1p0.xsd">
<assessment ident="${test.id}" title="${escapedXml(test.title)}">
${metadata({ cc_profile: 'cc.exam.v0p1', qmd_assessmenttype: 'Examination', qmd_scoretype: 'Percentage' })}
<section ident="${test.id}_S">
${items.join('')}</section>
</assessment>
</questestinterop>
`;
  return { text, items: items.length, notCarried };
}

function lostOf({ kind, points, topic, options }: Question): NotCarried[] {
  const isWorded = options.some(({ explanation }) => explanation !== '');
  // Of several an importer gives each right one its equal share, and takes nothing away for a wrong one.
  const rights = options.filter(({ share }) => share > 0).length;
  const isPlain = options.every(({ share }) =>
    kind === 'several' ? share === 0 || Math.round(share) === Math.round(RIGHT / rights) : share === 0 || share === RIGHT,
  );
  const isTwice = (kind === 'one' || kind === 'scale') && rights > 1;
  return [
    ...(kind === 'scale' ? (['kind'] as const) : []),
    ...(topic === '' ? [] : (['topic'] as const)),
    ...(Number.isInteger(points) && points >= 0 && points <= HEAVIEST ? [] : (['points'] as const)),
    ...(isWorded || !isPlain || isTwice ? (['options'] as const) : []),
  ];
}

function itemOf(question: Question, ident: string, words: QtiTest['words']): string | null {
  const body = bodyOf(question, ident, words);
  if (body === null) return null;
  const { text, points, explanation } = question;
  const feedback = explanation.trim() === '' ? null : `${ident}_F`;
  const told = feedback === null ? '' : condition('<other/>', displayed(feedback), ' continue="Yes"');
  return `<item ident="${ident}">
<itemmetadata>${metadata({ cc_profile: PROFILES[body.profile], cc_weighting: String(Math.min(HEAVIEST, Math.round(points))) })}</itemmetadata>
<presentation>${material(text)}${body.responses}</presentation>
${processing(told + body.conditions)}${feedback === null ? '' : `<itemfeedback ident="${feedback}"><flow_mat>${material(explanation)}</flow_mat></itemfeedback>\n`}</item>
`;
}

interface Body {
  readonly profile: keyof typeof PROFILES;
  readonly responses: string;
  /** Which answers are right. */
  readonly conditions: string;
}

function bodyOf({ kind, options, right }: Question, ident: string, [yes, no]: QtiTest['words']): Body | null {
  const response = `${ident}_R`;
  const equal = (value: string, more = ''): string => `<varequal respident="${response}"${more}>${escapedXml(value)}</varequal>`;
  const scored = (test: string): string => condition(test, '<setvar action="Set" varname="SCORE">100</setvar>');
  const letters = options.map((option, at) => ({ ...option, id: `${ident}_A${at + 1}` }));
  switch (kind) {
    case 'one':
    case 'scale':
      if (options.length < 2) return null;
      return {
        profile: 'one',
        responses: choices(response, 'Single', letters),
        // One may be right: of several that give points the first that gives most.
        conditions: best(letters)
          .map(({ id }) => scored(equal(id)))
          .join(''),
      };
    case 'several': {
      const rights = letters.filter(({ share }) => share > 0);
      if (options.length < 2 || rights.length === 0) return null;
      const each = letters.map(({ id, share }) => (share > 0 ? equal(id, ' case="Yes"') : `<not>${equal(id, ' case="Yes"')}</not>`));
      return {
        profile: 'several',
        responses: choices(response, 'Multiple', letters),
        conditions: scored(`<and>${each.join('')}</and>`),
      };
    }
    case 'trueFalse':
      if (right === null) return null;
      return {
        profile: 'trueFalse',
        responses: choices(response, 'Single', [
          { id: 'true', text: yes },
          { id: 'false', text: no },
        ]),
        conditions: scored(equal(String(right))),
      };
    case 'text': {
      const accepted = options.filter(({ share }) => share === RIGHT);
      if (accepted.length === 0) return options.length > 0 ? null : { profile: 'essay', responses: blank(response), conditions: '' };
      return { profile: 'fill', responses: blank(response), conditions: scored(accepted.map(({ text }) => equal(text)).join('')) };
    }
    default:
      return null;
  }
}

function best<T extends Pick<QuestionOption, 'share'>>(options: readonly T[]): T[] {
  const most = Math.max(...options.map(({ share }) => share));
  return most <= 0 ? [] : options.filter(({ share }) => share === most).slice(0, 1);
}

function choices(
  response: string,
  cardinality: 'Single' | 'Multiple',
  options: readonly { readonly id: string; readonly text: string }[],
): string {
  const labels = options.map(({ id, text }) => `<response_label ident="${id}">${material(text)}</response_label>`);
  return `<response_lid ident="${response}" rcardinality="${cardinality}"><render_choice>${labels.join('')}</render_choice></response_lid>`;
}

function blank(response: string): string {
  return `<response_str ident="${response}" rcardinality="Single"><render_fib fibtype="String" prompt="Dashline"/></response_str>`;
}

function condition(test: string, does: string, more = ' continue="No"'): string {
  return `<respcondition${more}><conditionvar>${test}</conditionvar>${does}</respcondition>\n`;
}

function processing(conditions: string): string {
  if (conditions === '') return '';
  const score = '<outcomes><decvar varname="SCORE" vartype="Decimal" minvalue="0" maxvalue="100"/></outcomes>';
  return `<resprocessing>${score}\n${conditions}</resprocessing>\n`;
}

function displayed(feedback: string): string {
  return `<displayfeedback feedbacktype="Response" linkrefid="${feedback}"/>`;
}

function material(text: string): string {
  // Importers show what stands here as HTML, whatever it says that it is.
  return `<material><mattext texttype="text/html">${escapedXml(htmlOf(text))}</mattext></material>`;
}

function metadata(fields: Readonly<Record<string, string>>): string {
  const each = Object.entries(fields).map(
    ([label, entry]) => `<qtimetadatafield><fieldlabel>${label}</fieldlabel><fieldentry>${entry}</fieldentry></qtimetadatafield>`,
  );
  return `<qtimetadata>${each.join('')}</qtimetadata>`;
}
