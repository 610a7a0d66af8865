import { renderOldNumberPage } from '@leveret/pages/old-number-page.js';
import { browserNonce } from '../../kit/http/browser-form.ts';
import type { PageAnswer, PageCall } from '../../kit/http/endpoint.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import { Problem } from '../../kit/problem.ts';
import { findHome } from '../../publishers/find-home.ts';
import type { LinkRow } from '../find-login-link.ts';
import { errorAddressOf, formTargets, returnAddressOf } from './link-addresses.ts';
import { type LinkPageContext, publisherOf } from './link-answers.ts';

/** Whether the form asks for a new account, by the button of the page below. */
export function wantsNewAccount(call: PageCall): boolean {
  const account = call.form['account'] ?? '';
  if (account === '' || account === 'new') return account === 'new';
  const message = 'account must be new, or left out';
  const fields = [{ field: 'account', rule: 'one_of', message }];
  throw new Problem('input_is_invalid', { detail: message, fields });
}

type Form = {
  /** Takes what was sent, once more, with the choice. */
  action: string;
  /** Schemes of where the form may lead; those of the link's addresses unless said. */
  schemes?: string[];
  giveUpUrl?: string | undefined;
};

/**
 * The number may have got another owner: its holder begins anew, or shows by the account's e-mail address
 * whose it is. The link or code stays good for either.
 */
export async function askAboutNumber(
  context: LinkPageContext,
  call: PageCall,
  link: LinkRow,
  { action, schemes, giveUpUrl }: Form,
): Promise<PageAnswer> {
  const { nonce, cookies } = browserNonce(call, context.settings.publicUrl);
  const [returnTo, errorTo, { seller, returnUrl }] = await Promise.all([
    returnAddressOf(context, link),
    errorAddressOf(context, link, 'cancelled'),
    findHome(context.publishers, publisherOf(link)),
  ]);
  const login = new URLSearchParams({ clientId: link.client_id });
  if (returnTo !== undefined) login.set('returnUrl', returnTo);
  const html = renderOldNumberPage({
    language: pageLanguage(call.headers.acceptLanguage, link.locale),
    publisherName: link.publisher_name,
    seller,
    destination: link.credential,
    action,
    nonce,
    credential: call.form['credential'],
    code: call.form['code'],
    emailUrl: `/user/login?${login.toString()}`,
    giveUpUrl: giveUpUrl ?? errorTo ?? returnUrl,
  });
  const targets = schemes ? { allows: { 'form-action': schemes } } : formTargets(returnTo, errorTo);
  return { html, cookies, ...targets };
}
