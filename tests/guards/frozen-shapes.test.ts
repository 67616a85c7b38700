import { expect, it } from 'vitest';
import { z } from 'zod';
import * as repository from '../../shared/contract/repository.ts';
import { ENTITIES, MODEL_VERSION } from '../../shared/model/entities.ts';
import { DERIVATIONS } from '../../shared/model/derivations.ts';
import { isErasable } from '../../shared/model/entity.ts';
import { digestOf, shapeOf } from '../support/shapes.ts';

/**
 * What laptops of several versions must agree on: the model that records are judged by, and what goes over the wire. A change here is a change for everybody who has an older program:
 * it says its version, or it is none.
 */

/** Digests of the model, by its version; those from before the guard are not known. */
const MODELS: Readonly<Record<number, string>> = {
  5: '096b0751fa6ae56b',
  6: 'f5503cb5ae1102d0',
  7: 'effc7dc12e90976e',
  8: 'b6da93e59610adab',
  9: 'ae65639206a9f22b',
  10: '95520bc1ff8d60b3',
  11: '0dc07993557fc651',
  12: '35f699378217c083',
};
/** Of the routes of a repository and the shapes of what they take and answer, by the version in their paths. */
const WIRES: Readonly<Record<string, string>> = { v1: '2a76356bd4fb5238' };

it('a changed model is another version', () => {
  const model = ENTITIES.map(({ type, spaces, appendOnly, about, fields }) => ({
    ...{ type, spaces, appendOnly, about },
    fields: Object.entries(fields).map(([name, { kind, localised, merge, personal, words, schema }]) => ({
      ...{ name, kind, localised, merge, words },
      isErasable: isErasable({ personal }),
      schema: shapeOf(schema),
    })),
  }));
  expect(digestOf([model, [...DERIVATIONS]]), 'raise MODEL_VERSION and add its digest here').toBe(MODELS[MODEL_VERSION]);
});

it('a changed wire is another version, or a field that older programs do without', () => {
  const schemas = Object.entries(repository).flatMap(([name, value]) => (value instanceof z.ZodType ? [[name, shapeOf(value)]] : []));
  expect(schemas.length).toBeGreaterThan(10);
  const versions = new Set(Object.values(repository.repositoryRoutes).map(({ path }) => path.split('/')[1]!));
  expect([...versions]).toEqual(['v1']);
  expect(digestOf([repository.repositoryRoutes, schemas]), 'an older laptop must still be understood, or get a sentence').toBe(WIRES['v1']);
});
