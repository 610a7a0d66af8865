import { type SubmitError, submitError } from './submit-error.ts';

const password = 'link-demo-password';
const demoAccount = { platformId: 'SANDBOX', platformPartnerId: '1', username: 'leveret', password };

/** Checks Basic authentication: `leveret` may send, `suspended` (same password) is known but denied. */
export function checkLogin(authorization: string | undefined): SubmitError | undefined {
  const [, encoded = ''] = /^basic +(\S+)$/i.exec(authorization ?? '') ?? [];
  const login = Buffer.from(encoded, 'base64').toString('utf8');
  if (login === `${demoAccount.username}:${password}`) return undefined;
  return submitError(login === `suspended:${password}` ? 106101 : 106100);
}

/** Checks that the request is for the account that logged in. */
export function checkPlatform(request: {
  platformId: string;
  platformPartnerId: string;
}): SubmitError | undefined {
  if (request.platformId !== demoAccount.platformId) return submitError(106200);
  if (request.platformPartnerId !== demoAccount.platformPartnerId) return submitError(106201);
  return undefined;
}
