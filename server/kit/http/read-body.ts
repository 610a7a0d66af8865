import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import { cutText } from '../cut-text.ts';
import { Problem } from '../problem.ts';
import { storableText } from '../storable-text.ts';
import { parseJson } from './parse-json.ts';
import { findRepeatedMember } from './repeated-members.ts';

/** The text of a body. Throws where the bytes are not UTF-8, rather than store replaced characters. */
export function bodyText(body: unknown): string {
  if (!Buffer.isBuffer(body) || body.length === 0) return '';
  if (!isUtf8(body)) throw new Problem('body_is_not_json', { detail: 'The body is not text in UTF-8.' });
  return body.toString('utf8');
}

/** The same for a mail, whose bytes may mean anything. */
export function mailText(body: unknown): string {
  return Buffer.isBuffer(body) ? body.toString('latin1') : '';
}

const jsonType = /^\s*(?:application\/(?:[\w.+-]+\+)?json|text\/json)\s*(?:;|$)/i;

/**
 * The JSON value of a body; nothing where there is no body. Refuses a member that stands twice, whose meaning
 * would depend on the reader (RFC 8259, 4).
 */
export function readJsonBody(headers: IncomingHttpHeaders, text: string): unknown {
  if (text === '') return undefined;
  refuseEncoded(headers);
  const type = headers['content-type'];
  if (type !== undefined && !jsonType.test(type)) throw new Problem('content_type_is_not_supported');
  const value = parseOrRefuse(text);
  const repeated = findRepeatedMember(text, value);
  if (repeated !== undefined) throw repeatedField(repeated);
  return value;
}

function parseOrRefuse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw new Problem('body_is_not_json');
  }
}

/** The refusal of a field that is given more than once, so that nobody knows which one is meant. */
export function repeatedField(name: string): Problem {
  const field = cutText(name, 200);
  const message = `${field} is given more than once`;
  return new Problem('input_is_invalid', { detail: message, fields: [{ field, rule: 'repeated', message }] });
}

/** The fields of a form as a browser posts it; one that is given twice is refused as `onePerName` says. */
export function readForm(headers: IncomingHttpHeaders, text: string): Record<string, string> {
  if (text === '') return {};
  refuseEncoded(headers);
  const type = headers['content-type'] ?? '';
  if (!/^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type)) {
    throw new Problem('content_type_is_not_supported', { detail: 'Send the body as a form.' });
  }
  return onePerName(new URLSearchParams(text));
}

/**
 * The parameters of a page by name. One that is given twice with different values is refused, since it may
 * select; but not with an underscore in its name, as parameters of ours never have and those of trackers do.
 */
export function onePerName(pairs: URLSearchParams): Record<string, string> {
  const fields = firstOfEach(pairs);
  for (const [name, value] of pairs) {
    if (!name.includes('_') && fields[name] !== storableText(value)) throw repeatedField(name);
  }
  return fields;
}

/** What callers send as pairs, with nothing in it that could not be looked up or stored. */
export function firstOfEach(pairs: Iterable<[string, string]>): Record<string, string> {
  const fields: Record<string, string> = Object.create(null);
  for (const [name, value] of pairs) fields[name] ??= storableText(value);
  return fields;
}

function refuseEncoded(headers: IncomingHttpHeaders): void {
  const encoding = headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') return;
  throw new Problem('content_type_is_not_supported', { detail: 'Send the body without Content-Encoding.' });
}
