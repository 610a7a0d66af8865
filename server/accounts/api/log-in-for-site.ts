import type { LoginRefusal } from '@leveret/pages/texts/login/login-shape.js';
import { type Credential, credentialKey, parseCredential } from '../../kit/credential.ts';
import { answerEvenly } from '../../kit/http/answer-evenly.ts';
import { keepsNoCookie } from '../../kit/http/browser-form.ts';
import type { PageAnswer, PageCall, PageEndpoint } from '../../kit/http/endpoint.ts';
import { numberCountry } from '../../kit/number-country.ts';
import { Problem } from '../../kit/problem.ts';
import { type CodeOutcome, enterCode } from '../enter-code.ts';
import { isSessionOf } from '../find-session.ts';
import { findSessionId } from '../find-session-id.ts';
import type { CodeCaller } from '../find-standing.ts';
import type { ClosedReason } from '../link-closed.ts';
import { sendNewCode } from '../send-new-code.ts';
import type { Visitor } from '../spend-link.ts';
import { codeCaller, schemesOf } from './code-answers.ts';
import { findSessionFor } from './find-session-for.ts';
import { markCookie } from './known-browser.ts';
import { refuseStale } from './link-answers.ts';
import { addressOf, askForCredential, askForLoginCode, askToSwitch, giveUpOf } from './login-answers.ts';
import {
  type LoginContext,
  type LoginPageName,
  type LoginWay,
  loginParameters,
  readLoginWay,
  refuseLogin,
  welcomeAt,
} from './login-way.ts';
import { askAboutNumber, wantsNewAccount } from './old-number-answers.ts';
import { problemPage } from './problem-page.ts';
import { checkForm, sessionCookies } from './reader-browser.ts';

/** Where a site sends its readers: `login`, and `createUser` and `register` for those it takes for new. */
export const openLogin = opening('login', 'openLogin', 'Show where a reader logs in for a site');
export const openCreateUser = opening('createUser', 'openCreateUser', 'The same for one who may be new');
export const openRegister = opening('register', 'openRegister', 'The same under its older name');

export const logInForSite = loggingIn('login', 'logInForSite', 'Send a code, or log in by it');
export const createUser = loggingIn('createUser', 'createUser', 'The same for one who may be new');
export const registerReader = loggingIn('register', 'registerReader', 'The same under its older name');

function opening(page: LoginPageName, operationId: string, summary: string): PageEndpoint<LoginContext> {
  return {
    operationId,
    summary,
    parameters: loginParameters,
    async handlePage(context, call) {
      const way = await readLoginWay(context, call, page);
      if (typeof way === 'string') return refuseLogin(context, call, way);
      const session = await findSessionFor(context, call, way.client);
      if (!session) return askForCredential(context, call, way, 'ready');
      const given = way.credential
        ? parseCredential(way.credential, way.client.publisher.country)
        : undefined;
      if (way.credential && !given) return askForCredential(context, call, way, 'not a credential');
      if (given && !(await isOwn(context, call, way, given)))
        return askToSwitch(context, call, way, session, given.shown);
      if (way.isAuthorization && page === 'login') return askForCredential(context, call, way, 'again');
      return { redirectTo: way.returnTo ?? welcomeAt(way) };
    },
  };
}

function loggingIn(page: LoginPageName, operationId: string, summary: string): PageEndpoint<LoginContext> {
  return {
    operationId,
    summary,
    parameters: loginParameters,
    async handlePage(context, call) {
      const way = await readLoginWay(context, call, page);
      if (typeof way === 'string') return refuseLogin(context, call, way);
      const form = checkForm(call, context.settings.publicUrl, way.client.publisher.publisherId);
      if (form.kind === 'foreign') return problemPage(context, call, 403);
      if (form.kind === 'stale') {
        const state = keepsNoCookie(call) ? 'no cookies' : 'ready';
        return refuseStale(askForCredential(context, call, way, state));
      }
      const credential = parseCredential(call.form['credential'] ?? '', way.client.publisher.country);
      if (!credential) return askForCredential(context, call, way, 'not a credential');
      return takeStep(context, call, way, credential, form.visitor);
    },
  };
}

