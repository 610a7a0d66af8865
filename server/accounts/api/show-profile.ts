import { Type } from 'typebox';
import type { Queryable } from '../../database/statement.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { Problem } from '../../kit/problem.ts';
import type { UserCall } from '../../publishers/publisher.ts';
import { findProfile } from '../find-profile.ts';

type Context = { database: Queryable };

const text = Type.Unsafe<string | null>({ type: ['string', 'null'] });

const Credential = Type.Object({
  credential: Type.String(),
  credentialType: Type.String({ description: 'A e-mail address, B mobile number' }),
  verificationLevel: Type.String({ description: 'verificationCode: a code or link was answered' }),
});

const Reply = Type.Object({
  uniqueId: Type.String({ description: 'the uniqueUserId, and the sub of tokens' }),
  userId: Type.Integer(),
  customerNumber: Type.Unsafe<number | null>({ type: ['integer', 'null'] }),
  name: Type.Object({
    firstName: text,
    middleName: text,
    lastName: text,
    companyName: text,
    departmentName: text,
  }),
  phoneNumbers: Type.Array(Type.Object({ phoneNumber: Type.String(), phoneNumberType: Type.String() })),
  emails: Type.Array(Type.String()),
  credential: Type.Union([Credential, Type.Null()], { description: 'the one that was proven last' }),
});

export const showProfile = endpoint({
  operationId: 'showProfile',
  summary: 'Who a reader is, with their token',
  description:
    'What the reader has proven, and the name of their newest order that one of these paid for. Nothing is ' +
    'told that is not proven.',
  reply: Reply,
  handle: async (context: Context, { caller }: UserCall) => {
    const { accountId, uniqueUserId } = caller.user;
    const profile = await findProfile(context.database, caller.publisher.publisherId, accountId);
    if (!profile) throw new Problem('not_found');
    const { credentials, name } = profile;
    const ofKind = (kind: 'email' | 'mobile') =>
      credentials.filter((one) => one.kind === kind).map(({ credential }) => credential);
    const [newest] = credentials;
    return {
      body: {
        uniqueId: uniqueUserId,
        userId: accountId,
        customerNumber: profile.customerNumber ?? null,
        name: {
          firstName: name.firstName ?? null,
          middleName: name.middleName ?? null,
          lastName: name.lastName ?? null,
          companyName: name.companyName ?? null,
          departmentName: name.departmentName ?? null,
        },
        phoneNumbers: ofKind('mobile').map((phoneNumber) => ({ phoneNumber, phoneNumberType: 'mobile' })),
        emails: ofKind('email'),
        credential: newest
          ? {
              credential: newest.credential,
              credentialType: newest.kind === 'email' ? 'A' : 'B',
              verificationLevel: 'verificationCode',
            }
          : null,
      },
    };
  },
});
