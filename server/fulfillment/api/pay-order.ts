import { checkFormOrigin } from '../../kit/http/browser-form.ts';
import type { PageAnswer, PageCall, PageEndpoint } from '../../kit/http/endpoint.ts';
import { setParameter } from '../../kit/set-parameter.ts';
import { findVisitedOrder } from '../find-visited-order.ts';
import type { Pressed } from '../visit.ts';
import { type FoundVisit, findVisit, findVisitById } from './find-visit.ts';
import { answerFor, orderUnknown, problem, readWishes, type VisitPageContext } from './visit-page.ts';

/** The buyer presses a method, types a code or gives up, at the address that nobody can guess. */
export const payOrder: PageEndpoint<VisitPageContext> = {
  operationId: 'payOrder',
  summary: 'Pay an order by the method that the buyer has chosen, or with a code, or give up',
  async handlePage(context, call) {
    const visit = await findVisit(context, call);
    return visit ? answerForm(context, call, visit) : orderUnknown(call);
  },
};

/** The same at the original's address with a bare order id. */
export const payOrderById: PageEndpoint<VisitPageContext> = {
  operationId: 'payOrderById',
  summary: 'Pay an order, named by its id, by the method that the buyer has chosen, or give up',
  async handlePage(context, call) {
    const visit = await findVisitById(context, call);
    return visit ? answerForm(context, call, visit) : orderUnknown(call);
  },
};

async function answerForm(
  context: VisitPageContext,
  call: PageCall,
  { found, address }: FoundVisit,
): Promise<PageAnswer> {
  const form = checkFormOrigin(call, context.settings.publicUrl);
  if (form.kind === 'foreign') return problem(call, found.order, 403);
  // Without our cookie the page is only shown again.
  const pressed = form.kind === 'ours' ? readPressed(call.form) : undefined;
  const hasGivenUp = form.kind === 'ours' && call.query['giveUp'] !== undefined;
  if (!hasGivenUp) {
    return answerFor(context, call, found, address, pressed);
  }
  return giveUp(context, call, { found, address });
}

function readPressed({ method, code, newCode }: PageCall['form']): Pressed {
  if (code !== undefined) return { kind: 'code', code };
  if (newCode !== undefined) return { kind: 'new code' };
  return method === undefined ? { kind: 'nothing' } : { kind: 'method', method };
}

/** Whoever can only guess the address stops no order that nobody has begun to pay. */
async function giveUp(
  context: VisitPageContext,
  call: PageCall,
  { found, address }: FoundVisit,
): Promise<PageAnswer> {
  const wishes = readWishes(call, found.client);
  if (!wishes) return problem(call, found.order, 400);
  const { publisherId, orderId } = found.order;
  const endsUnbegun = address.isSecret;
  await context.browserPayments.giveUp({ publisherId, orderId }, { endsUnbegun });
  const order = await findVisitedOrder(context.database, orderId);
  if (!order) return orderUnknown(call);
  if (order.state === 'registered' && wishes.returnUrl !== undefined) {
    return { redirectTo: setParameter(wishes.returnUrl, 'fulfillmentStatus', 'cancel') };
  }
  return answerFor(context, call, { ...found, order }, address);
}
