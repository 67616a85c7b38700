/** A value may come from anybody: it is shown as one line of so many signs, and steers neither lines nor the direction of writing. */
const LONGEST = 200;
const UNSHOWN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]+/gu;

/** A sentence with its `{{values}}` filled in once; what a value itself says of `{{...}}` stays as it is. */
export function filled(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{\{(\w+)\}\}/g, (_place, name: string) => shown(Object.hasOwn(values, name) ? values[name]! : ''));
}

function shown(value: string): string {
  const signs = [...value.replace(UNSHOWN, ' ').replace(/\s+/gu, ' ').trim()];
  return signs.length > LONGEST ? `${signs.slice(0, LONGEST).join('')}…` : signs.join('');
}
