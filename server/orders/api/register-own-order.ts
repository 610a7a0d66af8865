import { endpoint } from '../../kit/http/endpoint.ts';
import { fieldProblem, Problem } from '../../kit/problem.ts';
import type { User, UserCall } from '../../publishers/publisher.ts';
import { type OrderBody, OwnOrderBody } from '../order-body.ts';
import { type FindReaderProfile, payerOfReader } from '../payer-of-reader.ts';
import { answerRegistration, type RegisterContext, RegisterReply } from './answer-registration.ts';

type Context = RegisterContext & { findReaderProfile: FindReaderProfile };

export const registerOwnOrder = endpoint({
  operationId: 'registerOwnOrder',
  summary: "Register an order with a reader's token",
  description:
    "The order is tied to the reader's account from the beginning. Fields are those of registering by a " +
    'client, but that the payer may be left out: who is not named has the name of the profile, and who ' +
    'cannot be reached the addresses and numbers that the reader has proven. `uniqueUserId` and the ' +
    "`customerNumber` of the payer, where they are given, must be the reader's own.",
  body: OwnOrderBody,
  reply: RegisterReply,
  changes: true,
  examples: {
    body: {
      payer: { firstName: 'Kari', lastName: 'Nordmann' },
      orderLines: [
        {
          productSpecType: 'coupon',
          productSpecCode: 'DEMO',
          productSpecNo: 1,
          allowAccessProduct: 'DEMO',
          allowAccessSeconds: 3600,
        },
      ],
    },
  },
  async handle(context: Context, call: UserCall<OwnOrderBody>) {
    const { accountId } = call.caller.user;
    return answerRegistration(context, call, {
      operation: `registerOwnOrder ${accountId}`,
      reader: accountId,
      readBody: () => readOwnBody(context, call.caller, call.body),
    });
  },
});

/** What the reader orders, as a client would say it: for this account, and with all of who pays. */
async function readOwnBody(context: Context, reader: User, body: OwnOrderBody): Promise<OrderBody> {
  const { accountId, uniqueUserId } = reader.user;
  const profile = await context.findReaderProfile(reader.publisher.publisherId, accountId);
  if (!profile) throw new Problem('token_is_invalid');
  if (body.uniqueUserId !== undefined && body.uniqueUserId.toLowerCase() !== uniqueUserId)
    throw notOwn('uniqueUserId');
  const { customerNumber } = body.payer ?? {};
  if (customerNumber !== undefined && customerNumber !== profile.customerNumber)
    throw notOwn('payer.customerNumber');
  return { ...body, uniqueUserId, payer: payerOfReader(profile, body.payer) };
}

function notOwn(field: string): Problem {
  return fieldProblem('input_is_invalid', field, `${field} must be that of the reader, or left out`);
}
