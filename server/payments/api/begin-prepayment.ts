import { renderProblemPage } from '@leveret/pages/problem-page.js';
import type { Secrets } from '../../config/secrets.ts';
import type { PageAnswer, PageEndpoint } from '../../kit/http/endpoint.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import type { RateLimiter } from '../../kit/rate-limit.ts';
import type { PublisherDirectory } from '../../publishers/find-publisher.ts';
import { beginPrepayment as begin, type StartPrepayment } from '../begin-prepayment.ts';
import type { MethodDirectory } from '../find-method.ts';
import { addressWithOutcome } from '../return-prepayment.ts';

type Context = {
  secrets: Pick<Secrets, 'paymentResults'>;
  publishers: Pick<PublisherDirectory, 'findClient'>;
  methods: MethodDirectory;
  rateLimiter: RateLimiter;
  startPrepayment: StartPrepayment;
};

/** The form that the script on a publisher's page sends. */
export const beginPrepayment: PageEndpoint<Context> = {
  operationId: 'beginPrepayment',
  summary: 'Begin a payment for an order that is registered afterwards',
  async handlePage(context, call): Promise<PageAnswer> {
    const { address, headers } = call;
    const { origin, userAgent } = headers;
    const begun = await begin(context, call.form, { origin, userAgent, address });
    switch (begun.kind) {
      case 'started':
        return { redirectTo: begun.redirectTo };
      case 'wrong': {
        const outcome = { kind: 'error', code: begun.code } as const;
        return { redirectTo: addressWithOutcome(context.secrets.paymentResults, begun, outcome) };
      }
      case 'unknown page': {
        const language = pageLanguage(call.headers.acceptLanguage, 'nb');
        const { requestId } = call;
        return { status: 400, html: renderProblemPage({ language, status: 400, requestId }) };
      }
    }
  },
};
