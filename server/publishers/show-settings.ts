import { type AboutSetting, describeSettings } from '../kit/setting.ts';
import { clientProfile, clientSettings } from './client-settings.ts';
import type { Client, Publisher } from './publisher.ts';
import { publisherProfile, publisherSettings } from './publisher-settings.ts';

type Shown = Record<string, unknown> & { about: Record<string, AboutSetting> };

/** A publisher as the API and the operator see it: every setting, and what there is to know of each. */
export function showPublisher({ publisherId, settings, ...profile }: Publisher): Shown {
  return {
    publisherId,
    ...profile,
    ...settings,
    about: describeSettings({ ...publisherProfile, ...publisherSettings }),
  };
}

/** A client as the operator sees it. */
export function showClient(client: Client): Shown {
  const { clientId, publisher, name, profile, scopes, returnAddresses, settings } = client;
  return {
    clientId,
    publisherId: publisher.publisherId,
    name,
    profile,
    scopes,
    returnAddresses: returnAddresses.map(showReturnAddress),
    ...settings,
    rateLimit: settings.rateLimit ?? 'none',
    about: describeSettings({ ...clientProfile, ...clientSettings }),
  };
}

function showReturnAddress(address: Client['returnAddresses'][number]): string {
  if (address.match === 'loopback') return 'any address of this machine';
  return address.match === 'origin' ? `${address.url}*` : address.url;
}
