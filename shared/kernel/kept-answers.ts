/**
 * Returns the same function with its last answers kept, `most` of them: in a list most texts of a column come again. Only for what is the same for a text at
 * any time. Long texts are not kept.
 */
export function keepingAnswers<T>(answer: (text: string) => T, most = 2_048): (text: string) => T {
  const kept = new Map<string, T>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined || kept.has(text)) return known as T;
    const found = answer(text);
    if (text.length > LONGEST_KEPT) return found;
    if (kept.size >= most) kept.clear();
    kept.set(text, found);
    return found;
  };
}

const LONGEST_KEPT = 100;
