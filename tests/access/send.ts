export type Sent = { status: number; headers: Headers; text: string };

/** Sends a request as it stands, following no redirect. */
export async function send(
  url: string,
  method: string,
  given: { headers?: Record<string, string>; body?: object | string } = {},
): Promise<Sent> {
  const { body } = given;
  const type = typeof body === 'string' ? 'application/x-www-form-urlencoded' : 'application/json';
  const reply = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...(body !== undefined && { 'content-type': type }), ...given.headers },
    body: typeof body === 'object' ? JSON.stringify(body) : (body ?? null),
  });
  return { status: reply.status, headers: reply.headers, text: await reply.text() };
}

/** The text of a reply without what must differ from one request to the next. */
export function withoutRequestId(sent: Sent): string {
  return sent.text.replaceAll(sent.headers.get('x-request-id') ?? '\u0000', 'the request');
}
