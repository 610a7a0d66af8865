import { domainToASCII, domainToUnicode } from 'node:url';

/**
 * The form in which two spellings of one phone number or e-mail address are equal: digits with country code
 * (eight digits alone are Norwegian), or the address in lower case.
 */
export function recipientKey(text: string): string {
  const trimmed = text.trim().toLowerCase();
  if (trimmed.includes('@')) return emailKey(trimmed.replace(/^<|>$/g, ''));
  const digits = trimmed.replace(/\D/g, '').replace(/^00/, '');
  return digits.length === 8 ? `47${digits}` : digits;
}

/** A domain travels in punycode and is written in Unicode. */
function emailKey(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = domainToUnicode(domainToASCII(address.slice(at + 1)));
  return domain === '' ? address : `${address.slice(0, at)}@${domain}`;
}

/** The recipient as a person writes it: `+47…` or the address. */
export function showRecipient(key: string): string {
  return key.includes('@') ? key : `+${key}`;
}
