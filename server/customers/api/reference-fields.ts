import { type Static, Type } from 'typebox';
import { cleanCode } from '../../kit/clean-text.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import type { Reference } from '../references-store.ts';

const referenceCode = Type.String({
  minLength: 1,
  maxLength: 40,
  description: 'the other system, by a code of yours',
});

/** A customer's name in another system: of the lengths that the original has. */
export const ReferenceFields = {
  referenceCode,
  externalId: Type.String({ minLength: 1, maxLength: 16, description: 'what the customer is called there' }),
};

export const ReferenceParams = narrowing({
  customerNumber: Type.Integer({ minimum: 1 }),
  referenceCode,
});
export type ReferenceParams = Static<typeof ReferenceParams>;

export const ReferenceChanged = Type.Object({
  success: Type.Boolean(),
  customerNumber: Type.Integer(),
  referenceCode: Type.String(),
});

/** Codes and ids as they are kept: without what nobody sees. */
export function readReference({ referenceCode: code, externalId: id }: Reference): Reference {
  return { referenceCode: cleanCode(code), externalId: cleanCode(id) };
}
