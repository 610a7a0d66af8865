import type { Static } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import { credentialKey, credentialRefusal, parseCredential } from '../../kit/credential.ts';
import { type Answer, endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { fieldProblem } from '../../kit/problem.ts';
import type { ClientCall, Publisher } from '../../publishers/publisher.ts';
import type { CheckAccess } from '../check-access.ts';
import {
  AccessReply,
  ofCustomer,
  questionFields,
  refuseUnclear,
  showAnswer,
  text,
} from './access-question.ts';

type Context = { secrets: Secrets; checkAccess: CheckAccess };

const Body = narrowing({
  ...questionFields,
  credential: text(255, 'an e-mail address or mobile number; the client vouches for who it is', [
    'email',
    'phoneNumber',
  ]),
  uniqueId: text(64, 'a uniqueUserId', ['uniqueUserId', 'userId']),
  customerNumber: ofCustomer,
});
type Body = Static<typeof Body>;

export const checkAccess = endpoint({
  operationId: 'checkAccess',
  summary: 'Check access',
  description:
    'All that is named must be covered. Names a holder by uniqueId, credential, or both. A field that is ' +
    'unknown, null or empty is refused, and so are those of the original that are not built yet.',
  body: Body,
  reply: AccessReply,
  examples: { body: { product: 'DEMO', credential: 'kari@example.com', reason: true } },
  handle: async (context: Context, call: ClientCall<Body>): Promise<Answer> => {
    const { body, caller } = call;
    refuseUnclear(body);
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
