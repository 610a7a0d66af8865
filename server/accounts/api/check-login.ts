import { bringsOurCookie } from '../../kit/http/browser-form.ts';
import type { PageAnswer, PageCall, PageEndpoint } from '../../kit/http/endpoint.ts';
import { Problem } from '../../kit/problem.ts';
import { isAtListedOrigin } from '../../publishers/allowed-address.ts';
import { findSessionFor } from './find-session-for.ts';
import { type LoginContext, readLoginWay, refuseLogin } from './login-way.ts';

/** What the script tells a site. It is told nothing of who the reader is. */
type LoginStatus =
  | { status: 'loggedIn' | 'loggedOut' }
  | { status: 'unknown'; reason: 'client_unknown' | 'origin_not_listed' | 'no_cookie' };

export const checkLogin: PageEndpoint<LoginContext> = {
  operationId: 'checkLogin',
  summary: 'Tell a site whether a reader is logged in, by a redirect or as a script',
  parameters: ['clientId', 'returnUrl', 'errorUrl'],
  async handlePage(context, call) {
    const { returnUrl, errorUrl } = call.query;
    const isScript = call.headers.secFetchDest === 'script' || (!returnUrl && !errorUrl);
    if (isScript) return scriptOf(await statusFor(context, call));
    const way = await readLoginWay(context, call, 'login');
    if (typeof way === 'string') return refuseLogin(context, call, way);
    if (way.returnTo === undefined) throw missing('returnUrl');
    if (way.errorTo === undefined) throw missing('errorUrl');
    const session = await findSessionFor(context, call, way.client);
    return { redirectTo: session ? way.returnTo : way.errorTo };
  },
};

/**
 * Only a page of an origin on the client's list is told, by the address that browsers say it has: any page
 * can load a script. Browsers keep our cookies from pages of other sites, and then nobody knows.
 */
async function statusFor(context: LoginContext, call: PageCall): Promise<LoginStatus> {
  const client = await context.publishers.findClient(call.query['clientId'] ?? '');
  if (!client || client.isDisabled) return { status: 'unknown', reason: 'client_unknown' };
  if (!isAtListedOrigin(client, call.headers.referer))
    return { status: 'unknown', reason: 'origin_not_listed' };
  if (!bringsOurCookie(call)) return { status: 'unknown', reason: 'no_cookie' };
  return { status: (await findSessionFor(context, call, client)) ? 'loggedIn' : 'loggedOut' };
}

/** Sets `window.leveretLogin`, and tells so by the event `leveretlogin` of the window. */
function scriptOf(status: LoginStatus): PageAnswer {
  const content =
    `window.leveretLogin = ${JSON.stringify(status)};\n` +
    `window.dispatchEvent(new CustomEvent('leveretlogin', { detail: window.leveretLogin }));\n`;
  return { text: { type: 'text/javascript; charset=utf-8', content } };
}

function missing(field: 'returnUrl' | 'errorUrl'): Problem {
  const message = `${field} is needed beside the other one`;
  return new Problem('input_is_invalid', {
    detail: message,
    fields: [{ field, rule: 'required', message }],
  });
}
