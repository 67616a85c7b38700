/** The least contrast with white paper of what is read, and of what is only seen (WCAG 2, 1.4.3 and 1.4.11). */
export const LEAST_CONTRAST = { main: 4.5, accent: 3 } as const;
export type DesignColour = keyof typeof LEAST_CONTRAST;

/** The colours of a certificate where nobody chose any. */
export const USUAL_COLOURS: Readonly<Record<DesignColour, string>> = { main: '#1f5f8b', accent: '#8a6d1f' };

const COLOUR = /^#[0-9a-f]{6}$/;

/** Returns a colour as it is kept, from one that was typed: with or without `#`, three digits or six, in any case. Null for what is none. */
export function readColour(text: string): string | null {
  const digits = text.trim().toLowerCase().replace(/^#/, '');
  const six = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  return COLOUR.test(`#${six}`) ? `#${six}` : null;
}

/** Returns the contrast of a colour (`#rrggbb`) with white, from 1 to 21, cut to hundredths. */
export function contrastOnWhite(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => linear(Number.parseInt(colour.slice(at, at + 2), 16) / 255)) as [number, number, number];
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return Math.floor((1.05 / (luminance + 0.05)) * 100) / 100;
}

function linear(share: number): number {
  return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

/** Whether a colour is seen on white paper well enough for what it is used for. */
export function isLegible(use: DesignColour, colour: string): boolean {
  return COLOUR.test(colour) && contrastOnWhite(colour) >= LEAST_CONTRAST[use];
}
