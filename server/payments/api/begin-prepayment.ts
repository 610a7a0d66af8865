import { renderProblemPage } from '@leveret/pages/problem-page.js';
import type { Secrets } from '../../config/secrets.ts';
import type { PageAnswer, PageEndpoint } from '../../kit/http/endpoint.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import type { RateLimiter } from '../../kit/rate-limit.ts';
import { findHome, type HomeDirectory } from '../../publishers/find-home.ts';
import { beginPrepayment as begin, type StartPrepayment } from '../before-orders/begin-prepayment.ts';
import { addressWithOutcome } from '../before-orders/return-prepayment.ts';
import type { MethodDirectory } from '../merchants/find-method.ts';

type Context = {
  secrets: Pick<Secrets, 'paymentResults'>;
  publishers: HomeDirectory;
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
        return { redirectTo: await addressWithOutcome(context.secrets.paymentResults, begun, outcome) };
      }
      case 'unknown page': {
        const { locale = 'nb', ...home } = await findHome(context.publishers, call.form);
        const language = pageLanguage(call.headers.acceptLanguage, locale);
        const { requestId } = call;
        return { status: 400, html: renderProblemPage({ language, status: 400, requestId, ...home }) };
      }
    }
  },
};
