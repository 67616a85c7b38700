/** Every page of the help in one language; one chunk, loaded when the help is first opened. */
export const texts = import.meta.glob<string>('../../../../../locales/pt/help/*.md', { eager: true, query: '?raw', import: 'default' });
