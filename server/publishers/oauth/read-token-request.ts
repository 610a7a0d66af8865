import type { IncomingHttpHeaders } from 'node:http';
import { cutText } from '../../kit/cut-text.ts';
import { isMisspelt } from '../../kit/http/near-name.ts';
import { parseJson } from '../../kit/http/parse-json.ts';
import { findRepeatedMember } from '../../kit/http/repeated-members.ts';
import type { Client } from '../publisher.ts';
import { withoutOfflineAccess } from '../reader-scopes.ts';

/** What a client asks of the token endpoint, wherever it wrote it. */
export type TokenRequest = {
  clientId: string | undefined;
  /** As a form, which is the only way the OAuth server reads it. */
  form: URLSearchParams;
};

/** Says what is wrong with a token request before it reaches the OAuth server: always `invalid_request`. */
export class BadTokenRequest extends Error {
  override name = 'BadTokenRequest';
}

/** As the OAuth server reads it, which takes a little more and says less where it is too long. */
const longestForm = 50_000;

type Sent = { headers: IncomingHttpHeaders; bodyText: string; query: URLSearchParams };

/**
 * Reads a token request that stands in a form (RFC 6749), in a JSON body, or in the address, where one of the
 * original's client libraries writes it. The strict profile takes no parameters from the address, because
 * addresses are logged on the way. `findClient` answers who calls, so that its profile can be asked.
 */
export async function readTokenRequest(
  sent: Sent,
  findClient: (clientId: string) => Promise<Client | undefined>,
): Promise<TokenRequest> {
  const form = readBody(sent.headers, sent.bodyText);
  const clientId =
    basicClientId(sent.headers.authorization) ??
    form.get('client_id') ??
    sent.query.get('client_id') ??
    undefined;
  const client = clientId === undefined ? undefined : await findClient(clientId);
  if (sent.query.size > 0) {
    if (client?.profile === 'strict') throw new BadTokenRequest('parameters must stand in the body');
    const inBody = new Map(form);
    for (const [name, value] of sent.query) {
      const said = inBody.get(name);
      if (said === undefined) form.append(name, value);
      else if (said !== value) throw new BadTokenRequest(`${cutText(name, 60)} differs in address and body`);
    }
  }
  refuseMisspeltScope(form);
  refuseEmptyNames(form);
  if (client?.profile === 'original') forgetRepeated(form, basicClientId(sent.headers.authorization));
  if (form.get('grant_type') === 'refresh_token') passOverOfflineAccess(form);
  // A parameter without a value is as one that is left out (RFC 6749, 3.2).
  if (form.get('scope') === '') form.delete('scope');
  if (client) giveScope(form, client);
  if (form.toString().length > longestForm)
    throw new BadTokenRequest(`the parameters are longer than ${longestForm} characters`);
  return { clientId, form };
}

function readBody(headers: IncomingHttpHeaders, bodyText: string): URLSearchParams {
  if (bodyText === '') return new URLSearchParams();
  const type = headers['content-type'] ?? 'application/x-www-form-urlencoded';
  if (/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) return new URLSearchParams(bodyText);
  if (/^application\/json\s*(;|$)/i.test(type)) return readJson(bodyText);
  throw new BadTokenRequest('the body must be a form or JSON');
}

function readJson(bodyText: string): URLSearchParams {
  const fields = parseFields(bodyText);
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    throw new BadTokenRequest('the body must be a JSON object');
  }
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (value === null) continue;
    if (typeof value !== 'string') throw new BadTokenRequest('every parameter must be text');
    form.append(name, value);
  }
  return form;
}

function parseFields(bodyText: string): unknown {
  const fields = parseOrRefuse(bodyText);
  const repeated = findRepeatedMember(bodyText, fields);
  if (repeated === undefined) return fields;
  throw new BadTokenRequest(`${cutText(repeated, 60)} must not be given twice`);
}

function parseOrRefuse(bodyText: string): unknown {
  try {
    return parseJson(bodyText);
  } catch {
    throw new BadTokenRequest('the body is not JSON');
  }
}

/** The original's clients may say twice who they are, and two ways at once are refused (RFC 6749, 2.3). */
function forgetRepeated(form: URLSearchParams, basic: string | undefined): void {
  if (basic === undefined || (form.get('client_id') ?? basic) !== basic) return;
  form.delete('client_id');
  form.delete('client_secret');
}

/**
 * Parameters that are not known are passed over, as RFC 6749 (3.2) wants it; but who misspells the one that
 * narrows must not get a token that may do everything.
 */
function refuseMisspeltScope(form: URLSearchParams): void {
  const misspelt = [...form.keys()].find((name) => name !== 'scope' && isMisspelt(name, 'scope'));
  if (misspelt === undefined) return;
  throw new BadTokenRequest(`${cutText(misspelt, 60)} is not known; did you mean scope?`);
}

/** Spaces alone name no scope, and are no empty value either: nobody who narrows gets everything by them. */
function refuseEmptyNames(form: URLSearchParams): void {
  if (form.getAll('scope').every((scope) => scope === '' || scope.trim() !== '')) return;
  throw new BadTokenRequest('scope names nothing: leave it out for all that the client has, or name scopes');
}

/** A library that asked for it with the login asks for it again with each refresh. */
function passOverOfflineAccess(form: URLSearchParams): void {
  const [scope, ...more] = form.getAll('scope');
  if (scope !== undefined && more.length === 0) form.set('scope', withoutOfflineAccess(scope));
}

/**
 * Scopes played no role at the original, whose clients send none, or `read`: they get all that the client
 * has, which is the default that RFC 6749 (3.3) wants said, in the guides. A client that names scopes of ours
 * gets those; the OAuth server refuses others, once it knows who asks.
 */
function giveScope(form: URLSearchParams, client: Client): void {
  if (form.get('grant_type') !== 'client_credentials' || form.getAll('scope').length > 1) return;
  const ignored = client.profile === 'original' ? ['', 'read'] : [''];
  const asked = (form.get('scope') ?? '').split(' ').filter((scope) => !ignored.includes(scope));
  form.set('scope', (asked.length === 0 ? client.scopes : asked).join(' '));
}

function basicClientId(header: string | undefined): string | undefined {
  return basicPair(header)?.id;
}

/** Id and secret of HTTP Basic, which are form-encoded (RFC 6749, 2.3.1). */
export function basicPair(header: string | undefined): { id: string; secret: string } | undefined {
  const encoded = /^basic +(?<value>[A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.groups?.value;
  if (encoded === undefined) return undefined;
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  if (colon === -1) return undefined;
  return { id: formDecoded(pair.slice(0, colon)), secret: formDecoded(pair.slice(colon + 1)) };
}

function formDecoded(text: string): string {
  return new URLSearchParams(`text=${text.replaceAll('&', '%26')}`).get('text') ?? '';
}
