import { type Static, Type } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import { credentialKey, credentialRefusal, parseCredential } from '../../kit/credential.ts';
import { epochMilliseconds } from '../../kit/epoch-milliseconds.ts';
import { type Answer, endpoint } from '../../kit/http/endpoint.ts';
import { describes, narrowing } from '../../kit/http/field-sorts.ts';
import { fieldProblem } from '../../kit/problem.ts';
import type { ClientCall, Publisher } from '../../publishers/publisher.ts';
import type { AccessAnswer, ShownAccess } from '../answer-access.ts';
import type { CheckAccess } from '../check-access.ts';

type Context = { secrets: Secrets; checkAccess: CheckAccess };

const text = (maxLength: number, description: string, alsoCalled: readonly string[] = []) =>
  Type.Optional(Type.String({ minLength: 1, maxLength, description, alsoCalled }));
const flag = (description: string) => Type.Optional(Type.Boolean({ description }));

const Body = narrowing({
  product: text(40, 'a product code', ['productId']),
  issue: text(40, 'an issue of the product'),
  articleId: text(255, 'an article reference', ['articleRef']),
  categoryType: text(40, 'any product of a category of this type'),
  credential: text(255, 'an e-mail address or mobile number; the client vouches for who it is', [
    'email',
    'phoneNumber',
  ]),
  uniqueId: text(64, 'a uniqueUserId', ['uniqueUserId', 'userId']),
  customerNumber: Type.Optional(Type.Integer({ minimum: 1, description: 'only what this customer ordered' })),
  domain: text(255, 'not supported yet'),
  ip: text(64, 'not supported yet'),
  accessAzureAd: flag('not supported yet, unless false'),
  accessAidFamily: flag('not supported yet, unless false'),
  accessDomain: flag('not supported yet, unless false'),
  accessArticle: flag('list every article that may be read, unless articleId is given'),
  reason: describes(flag('say why')),
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
});

export const checkAccess = endpoint({
  operationId: 'checkAccess',
  summary: 'Check access',
  description:
    'All that is named must be covered. Names a holder by uniqueId, credential, or both. A field that is ' +
    'unknown, null or empty is refused, and so are those of the original that are not built yet.',
  body: Body,
  reply: Reply,
  examples: { body: { product: 'DEMO', credential: 'kari@example.com', reason: true } },
  handle: async (context: Context, call: ClientCall<Body>): Promise<Answer> => {
    const { body, caller } = call;
    refuseUnsupported(body);
    requireHolder(body);
    const answer = await context.checkAccess({
      publisherId: caller.publisher.publisherId,
      credentialKey: readCredential(context, caller.publisher, body.credential),
      uniqueId: body.uniqueId?.toLowerCase(),
      customerNumber: body.customerNumber,
      wantsReason: body.reason === true,
      product: body.product,
      issue: body.issue,
      articleId: body.articleId,
      categoryType: body.categoryType,
    });
    return { body: showAnswer(body, answer) };
  },
});

function requireHolder(body: Body): void {
  if (body.issue !== undefined && body.product === undefined) {
    throw fieldProblem('input_is_invalid', 'product', 'product is required with issue');
  }
  if (body.uniqueId !== undefined || body.credential !== undefined) return;
  throw fieldProblem('input_is_invalid', 'credential', 'uniqueId or credential is required');
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

const unsupported = ['domain', 'ip', 'accessAzureAd', 'accessAidFamily', 'accessDomain'] as const;

/** A question of the original that cannot be answered here yet gets no answer; false asks for nothing. */
function refuseUnsupported(body: Body): void {
  const field = unsupported.find((name) => body[name] !== undefined && body[name] !== false);
  if (field === undefined) return;
  throw fieldProblem('not_supported_yet', field, `${field}: this kind of access check is not supported yet`);
}

function showAnswer(body: Body, answer: AccessAnswer): object {
  const wantsArticles = body.accessArticle === true && body.articleId === undefined;
  return {
    access: answer.access,
    ...(body.reason === true && { reason: answer.reason }),
    accesses: answer.accesses.map((access) => showAccess(access, body.reason === true)),
    ...(wantsArticles && { articles: readableArticles(answer) }),
  };
}

function showAccess({ reason, ...shown }: ShownAccess, wantsReason: boolean): object {
  return {
    ...shown,
    startTime: epochMilliseconds(shown.startTime),
    endTime: shown.endTime === null ? null : epochMilliseconds(shown.endTime),
    ...(wantsReason && { reason }),
  };
}

function readableArticles(answer: AccessAnswer): string[] {
  return [
    ...new Set(answer.accesses.flatMap(({ access, articleId }) => (access && articleId ? [articleId] : []))),
  ];
}
