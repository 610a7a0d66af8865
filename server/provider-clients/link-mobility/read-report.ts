import { timingSafeEqual } from 'node:crypto';
import { Type } from 'typebox';
import { readLeniently } from '../../kit/read-leniently.ts';

const Report = Type.Object({
  refId: Type.String({ maxLength: 200 }),
  id: Type.Union([Type.String(), Type.Number()]),
  // Nothing, or an empty text, must not become code 0, which says that nothing was billed.
  resultCode: Type.Union([Type.Integer(), Type.String({ pattern: /^\d{1,6}$/ })]),
});

export type LinkReport = { refId: string; messageId: string; resultCode: number };

/** Reads a delivery report. A multi-part message reports every part under `id$0`, `id$1`, …. */
export function readLinkReport(body: unknown): LinkReport | undefined {
  const report = readLeniently(Report, body);
  if (!report) return undefined;
  const { refId, id, resultCode } = report;
  return { refId, messageId: String(id).replace(/\$.*/s, ''), resultCode: Number(resultCode) };
}

/** Compares Basic credentials without telling by time how much of them is right. */
export function hasCredentials(
  authorization: string | undefined,
  username: string,
  password: string,
): boolean {
  const wanted = Buffer.from(`Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`);
  const given = Buffer.from(authorization ?? '');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
