import { judgeOnPage, readPageData, type PageVerdict, type ReadPageData } from '../../shared/features/award/award-page.ts';
import { LANGUAGE_NAMES, writtenDay } from '../../shared/kernel/formats.ts';
import { LANGUAGES, type Language } from '../../shared/kernel/text.ts';
import { nobleHasher, nobleVerifier } from './noble-ports.ts';
import { kindWord, pageWords, preferredLanguage, type PageWords } from './page-words.ts';

/** The program of the page that verifies certificates (shared/features/award/award-page.ts). It asks nothing of anybody: what it knows stands in the page. */

/** The look of each verdict; its sign stands beside its words, so that colour alone says nothing. */
const LOOKS = {
  valid: { tone: 'good', sign: '✓' },
  revoked: { tone: 'bad', sign: '✕' },
  later: { tone: 'open', sign: '?' },
  issuerUnknown: { tone: 'open', sign: '?' },
  forged: { tone: 'bad', sign: '✕' },
} as const satisfies Record<PageVerdict['is'], { readonly tone: string; readonly sign: string }>;

const element = (id: string): HTMLElement => document.getElementById(id)!;
const field = element('token') as HTMLTextAreaElement;
const data = readPageData(element('data').textContent);
let language = preferredLanguage(navigator.languages);
/** The token that is judged; '' for none yet. */
let token = '';

function start(): void {
  element('unable').remove();
  element('page').hidden = false;
  for (const one of LANGUAGES) element('languages').append(languageButton(one));
  element('form').addEventListener('submit', (event) => {
    event.preventDefault();
    judge(field.value);
  });
  element('print').addEventListener('click', () => window.print());
  window.addEventListener('hashchange', judgeAddress);
  draw();
  judgeAddress();
}

/** Judges what stands behind the `#` of the address, as the camera of a phone opens it. */
function judgeAddress(): void {
  if (location.hash.length <= 1) return;
  field.value = location.hash.slice(1);
  judge(field.value);
}

function judge(text: string): void {
  token = text.trim();
  draw();
  if (token !== '') element('result').focus();
}

function languageButton(one: Language): HTMLElement {
  const button = made('button', LANGUAGE_NAMES[one]);
  button.lang = one;
  button.setAttribute('type', 'button');
  button.addEventListener('click', () => {
    language = one;
    draw();
  });
  return button;
}

function draw(): void {
  const t = pageWords(language);
  document.documentElement.lang = language;
  document.title = t('verification:title');
  for (const button of element('languages').children)
    button.setAttribute('aria-pressed', String((button as HTMLElement).lang === language));
  element('languages').setAttribute('aria-label', t('verification:languages'));
  element('title').textContent = t('verification:title');
  element('label').textContent = t('verification:digits');
  element('hint').textContent = t('verification:hint');
  element('check').textContent = t('verification:check');
  element('print').textContent = t('verification:print');
  const result = element('result');
  result.replaceChildren();
  result.hidden = token === '';
  element('print').hidden = token === '';
  if (data === null) {
    element('about').textContent = t('verification:noData');
    element('form').hidden = true;
    result.hidden = true;
    return;
  }
  element('about').textContent = t('verification:about', { name: data.repository, day: writtenDay(data.asOf, language) });
  if (token !== '') drawVerdict(result, judgeOnPage(token, data, nobleVerifier, nobleHasher), data, t);
}

function drawVerdict(result: HTMLElement, verdict: PageVerdict, { asOf }: ReadPageData, t: PageWords): void {
  const { tone, sign } = LOOKS[verdict.is];
  result.dataset['is'] = verdict.is;
  result.className = tone;
  const day = (one: string) => writtenDay(one, language);
  const heading = made('h2', '');
  const mark = made('span', sign);
  mark.setAttribute('aria-hidden', 'true');
  heading.append(mark, t(`verification:${verdict.is}`));
  const on = verdict.is === 'revoked' ? day(verdict.on) : '';
  result.append(heading, made('p', t(`verification:${verdict.is}Means`, { day: day(asOf), on })));
  if (!('claims' in verdict)) return;
  const { claims, by } = verdict;
  const facts = made('dl', '');
  const fact = (label: string, value: string) => {
    const said = made('dd', value);
    said.dir = 'auto';
    facts.append(made('dt', label), said);
  };
  fact(t('verification:name'), claims.name);
  fact(t('verification:kind'), kindWord(claims.kind, language));
  fact(t('verification:of'), claims.title);
  fact(t('verification:issuedOn'), day(claims.issuedOn));
  fact(t('verification:by'), by);
  fact(t('verification:number'), claims.number);
  if (verdict.is === 'revoked') fact(t('verification:revokedOn'), on);
  result.append(facts, made('p', t('verification:compare')));
}

function made(tag: string, text: string): HTMLElement {
  const one = document.createElement(tag);
  one.textContent = text;
  return one;
}

start();
