const DAY = 86_400_000;
const LAST_DAY = 2_958_466;

/** How a spreadsheet shows a number, as far as it changes what the number says. */
export type NumberFormat =
  | { readonly kind: 'plain' }
  | { readonly kind: 'percent'; readonly decimals: number }
  /** Digits that are filled in from the right: `000`, `00 00 00 00`, `"TG-"000`. */
  | { readonly kind: 'digits'; readonly places: readonly string[] }
  | { readonly kind: 'time'; readonly date: boolean; readonly time: boolean; readonly seconds: boolean; readonly elapsed: boolean };

const PLAIN: NumberFormat = { kind: 'plain' };

/** The formats that a workbook names by a number alone; those of East Asian dates have no code of their own. */
const BUILT_IN: Readonly<Record<number, string>> = {
  9: '0%',
  10: '0.00%',
  ...Object.fromEntries([14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, 'yyyy-mm-dd'])),
  ...Object.fromEntries([18, 20, 32, 34, 55].map((id) => [id, 'h:mm'])),
  ...Object.fromEntries([19, 21, 33, 35, 56].map((id) => [id, 'h:mm:ss'])),
  22: 'yyyy-mm-dd h:mm',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss',
};

/** The format of a workbook's number; `code` where the workbook has its own. */
export function numberFormat(id: number, code?: string): NumberFormat {
  return formatOf(code ?? BUILT_IN[id] ?? '');
}

/** The format that a code such as `dd/mm/yyyy`, `0.0%` or `000` describes. */
export function formatOf(code: string): NumberFormat {
  const [first = ''] = code.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/, 1);
  if (/^(general|standard|@)?$/i.test(first)) return PLAIN;
  // Texts, signs after a backslash, widths, colours and countries say nothing of what the number is.
  const bare = first.replace(/"[^"]*"|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '').replace(/am\/pm|a\/p/gi, '');
  if (/[ymdhs]|j{2}|a{4}/i.test(bare) && !/[0#?]/.test(bare.replace(/s\.0+/gi, ''))) return timeFormat(bare);
  if (bare.includes('%')) return { kind: 'percent', decimals: /\.([0#]+)/.exec(bare)?.[1]?.length ?? 0 };
  return digitsFormat(first);
}

function timeFormat(bare: string): NumberFormat {
  const time = /[hs]/i.test(bare) || /\[m+\]/i.test(bare);
  return {
    kind: 'time',
    date: /[ydj]|a{4}/i.test(bare) || (!time && /m/i.test(bare)),
    time,
    seconds: /s/i.test(bare),
    elapsed: /\[[hms]+\]/i.test(bare),
  };
}

function digitsFormat(code: string): NumberFormat {
  const places: string[] = [];
  for (const [token] of code.replace(/[_*].|\[[^\]]*\]/g, '').matchAll(/"[^"]*"|\\.|[^"\\]/g)) {
    if (token === '0') places.push('0');
    else if (token.startsWith('"')) places.push(...[...token.slice(1, -1)].map(literal));
    else if (token.startsWith('\\')) places.push(literal(token.slice(1)));
    else if (/[ ()/+-]/.test(token)) places.push(literal(token));
    // `#,##0.00` and the like only group and round.
    else return PLAIN;
  }
  return places.length > 1 && places.includes('0') ? { kind: 'digits', places } : PLAIN;
}

const literal = (sign: string): string => `=${sign}`;

/** A number as it reads in a list: dates as `YYYY-MM-DD` (with ` HH:MM` where the format shows a time), times as `HH:MM`, never rounded to what a column's width shows. */
export function shownNumber(value: number, format: NumberFormat, from1904 = false): string {
  if (!Number.isFinite(value)) return '';
  if (format.kind === 'time') return shownTime(value, format, from1904);
  if (format.kind === 'percent') return `${plainNumber(Number((value * 100).toFixed(format.decimals)))}%`;
  if (format.kind === 'digits' && Number.isSafeInteger(value) && value >= 0) return filledIn(String(value), format.places);
  return plainNumber(value);
}

/** Spreadsheets keep 15 digits; what is after them is how machines count. */
function plainNumber(value: number): string {
  return String(Number(value.toPrecision(15)));
}

function filledIn(digits: string, places: readonly string[]): string {
  let rest = digits;
  let shown = '';
  for (const place of places.toReversed()) {
    if (place !== '0') shown = place.slice(1) + shown;
    else {
      shown = (rest.at(-1) ?? '0') + shown;
      rest = rest.slice(0, -1);
    }
  }
  if (rest === '') return shown;
  // More digits than places: the first place takes them.
  const lead = places.findIndex((place) => place === '0');
  return shown.slice(0, lead) + rest + shown.slice(lead);
}

function shownTime(value: number, { date, time, seconds, elapsed }: NumberFormat & { kind: 'time' }, from1904: boolean): string {
  if (value < 0 || value >= LAST_DAY) return plainNumber(value);
  // A time is a fraction of a day: to the nearest second, or 09:30 reads as 09:29.
  const total = Math.round(value * 86_400);
  const withSeconds = seconds && total % 60 !== 0;
  if (elapsed) return clock(Math.floor(total / 3_600), total, withSeconds);
  const day = Math.floor(total / 86_400);
  const clockTime = clock(Math.floor(total / 3_600) % 24, total, withSeconds);
  if (!date && day === 0) return clockTime;
  const shown = dayOf(day, from1904);
  return time ? (total % 86_400 === 0 && date ? shown : `${shown} ${clockTime}`) : shown;
}

function clock(hours: number, total: number, withSeconds: boolean): string {
  const parts = [hours, Math.floor(total / 60) % 60, ...(withSeconds ? [total % 60] : [])];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** Spreadsheets believe that 1900 had a 29 February: days before it are counted one too low. */
function dayOf(day: number, from1904: boolean): string {
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, day < 60 ? 31 : 30);
  return new Date(epoch + day * DAY).toISOString().slice(0, 10);
}
