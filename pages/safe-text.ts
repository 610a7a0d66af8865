import { escapeHtml } from '@kitajs/html';

/** `value` as an attribute's value; without this an `&lt=` in an address would be read as an entity. */
export function attribute(value: string): string {
  return escapeHtml(value);
}

/**
 * An address from outside, ready for `href`, or undefined where it is neither http(s) nor a path on this
 * host. Anything else, `javascript:` above all, would run or open something on the reader's device.
 */
export function outsideAddress(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  if (/^\/(?![/\\])/.test(address) && !/[\s\\]/.test(address)) return attribute(address);
  const url = URL.parse(address);
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? attribute(url.href) : undefined;
}

/** A mail address or a telephone number as a link to it, ready for `href`; undefined where it is neither. */
export function contactAddress(contact: string): string | undefined {
  const [, mailbox, domain] = /^([^\s@<>"]+)@([^\s@<>"]+)$/.exec(contact) ?? [];
  if (mailbox !== undefined && domain !== undefined) {
    // A `?` in it would begin headers of the mail (RFC 6068, 2).
    return `mailto:${encodeURIComponent(mailbox)}@${encodeURIComponent(domain)}`;
  }
  if (!/^\+?\d[\d\s().-]{3,}$/.test(contact)) return undefined;
  return `tel:${contact.replaceAll(/[^\d+]/g, '')}`;
}
