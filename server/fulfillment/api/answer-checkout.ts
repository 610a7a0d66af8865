import { type CheckoutPageModel, renderCheckoutPage } from '@leveret/pages/checkout-page.js';
import { shownCheckout } from '@leveret/pages/shown-checkout.js';
import type { Queryable } from '../../database/statement.ts';
import type { PageAnswer } from '../../kit/http/endpoint.ts';
import type { PaymentMethod } from '../../orders/payment-methods.ts';
import { offerOf } from '../../payments/merchants/find-method.ts';
import type { Publisher } from '../../publishers/publisher.ts';
import { findCheckout } from '../find-checkout.ts';
import type { Visit } from '../visit.ts';
import { dueOf } from '../what-is-due.ts';
import { amountOf, backAllowed, giveUpAction, type VisitView } from './answer-visit.ts';
import { describeCheckout, dueOnPage } from './describe-checkout.ts';
import { withLogo } from './with-logo.ts';

/** What the page says on which the order is placed, with a button for each of these methods. */
export async function readCheckoutPage(
  database: Queryable,
  view: VisitView,
  publisher: Publisher,
  methods: readonly PaymentMethod[],
): Promise<CheckoutPageModel> {
  const { language, order, form, showsPurchase } = view;
  const bought = await findCheckout(database, order);
  const due = dueOf(order);
  return {
    language,
    publisherName: order.publisherName,
    seller: order.seller,
    due: dueOnPage[due],
    order: describeCheckout({ order, bought, publisher, due, language, showsPurchase }),
    total: amountOf(view),
    methods: methods.map((name) => offerOf(name, language)),
    action: form.action,
    giveUpAction: due === 'money' || due === 'agreement' ? giveUpAction(view) : undefined,
    nonce: form.nonce,
  };
}

/** Shows what is bought before anything is begun, with what came of a try before. */
export function answerCheckout(
  visit: Extract<Visit, { kind: 'choose' | 'confirm' }>,
  view: VisitView,
  model: CheckoutPageModel,
): PageAnswer {
  const { textSha256: seen } = shownCheckout(model);
  const isChoice = visit.kind === 'choose';
  const html = renderCheckoutPage({
    ...model,
    spent: isChoice ? visit.choices.spent.map((name) => offerOf(name, view.language)) : [],
    failed: isChoice ? visit.former : undefined,
    isChanged: visit.isChanged,
    seen,
  });
  const answer = { html, cookies: view.form.cookies, allows: backAllowed(view) };
  return withLogo(answer, view.order.seller);
}
