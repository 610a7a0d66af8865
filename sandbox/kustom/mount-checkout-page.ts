import type { FastifyInstance, FastifyReply } from 'fastify';
import { inputReader } from '../kit/bad-input.ts';
import { type BuyerChoice, buyerChoices, CheckoutPage, LeavingPage } from './checkout-page.tsx';
import { type Completion, completeOrder } from './complete-order.ts';
import { type Course, courseOf, reviewed } from './courses.ts';
import type { Kustom } from './kustom.ts';

/** A shop's page may frame these pages; they run one script, which tells that page where to go. */
const framePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; form-action 'self'; base-uri 'none'";

/** Runs in the shop's page: puts the frame in, and follows it where it leads. */
const checkoutScript = `(() => {
  const script = document.currentScript;
  const frame = document.createElement('iframe');
  frame.src = script.dataset.frame;
  frame.title = 'Kustom Checkout';
  frame.id = 'kustom-checkout-iframe';
  frame.style.width = '100%';
  frame.style.height = '44rem';
  frame.style.border = '0';
  script.after(frame);
  addEventListener('message', (event) => {
    const isOurs = event.origin === new URL(frame.src).origin && event.source === frame.contentWindow;
    if (isOurs && typeof event.data?.leaveTo === 'string') location.assign(event.data.leaveTo);
  });
})();
`;

const leaveScript = `(() => {
  const { href } = document.getElementById('leave');
  if (window.parent === window) location.assign(href);
  else window.parent.postMessage({ leaveTo: href }, '*');
})();
`;

const readForm = inputReader<{ choice: BuyerChoice; email?: string }>({
  type: 'object',
  additionalProperties: false,
  properties: { choice: { enum: buyerChoices }, email: { type: 'string', maxLength: 254 } },
  required: ['choice'],
});

const courses: Partial<Record<BuyerChoice, Course>> = {
  'pend-accept': reviewed('FRAUD_RISK_ACCEPTED', 5),
  'pend-reject': reviewed('FRAUD_RISK_REJECTED', 5),
  deny: courseOf('buyer+denied@example.com'),
};

/** The checkout as the buyer sees it, and the two scripts that bring it into a shop's page and out again. */
export function mountCheckoutPage(app: FastifyInstance, kustom: Kustom): void {
  for (const [path, script] of [
    ['/kustom/checkout.js', checkoutScript],
    ['/kustom/leave.js', leaveScript],
  ] as const) {
    app.get(path, async (_request, reply) => reply.type('text/javascript; charset=utf-8').send(script));
  }
  app.register(async (scope) => {
    scope.get<{ Params: { id: string } }>('/pay/kustom/:id', async (request, reply) => {
      const order = kustom.order(request.params.id);
      if (order?.state !== 'incomplete') return show(reply, closedPage());
      return show(reply, CheckoutPage({ order }));
    });
    scope.post<{ Params: { id: string } }>('/pay/kustom/:id', async (request, reply) => {
      return show(reply, await choose(kustom, request.params.id, readForm(request.body)));
    });
  });
}

type Shown = string | Promise<string>;

async function choose(
  kustom: Kustom,
  id: string,
  { choice, email }: { choice: BuyerChoice; email?: string },
): Promise<string> {
  if (choice === 'leave') return LeavingPage({ text: 'You left without paying.', to: undefined });
  const completion = await completeOrder(kustom, id, { email, course: courses[choice] });
  return afterwards(kustom, id, completion);
}

async function afterwards(kustom: Kustom, id: string, completion: Completion): Promise<string> {
  switch (completion.kind) {
    case 'completed':
      return LeavingPage({ text: 'Thank you.', to: completion.to });
    case 'denied': {
      const order = kustom.order(id);
      if (completion.to !== undefined) return LeavingPage({ text: completion.text, to: completion.to });
      return order ? CheckoutPage({ order, notice: completion.text }) : closedPage();
    }
    case 'closed':
      return closedPage();
  }
}

function closedPage(): Shown {
  return LeavingPage({ text: 'This checkout is closed.', to: undefined });
}

async function show(reply: FastifyReply, page: Shown): Promise<FastifyReply> {
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', framePolicy)
    .send(await page);
}
