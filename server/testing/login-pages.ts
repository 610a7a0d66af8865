import { askForCode } from '../accounts/api/ask-for-code.ts';
import { checkLogin } from '../accounts/api/check-login.ts';
import { logInByCode } from '../accounts/api/log-in-by-code.ts';
import { logInByLink } from '../accounts/api/log-in-by-link.ts';
import {
  createUser,
  logInForSite,
  openCreateUser,
  openLogin,
  openRegister,
  registerReader,
} from '../accounts/api/log-in-for-site.ts';
import { logOut, openLogOut } from '../accounts/api/log-out.ts';
import { logOutEverywhere } from '../accounts/api/log-out-everywhere.ts';
import { openCodePage } from '../accounts/api/open-code-page.ts';
import { openLink } from '../accounts/api/open-link.ts';
import { resendLink } from '../accounts/api/resend-link.ts';
import { showWelcome } from '../accounts/api/show-welcome.ts';
import type { NewPublisher } from '../publishers/create-publisher.ts';
import type { Client } from '../publishers/publisher.ts';
import { openTestFixture } from './accounts.ts';
import { createTestBrowser, serveRows } from './browser.ts';

export type LoginPages = Awaited<ReturnType<typeof openLoginPages>>;
export type Reader = ReturnType<LoginPages['browser']>;

/** Every page on which readers log in and out, and sites that they come from and go back to. */
export async function openLoginPages() {
  const fixture = await openTestFixture();
  const app = await serveRows(fixture, [
    { method: 'GET', path: '/user/login', who: 'browser', endpoint: openLogin },
    { method: 'POST', path: '/user/login', who: 'browser', endpoint: logInForSite },
    { method: 'GET', path: '/user/createUser', who: 'browser', endpoint: openCreateUser },
    { method: 'POST', path: '/user/createUser', who: 'browser', endpoint: createUser },
    { method: 'GET', path: '/user/register', who: 'browser', endpoint: openRegister },
    { method: 'POST', path: '/user/register', who: 'browser', endpoint: registerReader },
    { method: 'GET', path: '/user/code', who: 'browser', endpoint: openCodePage },
    { method: 'POST', path: '/user/code', who: 'browser', endpoint: logInByCode },
    { method: 'POST', path: '/user/code/new', who: 'browser', endpoint: askForCode },
    { method: 'GET', path: '/l/:token', who: 'browser', endpoint: openLink },
    { method: 'POST', path: '/l/:token', who: 'browser', endpoint: logInByLink },
    { method: 'POST', path: '/l/:token/resend', who: 'browser', endpoint: resendLink },
    { method: 'GET', path: '/user/welcome', who: 'browser', endpoint: showWelcome },
    { method: 'GET', path: '/user/loginCheck', who: 'browser', endpoint: checkLogin },
    { method: 'GET', path: '/user/logout', who: 'browser', endpoint: openLogOut },
    { method: 'POST', path: '/user/logout', who: 'browser', endpoint: logOut },
    { method: 'POST', path: '/user/logout/everywhere', who: 'browser', endpoint: logOutEverywhere },
  ]);
  const browser = () => createTestBrowser(app);
  return {
    fixture,
    browser,
    /** A browser that has followed a fresh link to a credential. */
    async followLink(site: Client, credential: string, reader = browser()) {
      const { token } = await fixture.addLink(site, fixture.credential(site, credential));
      await reader.open(`/l/${token}`);
      const reply = await reader.post(`/l/${token}`);
      if (reply.status !== 303) throw new Error(`the link logged nobody in: ${reply.status}`);
      return reader;
    },
    /** A site of a publisher of its own, with all addresses of `https://avis.example`. */
    addSite(publisher: Partial<NewPublisher> = {}) {
      const returnAddresses = [{ url: 'https://avis.example/', match: 'origin' as const }];
      return fixture.addClient({ country: 'NO', locale: 'en', ...publisher }, { returnAddresses });
    },
    async close() {
      await app.close();
      await fixture.close();
    },
  };
}
