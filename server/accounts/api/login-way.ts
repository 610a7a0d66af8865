import { renderLoginRefusedPage } from '@leveret/pages/login-refused-page.js';
import type { LoginRefusal } from '@leveret/pages/texts/login/login-shape.js';
import type { Secrets } from '../../config/secrets.ts';
import type { Database } from '../../database/transaction.ts';
import type { PageAnswer, PageCall } from '../../kit/http/endpoint.ts';
import type { PageParameter } from '../../kit/http/page-parameters.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import { Problem } from '../../kit/problem.ts';
import { allowAddress, isAuthorizationAddress } from '../../publishers/allowed-address.ts';
import { findHome } from '../../publishers/find-home.ts';
import type { Client } from '../../publishers/publisher.ts';
import type { LinkPageContext } from './link-answers.ts';

export type LoginContext = LinkPageContext & {
  database: Database;
  secrets: Pick<Secrets, 'loginLink' | 'credentialHash'>;
};

/** The pages on which a site has its readers log in, by the last part of their path. */
export type LoginPageName = 'login' | 'createUser' | 'register';

export const loginParameters: readonly PageParameter[] = [
  'clientId',
  'returnUrl',
  'errorUrl',
  'credential',
  'credentialSubmit',
  'assumeNewUser',
];

/** What the address of a login page says; all of the reader's state is there. */
export type LoginWay = {
  page: LoginPageName;
  client: Client;
  /** Where the reader goes after login; a page of ours where the site names none. */
  returnTo: string | undefined;
  errorTo: string | undefined;
  /** The reader goes on to our own authorization, which has found the session too old, weak or missing. */
  isAuthorization: boolean;
  credential: string | undefined;
  /** The site asks that the given credential is sent a code without the reader pressing for it. */
  submits: boolean;
  isNew: boolean;
};

/**
 * Reads the address, or says why nobody logs in from it. Without passwords a code comes first for old and new
 * readers alike, so that `assumeNewUser` changes what the page says and nothing else.
 */
export async function readLoginWay(
  context: LinkPageContext,
  call: PageCall,
  page: LoginPageName,
): Promise<LoginWay | LoginRefusal> {
  const { clientId, returnUrl, errorUrl, credential } = call.query;
  const submits = readFlag(call, 'credentialSubmit', false);
  const isNew = readFlag(call, 'assumeNewUser', page !== 'login');
  const client = clientId ? await context.publishers.findClient(clientId) : undefined;
  if (!client || client.isDisabled) return 'unknown site';
  const { publicUrl } = context.settings;
  const allow = (address: string) => allowAddress(client, 'returnUrl', address, publicUrl);
  const back = returnUrl ? allow(returnUrl) : undefined;
  const error = errorUrl ? allow(errorUrl) : undefined;
  if (back?.ok === false || error?.ok === false) return 'way back refused';
  return {
    page,
    client,
    returnTo: back?.url,
    errorTo: error?.url,
    isAuthorization: back !== undefined && isAuthorizationAddress(back.url, publicUrl),
    credential: credential?.trim() || undefined,
    submits,
    isNew,
  };
}

/** Our own page for who is logged in at the site's publisher, whoever was the last to log in. */
export function welcomeAt({ client }: LoginWay): string {
  return `/user/welcome?clientId=${encodeURIComponent(client.clientId)}`;
}

function readFlag(call: PageCall, name: 'credentialSubmit' | 'assumeNewUser', otherwise: boolean): boolean {
  const given = call.query[name] || String(otherwise);
  if (/^(?:true|1)$/i.test(given)) return true;
  if (/^(?:false|0)$/i.test(given)) return false;
  const message = `${name} must be true or false`;
  const fields = [{ field: name, rule: 'boolean', message }];
  throw new Problem('input_is_invalid', { detail: message, fields });
}

/** The page that says why, in the reader's language, and where to go instead. */
export async function refuseLogin(
  context: LinkPageContext,
  call: PageCall,
  reason: LoginRefusal,
  way?: LoginWay,
): Promise<PageAnswer> {
  const { locale = 'nb', ...home } = await findHome(context.publishers, {
    publisherId: way?.client.publisher.publisherId,
    clientId: call.query['clientId'],
  });
  const language = pageLanguage(call.headers.acceptLanguage, locale);
  const returnUrl = way?.errorTo ?? home.returnUrl;
  const html = renderLoginRefusedPage({ ...home, language, reason, returnUrl });
  const isAddressAtFault = reason === 'unknown site' || reason === 'way back refused';
  return { status: isAddressAtFault ? 400 : 403, html };
}
