import { type Static, Type } from 'typebox';
import { type Credential, credentialKey, credentialRefusal, parseCredential } from '../kit/credential.ts';
import { describes, narrowing, narrowsIfGiven } from '../kit/http/field-sorts.ts';
import { dateForms } from '../kit/read-date.ts';
import { readPast } from '../kit/read-past.ts';
import type { Refusals } from '../kit/refusals.ts';
import type { Publisher } from '../publishers/publisher.ts';
import { isKnownHash } from './known-hashes.ts';

const date = narrowsIfGiven(
  Type.Optional(
    Type.Union([Type.Integer(), Type.String({ minLength: 1, maxLength: 40 })], { description: dateForms }),
  ),
);

/** An account as a file tells of one. */
export const carriedAccountFields = {
  uniqueUserId: narrowsIfGiven(
    Type.Optional(
      Type.String({
        pattern: '^[0-9a-fA-F]{32}$',
        description: 'what sites know the reader by: 32 hexadecimal digits; a new one where it is left out',
      }),
    ),
  ),
  createdAt: date,
  isClosed: describes(Type.Optional(Type.Boolean({ description: 'nobody logs in to it any more' }))),
  passwordHash: narrowsIfGiven(
    Type.Optional(Type.String({ maxLength: 500, description: 'with its method and salt' })),
  ),
  credentials: narrowsIfGiven(
    Type.Optional(
      Type.Array(
        narrowing({
          credential: Type.String({ minLength: 1, maxLength: 400, description: 'e-mail address or mobile' }),
          provenAt: date,
          lastProvenAt: date,
          heldSince: date,
        }),
        { maxItems: 20 },
      ),
    ),
  ),
};

const CarriedAccountBody = narrowing(carriedAccountFields);
export type CarriedAccountBody = Static<typeof CarriedAccountBody>;

export type CarriedCredential = {
  key: Buffer;
  kind: Credential['kind'];
  shown: string;
  /** Nothing where nobody has shown that it is theirs. */
  provenAt: Date | undefined;
  lastProvenAt: Date | undefined;
  heldSince: Date | undefined;
};

/** An account of a file, in types. */
export type CarriedAccount = {
  uniqueUserId: string | undefined;
  /** Of the customer that it reads as. */
  customerNumber: number | undefined;
  createdAt: Date | undefined;
  isClosed: boolean;
  passwordHash: string | undefined;
  credentials: readonly CarriedCredential[];
};

type Reader = { publisher: Publisher; credentialHash: Buffer; now: Date; refusals: Refusals };

/**
 * Reads an account of a file; `path` is where it stands there. A password counts only beside a credential
 * that somebody has proven, or whoever named another's address first would get in with it.
 */
export function readCarriedAccount(
  reader: Reader,
  body: CarriedAccountBody,
  path: string,
  customerNumber: number | undefined,
): CarriedAccount {
  const { refusals } = reader;
  const credentials = (body.credentials ?? []).flatMap((given, index) =>
    readCredential(reader, given, `${path}.credentials[${index}]`),
  );
  if (body.uniqueUserId === undefined && (body.credentials ?? []).length === 0) {
    const field = `${path}.credentials`;
    refusals.refuse('input_is_invalid', field, `${field} or uniqueUserId is required`);
  }
  const { passwordHash } = body;
  const field = `${path}.passwordHash`;
  if (passwordHash !== undefined && !isKnownHash(passwordHash)) {
    refusals.refuse('input_is_invalid', field, `${field} is of no method that is known, with its salt in it`);
  }
  if (passwordHash !== undefined && !credentials.some(({ provenAt }) => provenAt)) {
    refusals.refuse('input_is_invalid', field, `${field} needs a credential with provenAt beside it`);
  }
  return {
    uniqueUserId: body.uniqueUserId?.toLowerCase(),
    customerNumber,
    createdAt: readPast(pastOf(reader), body.createdAt, `${path}.createdAt`),
    isClosed: body.isClosed ?? false,
    passwordHash,
    credentials,
  };
}

type CredentialBody = NonNullable<CarriedAccountBody['credentials']>[number];

function readCredential(reader: Reader, given: CredentialBody, path: string): CarriedCredential[] {
  const { publisher, credentialHash, refusals } = reader;
  const past = pastOf(reader);
  const provenAt = readPast(past, given.provenAt, `${path}.provenAt`);
  const lastProvenAt = readPast(past, given.lastProvenAt, `${path}.lastProvenAt`);
  const heldSince = readPast(past, given.heldSince, `${path}.heldSince`);
  if (given.lastProvenAt !== undefined && (!provenAt || (lastProvenAt && lastProvenAt < provenAt))) {
    const field = `${path}.lastProvenAt`;
    refusals.refuse('input_is_invalid', field, `${field} needs a provenAt that is no later`);
  }
  const credential = parseCredential(given.credential, publisher.country);
  if (!credential) {
    const field = `${path}.credential`;
    refusals.refuse('credential_is_invalid', field, `${field} ${credentialRefusal(given.credential)}`);
    return [];
  }
  const { kind, shown } = credential;
  const key = credentialKey(credentialHash, publisher.publisherId, credential);
  return [{ key, kind, shown, provenAt, lastProvenAt: lastProvenAt ?? provenAt, heldSince }];
}

function pastOf({ publisher: { timeZone }, now, refusals }: Reader) {
  return { timeZone, now, refusals };
}
