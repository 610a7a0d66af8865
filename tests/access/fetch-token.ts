/** An access token with these scopes and no more. */
export async function fetchToken(
  url: string,
  client: { clientId: string; secret: string },
  scope: string,
): Promise<string> {
  const basic = Buffer.from(`${client.clientId}:${client.secret}`).toString('base64');
  const reply = await fetch(`${url}/user/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
  });
  const body: { access_token?: string } = JSON.parse(await reply.text());
  if (!body.access_token) throw new Error(`no token: ${reply.status}`);
  return body.access_token;
}
