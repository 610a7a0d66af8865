import { Type } from 'typebox';
import { actReason } from '../../kit/http/act-reason.ts';

/** What a client may ask for around a link that it has sent. */
export const linkOptions = {
  returnUrl: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
  errorUrl: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
  linkLifetime: Type.Optional(Type.Integer()),
  reason: actReason,
};

/** What it is told then. */
export const linkReply = {
  isSent: Type.Boolean(),
  channel: Type.Union([Type.Literal('sms'), Type.Literal('email'), Type.Null()]),
  destination: Type.Union([Type.String({ description: 'masked' }), Type.Null()]),
  reason: Type.Union([
    Type.String({
      description:
        'why it was not sent, or not to where it was meant to go. number_is_old: all that the reader is ' +
        'known by is a number that nobody has proven for half a year, and that may be another’s by now. ' +
        'Once a person knows that it is still the reader’s, `leveret reader confirm-number` opens the ' +
        'account again',
    }),
    Type.Null(),
  ]),
  warnings: Type.Array(Type.Object({ field: Type.String(), rule: Type.String(), message: Type.String() })),
};
