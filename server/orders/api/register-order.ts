import { endpoint } from '../../kit/http/endpoint.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { OrderBody } from '../order-body.ts';
import { answerRegistration, type RegisterContext, RegisterReply } from './answer-registration.ts';

export const registerOrder = endpoint({
  operationId: 'registerOrder',
  summary: 'Register an order',
  description: 'Saves an order that is then completed by API or by URL. Durable once answered.',
  body: OrderBody,
  reply: RegisterReply,
  changes: true,
  examples: {
    body: {
      payer: { firstName: 'Kari', lastName: 'Nordmann', emails: ['kari@example.com'] },
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
  handle: (context: RegisterContext, call: ClientCall<OrderBody>) =>
    answerRegistration(context, call, {
      operation: 'registerOrder',
      reader: undefined,
      readBody: async () => call.body,
    }),
});
