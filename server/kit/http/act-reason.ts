import { Type } from 'typebox';
import { describes } from './field-sorts.ts';

/** Why somebody did by hand what a call does; it is kept with the act. */
export const actReason = describes(
  Type.Optional(
    Type.String({ maxLength: 200, description: 'why, kept with the act: about the matter, never a person' }),
  ),
);