/** What the pressed button says; the form of the code may be sent by Enter, with no button at all. */
function takeStep(
  context: LoginContext,
  call: PageCall,
  way: LoginWay,
  credential: Credential,
  visitor: Visitor,
): Promise<PageAnswer> {
  const step = call.form['step'] ?? (call.form['code'] === undefined ? 'send' : 'enter');
  switch (step) {
    case 'send':
      return sendOrAsk(context, call, way, credential, visitor);
    case 'switch':
      return send(context, call, way, credential, visitor, true);
    case 'again':
      return send(context, call, way, credential, visitor, false);
    case 'enter':
      return enter(context, call, way, visitor);
    default:
      throw stepUnknown();
  }
}

function stepUnknown(): Problem {
  const message = 'step must be send, again, switch or enter';
  return new Problem('input_is_invalid', {
    detail: message,
    fields: [{ field: 'step', rule: 'one_of', message }],
  });
}

async function sendOrAsk(
  context: LoginContext,
  call: PageCall,
  way: LoginWay,
  credential: Credential,
  visitor: Visitor,
): Promise<PageAnswer> {
  const session = await findSessionFor(context, call, way.client);
  if (session && !(await isOwn(context, call, way, credential)))
    return askToSwitch(context, call, way, session, credential.shown);
  return send(context, call, way, credential, visitor, true);
}

/** Sends a code to whoever is named, with an account or without; neither words nor time tell which. */
async function send(
  context: LoginContext,
  call: PageCall,
  way: LoginWay,
  credential: Credential,
  visitor: Visitor,
  isOnce: boolean,
): Promise<PageAnswer> {
  const { clientId, publisher } = way.client;
  const country = credential.kind === 'mobile' ? numberCountry(credential.shown) : undefined;
  const takesSms = country !== undefined && publisher.settings.smsCountries.includes(country);
  if (credential.kind === 'mobile' && !takesSms) return askForCredential(context, call, way, 'no sms');
  const to = { credentialKind: credential.kind, credential: credential.shown, returnUrl: way.returnTo };
  const caller = codeCaller(context, call, way.client, visitor);
  await answerEvenly(sendNewCode(context, { ...caller, clientId, to, isOnce }));
  return askForLoginCode(context, call, way, { kind: 'sent' });
}

async function enter(
  context: LoginContext,
  call: PageCall,
  way: LoginWay,
  visitor: Visitor,
): Promise<PageAnswer> {
  const caller = codeCaller(context, call, way.client, visitor);
  const entered = enterCode(context, {
    ...caller,
    code: call.form['code'] ?? '',
    wantsNewAccount: wantsNewAccount(call),
  });
  return answerCode(context, call, way, caller, await answerEvenly(entered));
}

async function answerCode(
  context: LoginContext,
  call: PageCall,
  way: LoginWay,
  caller: CodeCaller,
  outcome: CodeOutcome,
): Promise<PageAnswer> {
  const { publicUrl } = context.settings;
  const goOn = { redirectTo: way.returnTo ?? '/user/welcome' };
  switch (outcome.kind) {
    case 'logged in': {
      const mark = markCookie(call, publicUrl, context.secrets.loginLink, caller);
      return {
        ...goOn,
        cookies: [...sessionCookies(publicUrl, caller.publisherId, outcome.sessionId), mark],
      };
    }
    case 'closed':
      return refuseLogin(context, call, closedWords[outcome.reason], way);
    case 'number is old':
      return askAboutNumber(context, call, outcome.link, {
        action: addressOf(call, way, false),
        schemes: schemesOf(way.client),
        giveUpUrl: giveUpOf(way),
      });
    case 'expired': {
      // Another tab has used the code: its reader is logged in, and this one goes on as well.
      const isIn = await isSessionOf(
        context.database,
        findSessionId(call, publicUrl, caller.publisherId),
        caller,
      );
      return isIn ? goOn : askForLoginCode(context, call, way, outcome);
    }
    case 'wrong':
      return askForLoginCode(context, call, way, outcome);
    case 'too many':
      return askForLoginCode(context, call, way, { kind: 'too-many' });
  }
}

const closedWords = {
  account_closed: 'account closed',
  order_stopped: 'order stopped',
  link_ended: 'link ended',
} as const satisfies Record<ClosedReason, LoginRefusal>;

/** Whether a credential is one that whoever is logged in has proven. */
function isOwn(
  { database, secrets, settings }: LoginContext,
  call: PageCall,
  { client }: LoginWay,
  credential: Credential,
): Promise<boolean> {
  const { publisherId } = client.publisher;
  const reader = {
    publisherId,
    credentialKey: credentialKey(secrets.credentialHash, publisherId, credential),
  };
  return isSessionOf(database, findSessionId(call, settings.publicUrl, publisherId), reader);
}
