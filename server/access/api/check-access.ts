import { type Static, Type } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import { credentialKey, credentialRefusal, parseCredential } from '../../kit/credential.ts';
import { type Answer, endpoint } from '../../kit/http/endpoint.ts';
import type { Warning } from '../../kit/http/read-input.ts';
import { fieldProblem } from '../../kit/problem.ts';
import type { ClientCall, Publisher } from '../../publishers/publisher.ts';
import type { AccessAnswer } from '../answer-access.ts';
import type { CheckAccess } from '../check-access.ts';

type Context = { secrets: Secrets; checkAccess: CheckAccess };

const text = (maxLength: number, description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength, description }));
const flag = (description: string) => Type.Optional(Type.Boolean({ description }));

const Body = Type.Object({
  product: text(40, 'a product code'),
  issue: text(40, 'an issue of the product'),
  articleId: text(255, 'an article reference'),
  categoryType: text(40, 'any product of a category of this type'),
  credential: text(255, 'an e-mail address or mobile number; the client vouches for who it is'),
  uniqueId: text(64, 'a uniqueUserId'),
  customerNumber: Type.Optional(Type.Integer({ minimum: 1, description: 'only what this customer ordered' })),
  domain: text(255, 'accepted; access by domain is not supported'),
  ip: text(64, 'accepted; access by address is not supported'),
  accessAzureAd: flag('accepted and ignored'),
  accessAidFamily: flag('accepted and ignored'),
  accessDomain: flag('accepted and ignored'),
  accessArticle: flag('list every article that may be read, unless articleId is given'),
  reason: flag('say why'),
});
type Body = Static<typeof Body>;

const nullableText = Type.Unsafe<string | null>({ type: ['string', 'null'] });

const Reply = Type.Object({
  access: Type.Boolean(),
  reason: Type.Optional(Type.String()),
  accesses: Type.Array(
    Type.Object({
      access: Type.Boolean(),
      accessLevel: Type.String({ description: 'A all of what is named, B an issue or an article' }),
      accessType: Type.String({ description: 'A full, B for a time, D none' }),
      product: nullableText,
      issue: nullableText,
      articleId: nullableText,
      categoryType: nullableText,
      kind: Type.String({ description: 'bought or temporary' }),
      startTime: Type.Integer({ description: 'epoch milliseconds' }),
      endTime: Type.Unsafe<number | null>({ type: ['integer', 'null'] }),
      reason: Type.Optional(Type.String()),
    }),
  ),
  articles: Type.Optional(Type.Array(Type.String())),
  warnings: Type.Optional(
    Type.Array(Type.Object({ field: Type.String(), rule: Type.String(), message: Type.String() })),
  ),
});

export const checkAccess = endpoint({
  operationId: 'checkAccess',
  summary: 'Check access',
  description: 'All that is named must be covered. Names a holder by uniqueId, credential, or both.',
  body: Body,
  reply: Reply,
  handle: async (context: Context, call: ClientCall<Body>): Promise<Answer> => {
    const { body, caller } = call;
    const warnings = [...call.warnings, ...warnOfUnsupported(body)];
    requireHolder(body);
    if (body.ip !== undefined || body.domain !== undefined) {
      return { body: { access: false, reason: 'not_supported', accesses: [], warnings } };
    }
    const answer = await context.checkAccess({
      publisherId: caller.publisher.publisherId,
      credentialKey: readCredential(context, caller.publisher, body.credential),
      uniqueId: body.uniqueId,
      customerNumber: body.customerNumber,
      wantsReason: body.reason === true,
      product: body.product,
      issue: body.issue,
      articleId: body.articleId,
      categoryType: body.categoryType,
    });
    return { body: showAnswer(body, answer, warnings) };
  },
});

function requireHolder(body: Body): void {
  if (body.issue !== undefined && body.product === undefined) {
    throw fieldProblem('input_is_invalid', 'product', 'product is required with issue');
  }
  if (body.ip !== undefined || body.uniqueId !== undefined || body.credential !== undefined) return;
  throw fieldProblem(
    'input_is_invalid',
    'credential',
    'uniqueId or credential is required unless ip is given',
  );
}

function readCredential(
  context: Context,
  publisher: Publisher,
  given: string | undefined,
): Buffer | undefined {
  if (given === undefined) return undefined;
  const credential = parseCredential(given, publisher.country);
  if (credential) return credentialKey(context.secrets.credentialHash, publisher.publisherId, credential);
  throw fieldProblem('credential_is_invalid', 'credential', `credential ${credentialRefusal(given)}`);
}

function warnOfUnsupported(body: Body): Warning[] {
  const fields = ['domain', 'ip', 'accessAzureAd', 'accessAidFamily', 'accessDomain'] as const;
  return fields
    .filter((field) => body[field] !== undefined && body[field] !== false)
    .map((field) => ({ field, rule: 'not_supported', message: `access by ${field} is not supported` }));
}

function showAnswer(body: Body, answer: AccessAnswer, warnings: readonly Warning[]): object {
  const wantsArticles = body.accessArticle === true && body.articleId === undefined;
  return {
    access: answer.access,
    ...(body.reason === true && { reason: answer.reason }),
    accesses:
      body.reason === true ? answer.accesses : answer.accesses.map(({ reason: _reason, ...shown }) => shown),
    ...(wantsArticles && { articles: readableArticles(answer) }),
    ...(warnings.length > 0 && { warnings }),
  };
}

function readableArticles(answer: AccessAnswer): string[] {
  return [
    ...new Set(answer.accesses.flatMap(({ access, articleId }) => (access && articleId ? [articleId] : []))),
  ];
}
