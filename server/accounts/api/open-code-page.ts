import type { PageEndpoint } from '../../kit/http/endpoint.ts';
import { findCodeClient, showCodePage } from './code-answers.ts';
import type { LinkPageContext } from './link-answers.ts';
import { problemPage } from './problem-page.ts';

export const openCodePage: PageEndpoint<LinkPageContext> = {
  operationId: 'openCodePage',
  summary: 'Show where the six digits of a message are typed',
  parameters: ['clientId'],
  async handlePage(context, call) {
    const client = await findCodeClient(context, call);
    return client ? showCodePage(context, call, client, { kind: 'ready' }) : problemPage(context, call, 400);
  },
};
