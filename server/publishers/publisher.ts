import type { Call } from '../kit/http/endpoint.ts';
import type { ClientId, PublisherId } from '../kit/ids.ts';
import type { Currency } from '../kit/money.ts';
import type { ReturnAddress } from '../kit/return-url.ts';

/** A tenant: a media house with its own clients, catalogue, orders and readers. */
export type Publisher = {
  publisherId: PublisherId;
  name: string;
  timeZone: string;
  country: string;
  currency: Currency;
  locale: string;
  settings: PublisherSettings;
};

export type PublisherSettings = {
  orderLifeDays: number;
  paymentWindowMinutes: number;
  /** What happens to money that arrives for a stopped order; by hand where the method has no refund. */
  lateMoney: 'complete' | 'give back' | 'complete if no refund';
  /** What becomes of access when a line is refunded whole and the request does not say. */
  accessAfterRefund: 'keep' | 'end_now' | 'end_at_period_end';
  /** Where subscriptions live: here the grant is written at completion, elsewhere it arrives by API. */
  subscriptionsLive: 'here' | 'elsewhere';
  linkLifetimeHours: number;
  invoiceDueDays: number;
  /** The publisher's terms of sale, for providers that show them; our own address where there are none. */
  termsUrl: string;
};

export const defaultPublisherSettings: PublisherSettings = {
  orderLifeDays: 7,
  paymentWindowMinutes: 30,
  lateMoney: 'complete if no refund',
  accessAfterRefund: 'end_now',
  subscriptionsLive: 'here',
  linkLifetimeHours: 24,
  invoiceDueDays: 14,
  termsUrl: '',
};

/** What a publisher has set, with the default of everything that it has not. */
export function publisherSettingsOf(stored: object): PublisherSettings {
  return { ...defaultPublisherSettings, ...stored };
}

/** An OAuth client of one publisher: a site or an app. */
export type Client = {
  clientId: ClientId;
  publisher: Publisher;
  name: string;
  profile: 'original' | 'strict';
  scopes: readonly string[];
  returnAddresses: readonly ReturnAddress[];
  settings: ClientSettings;
  revocationNumber: number;
};

export type ClientSettings = {
  linkLifetimeUnit: 'minutes' | 'hours' | 'days';
  /** Whether legacy callbacks carry the lv_ parameters; always in the strict profile. */
  signsCallbacks: boolean;
  /** Whether callback and return addresses may be plain http. */
  allowsHttp: boolean;
  callbackPorts: readonly number[];
  /** Whether what was paid before is believed only with our signature; never so for `other`. */
  prepaidMustBeSigned: boolean;
  /** Nothing means no limit. */
  rateLimit: { perSecond: number; perMinute: number } | null;
};

export const defaultClientSettings: ClientSettings = {
  linkLifetimeUnit: 'hours',
  signsCallbacks: false,
  allowsHttp: false,
  callbackPorts: [443],
  prepaidMustBeSigned: false,
  rateLimit: { perSecond: 100, perMinute: 2000 },
};

export const clientScopes = [
  'orders:read',
  'orders:write',
  'users:assign',
  'access:read',
  'callbacks:admin',
  'cases:admin',
  'methods:admin',
] as const;
export type ClientScope = (typeof clientScopes)[number];

/** A call by a client with a valid token; everything it touches belongs to its publisher. */
export type ClientCall<Body = undefined, Params = undefined, Query = undefined> = Call<
  Client,
  Body,
  Params,
  Query
>;
