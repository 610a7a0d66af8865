import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const Report = z.looseObject({
  refId: z.string().max(200),
  id: z.union([z.string(), z.number()]).transform(String),
  // Not coerced: nothing, or an empty text, would become code 0, which says that nothing was billed.
  resultCode: z.union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,6}$/)
      .transform(Number),
  ]),
});

export type LinkReport = { refId: string; messageId: string; resultCode: number };

/** Reads a delivery report. A multi-part message reports every part under `id$0`, `id$1`, …. */
export function readLinkReport(body: unknown): LinkReport | undefined {
  const parsed = Report.safeParse(body);
  if (!parsed.success) return undefined;
  const { refId, id, resultCode } = parsed.data;
  return { refId, messageId: id.split('$')[0] ?? id, resultCode };
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
