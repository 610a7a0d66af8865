import type { PageEndpoint } from '../../kit/http/endpoint.ts';
import { findPublisherId, findVisit, findVisitById } from './find-visit.ts';
import { answerById } from './visit-by-id.ts';
import { answerInvited } from './visit-invited.ts';
import { orderUnknown, type VisitPageContext, visitParameters } from './visit-page.ts';

/** The address that Register order answers, which nobody can guess. */
export const visitOrder: PageEndpoint<VisitPageContext> = {
  operationId: 'visitOrder',
  summary: 'Complete or pay an order in the browser, and go back to the publisher',
  parameters: visitParameters,
  findPublisherId,
  async handlePage(context, call) {
    const visit = await findVisit(context, call);
    return visit ? answerInvited(context, call, visit) : orderUnknown(context, call);
  },
};

/** The original's address with a bare order id. */
export const visitOrderById: PageEndpoint<VisitPageContext> = {
  operationId: 'visitOrderById',
  summary: 'Complete or pay an order in the browser by its order id, as the original does',
  parameters: ['orderId', ...visitParameters],
  async handlePage(context, call) {
    const visit = await findVisitById(context, call);
    return visit ? answerById(context, call, visit) : orderUnknown(context, call);
  },
};
