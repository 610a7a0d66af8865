import { randomBytes } from 'node:crypto';
import { isReadersOrder } from '../../accounts/find-own-order.ts';
import { findSessionId } from '../../accounts/find-session-id.ts';
import { arrivalOf, isPersons } from '../../kit/http/arrival.ts';
import type { PageAnswer, PageCall } from '../../kit/http/endpoint.ts';
import { networkOf } from '../../kit/network-of.ts';
import { type BrowserPayment, isHeldByOthers } from '../../payments/charging/find-browser-payment.ts';
import { type BareDecision, type BareVisit, decideBareVisit } from '../bare-visit.ts';
import { carriesOrder } from '../order-cookie.ts';
import { decideVisit, type Pressed } from '../visit.ts';
import { answerClosed, answerTooMany } from './answer-visit.ts';
import type { FoundVisit } from './find-visit.ts';
import {
  answerFor,
  cookieAbout,
  homeOf,
  languageOf,
  orderUnknown,
  readCompletionOptions,
  type VisitPageContext,
} from './visit-page.ts';

/** Who opens an order by its number, and what that does. */
export type BareVisitor = {
  decision: BareDecision;
  visitor: BareVisit['visitor'];
  /** Nothing for a browser that began at the address that nobody can guess, and for the reader. */
  guestId: string | undefined;
};

/** Completing what owes nothing, by anybody who has guessed a number. */
const completionsOfAddress = { perSecond: 2, perMinute: 10 };

/** Answers at the address with an order's number, which can be guessed: see `decideBareVisit`. */
export async function answerById(
  context: VisitPageContext,
  call: PageCall,
  visit: FoundVisit,
  pressed: Pressed = { kind: 'nothing' },
): Promise<PageAnswer> {
  const { found, address } = visit;
  const { decision, visitor, guestId } = await recognize(context, call, visit, pressed);
  const options = readCompletionOptions(call, found.client) ?? { returnUrl: undefined, errorUrl: undefined };
  const { order } = found;
  const { requestId } = call;
  const page = { language: languageOf(call, order), order, options, home: homeOf(found), requestId };
  const isOwn = visitor !== 'anybody';
  const arrival = arrivalOf(call);
  const go = (may: { begin: boolean; complete: boolean }) =>
    answerFor(context, call, found, address, {
      pressed,
      guestId,
      mayBegin: may.begin,
      isPerson: isPersons(arrival),
      mayComplete: may.complete,
    });
  switch (decision) {
    case 'unknown':
      return orderUnknown(context, call);
    case 'no way back':
    case 'way back refused':
    case 'elsewhere':
    case 'not here':
      return answerClosed(page, decision);
    case 'go on':
      return go({ begin: arrival !== 'nobody', complete: arrival === 'sent' || pressed.kind === 'complete' });
    case 'ask to complete':
    case 'ask to pay':
      return go({ begin: false, complete: false });
    case 'complete':
      if (!isOwn && !mayCompleteFrom(context, call.address)) return answerTooMany(page);
      return go({ begin: false, complete: true });
    case 'pay as a guest':
      return go({ begin: true, complete: false });
  }
}

function mayCompleteFrom({ rateLimiter }: VisitPageContext, address: string): boolean {
  return rateLimiter.take(`completions by number of ${networkOf(address)}`, completionsOfAddress).allowed;
}

/** Recognizes a browser by the order's cookie or the reader's session, and decides what it may do. */
export async function recognize(
  context: VisitPageContext,
  call: PageCall,
  { found }: FoundVisit,
  pressed: Pressed,
): Promise<BareVisitor> {
  const { order, ownClient, client } = found;
  const isBegun = order.state !== 'registered';
  const last = isBegun ? await context.visitLanes.findPayment(order) : undefined;
  const { visitor, guestId } = await whoVisits(context, call, found, last);
  const options = readCompletionOptions(call, client);
  const wayBack = options === undefined ? 'refused' : options.returnUrl === undefined ? 'none' : 'given';
  const calls = decideVisit(order).kind;
  const decision = decideBareVisit({
    opens: ownClient.profile === 'original' && ownClient.settings.bareIdOpens,
    wayBack,
    visitor,
    calls,
    isHeld: isBegun && (!last || isHeldByOthers(last, guestId)),
    completes: ownClient.settings.bareIdCompletes,
    isPressed: calls === 'complete' ? pressed.kind === 'complete' : pressed.kind !== 'nothing',
    arrival: arrivalOf(call),
  });
  return { decision, visitor, guestId };
}

async function whoVisits(
  context: VisitPageContext,
  call: PageCall,
  { order }: FoundVisit['found'],
  last: BrowserPayment | undefined,
): Promise<Pick<BareVisitor, 'visitor' | 'guestId'>> {
  const about = cookieAbout(context, order.orderId);
  if (carriesOrder(call, about, undefined)) return { visitor: 'own', guestId: undefined };
  if (last?.guestId !== undefined && carriesOrder(call, about, last.guestId)) {
    return { visitor: 'own', guestId: last.guestId };
  }
  const sessionId = findSessionId(call, about.publicUrl, order.publisherId);
  if (await isReadersOrder(context.database, order, sessionId)) {
    return { visitor: 'reader', guestId: undefined };
  }
  return { visitor: 'anybody', guestId: randomBytes(16).toString('base64url') };
}
