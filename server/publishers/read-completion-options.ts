import type { AddressGuard } from '../kit/address-guard.ts';
import { credentialKey, credentialRefusal, parseCredential } from '../kit/credential.ts';
import { numberCountry } from '../kit/number-country.ts';
import type { Refusals } from '../kit/refusals.ts';
import { matchReturnUrl, type ReturnAddress } from '../kit/return-url.ts';
import type { Client } from './publisher.ts';

/** What a publisher asks for around an order; each field is optional. */
export type CompletionOptions = {
  callbackUrl: string | undefined;
  credential: { kind: 'email' | 'mobile'; shown: string; key: Buffer } | undefined;
  returnUrl: string | undefined;
  errorUrl: string | undefined;
  linkLifetimeSeconds: number | undefined;
};

export type OptionsBody = {
  callbackUrl?: string;
  credential?: string;
  returnUrl?: string;
  errorUrl?: string;
  linkLifetime?: number;
};

export type OptionsReader = {
  client: Client;
  credentialHash: Buffer;
  addressGuard: AddressGuard;
  refusals: Refusals;
  /** ISO 3166-1 alpha-2: by which a national number is read before the publisher's own country. */
  payerCountry?: string | undefined;
  /** Another client of the publisher may lend its list of return addresses. */
  returnAddresses?: readonly ReturnAddress[];
};

/** Checks what a publisher asks for around completing or assigning; broken rules go to `refusals`. */
export async function readCompletionOptions(
  reader: OptionsReader,
  body: OptionsBody,
): Promise<CompletionOptions> {
  return {
    callbackUrl: await readCallbackUrl(reader, body.callbackUrl),
    credential: readCredential(reader, body.credential),
    returnUrl: readReturnUrl(reader, 'returnUrl', body.returnUrl),
    errorUrl: readReturnUrl(reader, 'errorUrl', body.errorUrl),
    linkLifetimeSeconds: readLinkLifetime(reader, body.linkLifetime),
  };
}

/** Says in the reply that a message does not go by SMS, as it would to a number of another country. */
export function warnOfSmsCountry(
  { client, refusals }: Pick<OptionsReader, 'client' | 'refusals'>,
  credential: CompletionOptions['credential'],
): void {
  if (credential?.kind !== 'mobile') return;
  const country = numberCountry(credential.shown);
  if (country !== undefined && client.publisher.settings.smsCountries.includes(country)) return;
  const where = country ?? 'no country';
  refusals.warn(
    'sms_country_not_allowed',
    'credential',
    `no SMS is sent to numbers of ${where} (smsCountries): the link goes by e-mail where an address of the ` +
      'reader is known, else a case waits for a person',
  );
}

async function readCallbackUrl(reader: OptionsReader, url: string | undefined): Promise<string | undefined> {
  if (url === undefined) return undefined;
  const { allowsHttp, callbackPorts } = reader.client.settings;
  const checked = reader.addressGuard.checkUrl(url, { allowHttp: allowsHttp, ports: [...callbackPorts] });
  if (!checked.ok) {
    reader.refusals.refuse(
      'callback_url_is_refused',
      'callbackUrl',
      `callbackUrl is refused: ${checked.detail}`,
    );
    return undefined;
  }
  return url;
}

function readCredential(reader: OptionsReader, text: string | undefined): CompletionOptions['credential'] {
  if (text === undefined) return undefined;
  const { publisherId, country } = reader.client.publisher;
  const credential = parseCredential(text, ...(reader.payerCountry ? [reader.payerCountry] : []), country);
  if (credential) {
    return {
      kind: credential.kind,
      shown: credential.shown,
      key: credentialKey(reader.credentialHash, publisherId, credential),
    };
  }
  const isOtherKind = /^(?!mailto|tel|sms)[A-Za-z]{2,12}:/i.test(text.trim());
  const code = isOtherKind ? 'credential_kind_not_supported' : 'credential_is_invalid';
  reader.refusals.refuse(code, 'credential', `credential ${credentialRefusal(text)}`);
  return undefined;
}

function readReturnUrl(
  reader: OptionsReader,
  field: 'returnUrl' | 'errorUrl',
  url: string | undefined,
): string | undefined {
  if (url === undefined) return undefined;
  const matched = matchReturnUrl(url, [...(reader.returnAddresses ?? reader.client.returnAddresses)]);
  if (matched.ok) return matched.url;
  reader.refusals.refuse(
    'return_url_is_not_allowed',
    field,
    `${field} is not on the list of the client (${matched.rule})`,
  );
  return undefined;
}

const unitSeconds = { minutes: 60, hours: 3600, days: 86_400 };
const longestSeconds = 30 * 86_400;

function readLinkLifetime(reader: OptionsReader, lifetime: number | undefined): number | undefined {
  if (lifetime === undefined) return undefined;
  const unit = reader.client.settings.linkLifetimeUnit;
  const seconds = lifetime * unitSeconds[unit];
  if (lifetime >= 1 && seconds <= longestSeconds) return seconds;
  reader.refusals.refuse(
    'link_lifetime_is_out_of_range',
    'linkLifetime',
    `linkLifetime is in ${unit} and must be at least 1 and at most 30 days`,
  );
  return undefined;
}
