import { domainToUnicode } from 'node:url';

export type AddressRefusal = { ok: false; rule: string; detail: string };
export type WebAddress = { ok: true; url: URL } | AddressRefusal;

const maxAddressLength = 2000;

/** Control, format and separator characters, and the backslash, which browsers read as a slash. */
const unsafeCharacter = /[\p{C}\p{Z}\\]/u;
const absoluteWebAddress = /^https?:\/\/([^/?#]+)/iu;

export function refuseAddress(rule: string, detail: string): AddressRefusal {
  return { ok: false, rule, detail };
}

/**
 * Reads an absolute http or https address that two parsers cannot read differently: no credentials, nothing
 * invisible, and a host spelled as the URL standard writes it (no octal, hexadecimal, percent-encoded or
 * full-width spellings). Says nothing about where the host leads.
 */
export function parseWebAddress(text: string): WebAddress {
  if (text.length > maxAddressLength) {
    return refuseAddress('too_long', `The address is longer than ${maxAddressLength} characters.`);
  }
  if (unsafeCharacter.test(text)) {
    return refuseAddress('unsafe_character', 'The address has a space, a control character or a backslash.');
  }
  const authority = absoluteWebAddress.exec(text)?.[1];
  if (authority === undefined || !URL.canParse(text)) {
    return refuseAddress('not_a_web_address', 'The address must be absolute: https://host/path.');
  }
  if (authority.includes('@')) {
    return refuseAddress('has_credentials', 'The address must not contain a user name or password.');
  }
  const url = new URL(text);
  return isPlainlySpelled(authority, url)
    ? { ok: true, url }
    : refuseAddress('host_spelling', 'The host must be written in its plain form.');
}

/** A domain may stand in Unicode or in punycode; everything else only as the parser writes it. */
function isPlainlySpelled(authority: string, url: URL): boolean {
  const host = authority.replace(/:\d*$/u, '').toLowerCase();
  return host === url.hostname || host === domainToUnicode(url.hostname);
}
