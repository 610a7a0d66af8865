import { checkFormOrigin, type FormOrigin } from '../../kit/http/browser-form.ts';
import type { PageAnswer, PageCall, PageEndpoint } from '../../kit/http/endpoint.ts';
import { setParameter } from '../../kit/set-parameter.ts';
import { homeOfPublisher } from '../../publishers/find-home.ts';
import type { Pressed } from '../visit.ts';
import { type FoundVisit, findPublisherId, findVisit, findVisitById } from './find-visit.ts';
import { answerById, recognize } from './visit-by-id.ts';
import { answerInvited } from './visit-invited.ts';
import {
  orderUnknown,
  problem,
  readCompletionOptions,
  type VisitPageContext,
  visitParameters,
  wayBackRefused,
} from './visit-page.ts';

/** The buyer presses a button, types a code or gives up, at the address that nobody can guess. */
export const payOrder: PageEndpoint<VisitPageContext> = {
  operationId: 'payOrder',
  summary: 'Complete or pay an order by what the buyer has pressed or typed, or give up',
  parameters: visitParameters,
  findPublisherId,
  async handlePage(context, call) {
    const visit = await findVisit(context, call);
    if (!visit) return orderUnknown(context, call);
    const form = checkFormOrigin(call, context.settings.publicUrl);
    if (form.kind === 'foreign') return problem(call, 403, homeOfPublisher(visit.found.client.publisher));
    if (hasGivenUp(call, form)) return giveUp(context, call, visit, { endsUnbegun: true });
    // Only a page of ours knows the address, so that it counts also where the browser keeps no cookies.
    const isOurs = form.kind === 'ours' || call.headers.secFetchSite === 'same-origin';
    return answerInvited(context, call, visit, isOurs ? readPressed(call.form) : undefined);
  },
};

/** The same at the original's address with a bare order id. */
export const payOrderById: PageEndpoint<VisitPageContext> = {
  operationId: 'payOrderById',
  summary: 'Complete or pay an order, named by its id, by what was pressed, or give up',
  parameters: ['orderId', ...visitParameters],
  async handlePage(context, call) {
    const visit = await findVisitById(context, call);
    if (!visit) return orderUnknown(context, call);
    const form = checkFormOrigin(call, context.settings.publicUrl);
    if (hasGivenUp(call, form)) return giveUpById(context, call, visit);
    // What comes from another site, or without our cookie, has pressed nothing: the page is shown again.
    return answerById(context, call, visit, form.kind === 'ours' ? readPressed(call.form) : undefined);
  },
};

function hasGivenUp(call: PageCall, form: FormOrigin): boolean {
  return form.kind === 'ours' && call.query['giveUp'] !== undefined;
}

function readPressed({ method, code, newCode, complete, seen, earlyStart }: PageCall['form']): Pressed {
  const agreed = { seen, earlyStart: earlyStart === 'true' };
  if (complete !== undefined) return { kind: 'complete', ...agreed };
  if (code !== undefined) return { kind: 'code', code };
  if (newCode !== undefined) return { kind: 'new code' };
  return method === undefined ? { kind: 'nothing' } : { kind: 'method', method, ...agreed };
}

/** Only who holds the order gives it up, and a guest only the try: a guest may be a stranger. */
async function giveUpById(context: VisitPageContext, call: PageCall, visit: FoundVisit): Promise<PageAnswer> {
  const { decision, guestId } = await recognize(context, call, visit, { kind: 'nothing' });
  if (decision !== 'go on') return answerById(context, call, visit);
  if (guestId === undefined) return giveUp(context, call, visit, { endsUnbegun: false });
  const { publisherId, orderId } = visit.found.order;
  await context.browserPayments.giveUpTry({ publisherId, orderId }, guestId);
  return afterGivingUp(context, call, visit);
}

async function giveUp(
  context: VisitPageContext,
  call: PageCall,
  visit: FoundVisit,
  options: { endsUnbegun: boolean },
): Promise<PageAnswer> {
  const { found } = visit;
  if (!readCompletionOptions(call, found.client)) return wayBackRefused(call, found);
  const { publisherId, orderId } = found.order;
  await context.browserPayments.giveUp({ publisherId, orderId }, options);
  return afterGivingUp(context, call, visit);
}

async function afterGivingUp(
  context: VisitPageContext,
  call: PageCall,
  { found, address }: FoundVisit,
): Promise<PageAnswer> {
  const order = await context.visitLanes.findOrder(found.order.orderId);
  if (!order) return orderUnknown(context, call);
  const returnUrl = readCompletionOptions(call, found.client)?.returnUrl;
  const isLeft = order.state === 'registered' || (order.state === 'paying' && !address.isSecret);
  if (isLeft && returnUrl !== undefined) {
    return { redirectTo: setParameter(returnUrl, 'fulfillmentStatus', 'cancel') };
  }
  const visit = { found: { ...found, order }, address };
  return address.isSecret ? answerInvited(context, call, visit) : answerById(context, call, visit);
}
