import type { FastifyInstance } from 'fastify';
import { inputReader } from '../kit/bad-input.ts';
import { buyerPagePolicy } from '../kit/page.tsx';
import { testCards } from './magic-values.ts';
import { openSwish } from './pay-in-swish.ts';
import { PayPage } from './pay-page.tsx';
import type { PaymentOrder } from './payment-order.ts';
import { pagePath } from './show-order.ts';
import type { SwedbankPay } from './swedbank-pay.ts';
import { endUnpaid, refuseToPay, tryToPay } from './try-to-pay.ts';

const readSwishForm = inputReader<{ mobile: string }>({
  type: 'object',
  required: ['mobile'],
  properties: { mobile: { type: 'string', pattern: '^\\+[1-9]\\d{6,14}$' } },
});

/** What a buyer does on the page; gives where the browser goes, the page itself unless said. */
type Act = (swedbank: SwedbankPay, order: PaymentOrder, form: unknown) => Promise<string | undefined>;

const acts: Readonly<Record<string, Act>> = {
  approve: async (swedbank, order) => {
    await tryToPay(swedbank, order);
    return swedbank.order(order.guid)?.status === 'Paid' ? order.urls.completeUrl : undefined;
  },
  refuse: async (swedbank, order) => {
    await refuseToPay(swedbank, order);
    return undefined;
  },
  swish: async (swedbank, order, form) => {
    openSwish(swedbank, order, readSwishForm(form).mobile);
    return undefined;
  },
  cancel: async (swedbank, order) => {
    if (order.inSwish) return undefined;
    endUnpaid(swedbank, order, 'Payment aborted by payer');
    return order.urls.cancelUrl;
  },
  leave: async (_swedbank, order) => order.urls.completeUrl,
  ...Object.fromEntries(Object.keys(testCards).map((name) => [`card-${name}`, chooseCard(name)])),
};

function chooseCard(name: string): Act {
  return async (swedbank, order) => {
    swedbank.save({ ...order, card: name });
    return undefined;
  };
}

/** The pages under `/pay/swedbankpay` that the buyer is sent to. */
export function mountSwedbankPayPages(app: FastifyInstance, swedbank: SwedbankPay): void {
  app.register(
    async (scope) => {
      scope.get<{ Params: { token: string } }>('/:token', async (request, reply) => {
        const order = swedbank.orderOfPage(request.params.token);
        if (!order) return reply.callNotFound();
        if (order.status === 'Paid') return reply.redirect(order.urls.completeUrl, 303);
        reply.type('text/html; charset=utf-8').header('content-security-policy', buyerPagePolicy);
        return PayPage({ order });
      });
      scope.post<{ Params: { token: string; act: string } }>('/:token/:act', async (request, reply) => {
        const order = swedbank.orderOfPage(request.params.token);
        const act = acts[request.params.act];
        if (!order || !act) return reply.callNotFound();
        const next = order.status === 'Initialized' ? await act(swedbank, order, request.body) : undefined;
        return reply.redirect(next ?? pagePath(order), 303);
      });
    },
    { prefix: '/pay/swedbankpay' },
  );
}
