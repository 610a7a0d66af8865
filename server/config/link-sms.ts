import { OperatorError } from '../kit/operator-error.ts';
import type { LinkSmsAccount, Settings } from './settings.ts';

type Reading = { linkSms: LinkSmsAccount | undefined; linkSmsPassword: string | undefined };

const wanted = ['platformId', 'platformPartnerId', 'source', 'gateId'] as const;

/**
 * Reads the account that messages are sent through: `https://user:password@host/?platformId=…&
 * platformPartnerId=…&source=…&gateId=…`. In sandbox mode the sandbox's own account is the default.
 */
export function readLinkSms(
  value: string | undefined,
  { mode, sandboxPort }: Pick<Settings, 'mode' | 'sandboxPort'>,
): Reading {
  if (value === undefined)
    return mode === 'sandbox'
      ? sandboxAccount(sandboxPort)
      : { linkSms: undefined, linkSmsPassword: undefined };
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new OperatorError('LINK_SMS_URL must be an address that starts with https://.');
  for (const name of wanted) {
    if (!url.searchParams.get(name)) throw new OperatorError(`LINK_SMS_URL must have the parameter ${name}.`);
  }
  const parameter = (name: (typeof wanted)[number]) => url.searchParams.get(name) ?? '';
  const linkSms: LinkSmsAccount = {
    baseUrl: `${url.origin}${url.pathname.replace(/\/$/, '')}`,
    username: decodeURIComponent(url.username),
    platformId: parameter('platformId'),
    platformPartnerId: parameter('platformPartnerId'),
    source: parameter('source'),
    gateId: parameter('gateId'),
  };
  return { linkSms, linkSmsPassword: decodeURIComponent(url.password) };
}

function sandboxAccount(sandboxPort: number): Reading {
  const linkSms: LinkSmsAccount = {
    baseUrl: `http://127.0.0.1:${sandboxPort}/link`,
    username: 'leveret',
    platformId: 'SANDBOX',
    platformPartnerId: '1',
    source: 'Leveret',
    gateId: 'messages',
  };
  return { linkSms, linkSmsPassword: 'link-demo-password' };
}
