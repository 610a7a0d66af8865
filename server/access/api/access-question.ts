import { type Static, Type } from 'typebox';
import { epochMilliseconds, untilBefore } from '../../kit/epoch-milliseconds.ts';
import { describes } from '../../kit/http/field-sorts.ts';
import { fieldProblem } from '../../kit/problem.ts';
import type { AccessAnswer, ShownAccess } from '../answer-access.ts';

export const text = (maxLength: number, description: string, alsoCalled: readonly string[] = []) =>
  Type.Optional(Type.String({ minLength: 1, maxLength, description, alsoCalled }));
const flag = (description: string) => Type.Optional(Type.Boolean({ description }));

export const ofCustomer = Type.Optional(
  Type.Integer({ minimum: 1, description: 'only what this customer ordered' }),
);

/** What may be asked for, whoever asks. */
export const questionFields = {
  product: text(40, 'a product code', ['productId']),
  issue: text(40, 'an issue of the product'),
  articleId: text(255, 'an article reference', ['articleRef']),
  categoryType: text(40, 'any product of a category of this type'),
  domain: text(255, 'not supported yet'),
  ip: text(64, 'not supported yet'),
  accessAzureAd: flag('not supported yet, unless false'),
  accessAidFamily: flag('not supported yet, unless false'),
  accessDomain: flag('not supported yet, unless false'),
  accessArticle: flag('list every article that may be read, unless articleId is given'),
  reason: describes(flag('say why')),
};
const Question = Type.Object(questionFields);
type Question = Static<typeof Question>;

const nullableText = Type.Unsafe<string | null>({ type: ['string', 'null'] });

export const AccessReply = Type.Object({
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
      endTime: Type.Unsafe<number | null>({ type: ['integer', 'null'], description: untilBefore }),
      reason: Type.Optional(Type.String()),
    }),
  ),
  articles: Type.Optional(Type.Array(Type.String())),
});

/** What stands in a question for itself, whoever the holder is. */
export function refuseUnclear(question: Question): void {
  refuseUnsupported(question);
  if (question.issue === undefined || question.product !== undefined) return;
  throw fieldProblem('input_is_invalid', 'product', 'product is required with issue');
}

const unsupported = ['domain', 'ip', 'accessAzureAd', 'accessAidFamily', 'accessDomain'] as const;

/** A question of the original that cannot be answered here yet gets no answer; false asks for nothing. */
function refuseUnsupported(body: Question): void {
  const field = unsupported.find((name) => body[name] !== undefined && body[name] !== false);
  if (field === undefined) return;
  throw fieldProblem('not_supported_yet', field, `${field}: this kind of access check is not supported yet`);
}

export function showAnswer(body: Question, answer: AccessAnswer): object {
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
