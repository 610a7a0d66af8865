import { createHash, createHmac } from 'node:crypto';

/**
 * The headers that prove a notice: the hash of the body, and an HMAC over method, path with query, date, host
 * and that hash. The key is the secret's text as it stands. Source: Webhooks API, "Request authentication".
 */
export function signNotice(
  registration: { url: string; secret: string },
  body: string,
  date: string,
): Record<string, string> {
  const url = new URL(registration.url);
  const hash = createHash('sha256').update(body).digest('base64');
  const text = `POST\n${url.pathname}${url.search}\n${date};${url.host};${hash}`;
  const signature = createHmac('sha256', registration.secret).update(text).digest('base64');
  return {
    'content-type': 'application/json; charset=utf-8',
    'x-ms-date': date,
    'x-ms-content-sha256': hash,
    authorization: `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
  };
}
