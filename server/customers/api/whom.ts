import { type Static, Type } from 'typebox';
import { credentialKey, credentialRefusal, parseCredential } from '../../kit/credential.ts';
import { epochMilliseconds } from '../../kit/epoch-milliseconds.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { customerNumber } from '../../kit/ids.ts';
import { fieldProblem } from '../../kit/problem.ts';
import type { Publisher } from '../../publishers/publisher.ts';
import type { Erased } from '../erase-customer.ts';
import type { LeftOrder, Whom } from '../find-person.ts';

/** Which user a client means. */
export const UserParams = narrowing({ uniqueUserId: Type.String({ minLength: 1, maxLength: 64 }) });
export type UserParams = Static<typeof UserParams>;

export const whomFields = {
  credentials: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 255 }), {
      maxItems: 20,
      description:
        'e-mail addresses and mobile numbers that the person has shown to be theirs, beside those they log ' +
        'in by. Where several people stand under a number, they say who is meant',
    }),
  ),
};

export const howPeopleAreFound =
  'Whose something is, is told by proof alone: an order is of whoever has proven the payer’s address ' +
  'by logging in, a message of whoever it went to. A customer number means who is attached to it; ' +
  'where nobody is, the one person whom its orders and registration name, and where these are several' +
  ' it is refused (customer_is_several) until credentials say who is meant. ordersLeft lists orders ' +
  'near the person that are somebody else’s, or whose payer nobody has proven to be: where it is the ' +
  'same person, name the address in credentials.';

export const LeftReply = Type.Array(
  Type.Object({
    orderId: Type.Integer(),
    why: Type.Union(
      (['paid_by_another', 'payer_is_unproven', 'payer_is_contested', 'is_anothers'] as const).map((why) =>
        Type.Literal(why),
      ),
    ),
  }),
  {
    description:
      'orders under the number or of the user that somebody else paid for, or whose payer nobody has ' +
      'proven to be; and is_anothers: orders the person paid for that somebody else has, whose ' +
      'part stays theirs',
  },
);

export const tellLeft = (left: readonly LeftOrder[]) => left.map(({ orderId, why }) => ({ orderId, why }));

type Asked = { publisher: Publisher; credentialHash: Buffer; credentials: readonly string[] | undefined };

/** The customer of a number. */
export function whomByNumber(asked: Asked, number: number): Whom {
  return { ...readWhom(asked), by: { customerNumber: customerNumber(number) } };
}

/** The user of an id. */
export function whomByUser(asked: Asked, uniqueUserId: string): Whom {
  return { ...readWhom(asked), by: { uniqueUserId: uniqueUserId.toLowerCase() } };
}

function readWhom({ publisher, credentialHash, credentials = [] }: Asked): Omit<Whom, 'by'> {
  const { publisherId, country } = publisher;
  return {
    publisherId,
    credentialHash,
    credentials: credentials.map((text, index) => {
      const credential = parseCredential(text, country);
      const field = `credentials[${index}]`;
      if (!credential) {
        throw fieldProblem('credential_is_invalid', field, `${field} ${credentialRefusal(text)}`);
      }
      return { key: credentialKey(credentialHash, publisherId, credential), shown: credential.shown };
    }),
  };
}

export const erasing = {
  giveUpSubscriptions: Type.Optional(
    Type.Boolean({ description: 'true: subscriptions that are paid for and run end as well' }),
  ),
};

export const ErasedReply = {
  success: Type.Boolean(),
  documents: Type.Array(
    Type.Object({
      orderId: Type.Integer(),
      invoiceNumber: Type.Unsafe<number | null>({ type: ['integer', 'null'] }),
      keptUntil: Type.Integer({ description: 'epoch milliseconds' }),
    }),
    { description: 'which bills and receipts still name the person, and until when' },
  ),
  ordersLeft: LeftReply,
};

export const whatErasingDoes =
  'Forgets who they are in everything: customer, accounts and logins, themselves as payer and receiver, ' +
  'messages, links, callbacks and what providers said. Orders, sums and access stay, and are nobody’s. ' +
  'What the books must still name (documents) is put where no endpoint shows it, and deleted when its ' +
  'time is over. Refused while something of theirs is running (customer_is_served). It cannot be undone. ' +
  'What your own sites and providers know is for you to erase.';

export function tellErased({ documents, left }: Erased) {
  return {
    success: true,
    documents: documents.map((one) => ({ ...one, keptUntil: epochMilliseconds(one.keptUntil) })),
    ordersLeft: tellLeft(left),
  };
}
