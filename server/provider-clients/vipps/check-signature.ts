import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Is a notice signed with the secret of the registration? Path, query and host are those of the address as it
 * was registered; the key is the secret's text as it stands, not what it would decode to. The date is not
 * held against it, since tries go on for seven days. Source: Webhooks API, "Request authentication".
 */
export function isSigned(
  registration: { url: string; secret: string },
  notice: { headers: Readonly<Record<string, string>>; authorization: string | undefined; raw: string },
): boolean {
  const url = URL.parse(registration.url);
  const date = notice.headers['x-ms-date'];
  const claimedHash = notice.headers['x-ms-content-sha256'];
  if (!url || date === undefined || claimedHash === undefined) return false;
  const hash = createHash('sha256').update(notice.raw).digest('base64');
  const text = `POST\n${url.pathname}${url.search}\n${date};${url.host};${hash}`;
  const signature = createHmac('sha256', registration.secret).update(text).digest('base64');
  const wanted = `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`;
  return isSame(claimedHash, hash) && isSame(notice.authorization ?? '', wanted);
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}
