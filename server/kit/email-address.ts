import { domainToASCII, domainToUnicode } from 'node:url';
import { foldTyped } from './clean-text.ts';

/** One e-mail address. `shown` is written to, as typed; `compared` is alike for all spellings. */
export type EmailAddress = { shown: string; compared: string };

/** Why a text is no e-mail address: `several` names more than one. */
export type EmailReading = { ok: true; email: EmailAddress } | { ok: false; rule: 'several' | 'malformed' };

const scheme = /^(?:mailto:(?:\/\/)?|e-?(?:post|mail):?\s+|e-?(?:post|mail):)/i;
/** `Kari Nordmann <kari@example.com>`, as mail programs copy it. */
const named = /^[^<>@]*<\s*([^<>]*?)\s*>[;,.\s]*$/;
const namedByAddress = /^["']?([^<>"'\s]+@[^<>"'\s]+)["']?\s*<\s*([^<>]*?)\s*>[;,.\s]*$/;
const remark = /\s+\([^()@]*\)$/;
const before = /^[\s<>"'([{«»“”„‘’‚:;,]+/;
const after = /[\s<>"')\]}«»“”„‘’‚:;,.!?…]+$/;

/** The characters of RFC 5322's dot-atom, and letters of every script (RFC 6531). */
const localPart = /^[\p{L}\p{M}\p{N}!#$%&'*+\-/=?^_`{|}~.]{1,64}$/u;
/** Modifier letters, ordinals and points at the end are what keyboards leave behind (RFC 5892). */
const domainAsTyped = /^[\p{L}\p{M}\p{N}\-.]{1,253}(?<![\p{Lm}\u00aa\u00ba]|[\u0591-\u05bd])$/u;
const domainOnTheWire = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

/**
 * Reads one e-mail address as people copy and type it: with `mailto:`, a name before it, quotes or brackets
 * around it, a comma or full stop behind it. What is left must be deliverable as it stands. Addresses compare
 * by lower case and NFC, without folding dots or plus, and domains in one form, Unicode or punycode (UTS 46).
 */
export function readEmailAddress(text: string): EmailReading {
  // With a name before it; the address itself is much shorter.
  if (text.length > 400) return { ok: false, rule: 'malformed' };
  const bare = unwrap(foldTyped(text));
  const parts = bare.split('@');
  if (parts.length > 2) return { ok: false, rule: 'several' };
  const [local = '', typedDomain = ''] = parts;
  const domain = typedDomain.replace(/[\u3002\uff61]/g, '.');
  const ascii = domainAsTyped.test(domain) ? domainToASCII(domain) : '';
  const unicode = domainToUnicode(ascii);
  const isDeliverable =
    parts.length === 2 &&
    localPart.test(local) &&
    !/^\.|\.\.|\.$/.test(local) &&
    ascii.length <= 253 &&
    domainOnTheWire.test(ascii) &&
    // What cannot be decoded is no name of any host.
    !/(?:^|\.)xn--/.test(unicode) &&
    bare.length <= 254;
  if (!isDeliverable) return { ok: false, rule: 'malformed' };
  const compared = `${local.toLowerCase()}@${unicode}`.normalize('NFC');
  return { ok: true, email: { shown: `${local}@${domain}`, compared } };
}

/** The form in which an address is the same as all others that reach its mailbox, as far as one can see. */
export function comparedEmail(address: string): string {
  const reading = readEmailAddress(address);
  return reading.ok ? reading.email.compared : address.toLowerCase();
}

function unwrap(text: string): string {
  const plain = text.replace(scheme, '').replace(/\?(?:subject|body|cc|bcc)=.*$/i, '');
  const byAddress = namedByAddress.exec(plain);
  const [, name = '', inner = ''] = byAddress ?? [];
  const isNamedBySelf = byAddress !== null && name.toLowerCase() === inner.toLowerCase();
  const address = isNamedBySelf ? inner : (named.exec(plain)?.[1] ?? plain);
  return address.replace(remark, '').replace(before, '').replace(scheme, '').replace(after, '');
}

const plainLocalPart = /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~.]{1,64}$/;

/**
 * The address for somebody who reads ASCII alone, as most payment providers do; nothing where the part before
 * the @ is of another script, as that has no other spelling.
 */
export function asciiEmail(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  const written = emailOnTheWire(address);
  const [local = '', domain = ''] = written.split('@');
  return plainLocalPart.test(local) && domainOnTheWire.test(domain) ? written : undefined;
}

/** The address as it goes over the wire to a mail server that need not know other scripts: RFC 5891. */
export function emailOnTheWire(address: string): string {
  const at = address.lastIndexOf('@');
  const ascii = domainToASCII(address.slice(at + 1));
  return ascii === '' ? address : `${address.slice(0, at)}@${ascii}`;
}
