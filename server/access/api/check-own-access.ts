import type { Static } from 'typebox';
import { type Answer, endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { fieldProblem } from '../../kit/problem.ts';
import type { UserCall } from '../../publishers/publisher.ts';
import type { CheckAccess } from '../check-access.ts';
import {
  AccessReply,
  ofCustomer,
  questionFields,
  refuseUnclear,
  showAnswer,
  text,
} from './access-question.ts';

type Context = { checkAccess: CheckAccess };

const Body = narrowing({
  ...questionFields,
  uniqueId: text(64, "the reader's own uniqueId; another's is refused", ['uniqueUserId', 'userId']),
  customerNumber: ofCustomer,
});
type Body = Static<typeof Body>;

export const checkOwnAccess = endpoint({
  operationId: 'checkOwnAccess',
  summary: 'Check what a reader may read, with their token',
  description:
    'All that is named must be covered; the holder is whose token it is. Fields are those of the check by ' +
    'a client, without credential.',
  body: Body,
  reply: AccessReply,
  examples: { body: { product: 'DEMO', reason: true } },
  handle: async (context: Context, { body, caller }: UserCall<Body>): Promise<Answer> => {
    refuseUnclear(body);
    const { uniqueUserId } = caller.user;
    if (body.uniqueId !== undefined && body.uniqueId.toLowerCase() !== uniqueUserId) {
      throw fieldProblem('input_is_invalid', 'uniqueId', 'uniqueId must be that of the reader, or left out');
    }
    const answer = await context.checkAccess({
      publisherId: caller.publisher.publisherId,
      uniqueId: uniqueUserId,
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
