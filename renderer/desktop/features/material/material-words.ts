import type { Answer } from '../../app/engine.ts';

export type Material = Answer<'material.list'>[number];
export type MaterialKind = Material['kind'];
export type Audience = Material['audience'];

/** In the order of the fields that offer them. */
export const KINDS: readonly MaterialKind[] = ['slides', 'handout', 'case', 'video', 'template', 'questionnaire', 'other'];
export const AUDIENCES: readonly Audience[] = ['everyone', 'judiciary', 'lawEnforcement'];

/** The newest version in each language, in the order of the list. */
export function newestVersions(material: Material): Material['versions'] {
  const newest = new Map<string, Material['versions'][number]>();
  for (const version of material.versions) {
    const known = newest.get(version.language);
    if (!known || known.addedAt < version.addedAt) newest.set(version.language, version);
  }
  return [...newest.values()];
}
