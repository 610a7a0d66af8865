import { arrivalOf, isPersons } from '../../kit/http/arrival.ts';
import type { PageAnswer, PageCall } from '../../kit/http/endpoint.ts';
import type { Pressed } from '../visit.ts';
import type { FoundVisit } from './find-visit.ts';
import { answerFor, type Manner, type VisitPageContext } from './visit-page.ts';

/**
 * Answers at the address that nobody can guess. What only looks at it completes nothing; a browser that was
 * sent here by the publisher's site goes straight on, and one that was not is shown a button.
 */
export async function answerInvited(
  context: VisitPageContext,
  call: PageCall,
  { found, address }: FoundVisit,
  pressed: Pressed = { kind: 'nothing' },
): Promise<PageAnswer> {
  const arrival = arrivalOf(call);
  const manner: Manner = {
    pressed,
    guestId: undefined,
    mayBegin: arrival !== 'nobody' || pressed.kind !== 'nothing',
    isPerson: isPersons(arrival),
    mayComplete: arrival === 'sent' || pressed.kind === 'complete',
  };
  return answerFor(context, call, found, address, manner);
}
