import type { Call } from '../kit/http/endpoint.ts';
import type { ApiUser } from '../kit/http/route-table.ts';
import type { ClientId, PublisherId } from '../kit/ids.ts';
import type { Currency } from '../kit/money.ts';
import type { By } from '../kit/origin.ts';
import type { ReturnAddress } from '../kit/return-url.ts';
import type { ClientSettings } from './client-settings.ts';
import type { PublisherSettings } from './publisher-settings.ts';

/** A tenant: a media company with its own clients, catalogue, orders and readers. */
export type Publisher = {
  publisherId: PublisherId;
  name: string;
  timeZone: string;
  country: string;
  currency: Currency;
  locale: string;
  ownerEmail: string;
  settings: PublisherSettings;
};

export type PublisherEvent = {
  /** A token or code that had been used up came again: one of the two who had it should not have. */
  name: 'reader tokens ended';
  publisherId: PublisherId;
  clientId: string;
  uniqueUserId: string;
  reason: 'refresh_token_reused' | 'code_reused';
};

/** An OAuth client of one publisher: a site or an app. */
export type Client = {
  clientId: ClientId;
  /** What its calls are known by. */
  by: By;
  publisher: Publisher;
  name: string;
  profile: 'original' | 'strict';
  scopes: readonly string[];
  returnAddresses: readonly ReturnAddress[];
  settings: ClientSettings;
  revocationNumber: number;
  /** A disabled client gets no token and its tokens are worth nothing; what it is owed still goes out. */
  isDisabled: boolean;
};

/** A reader who is logged in, and the site that calls for them with their token. */
export type User = Client & ApiUser;

/** A call by a site for one reader, with the reader's own token. */
export type UserCall<Body = undefined, Params = undefined, Query = undefined> = Call<
  User,
  Body,
  Params,
  Query
>;

/** A call by a client with a valid token; everything it touches belongs to its publisher. */
export type ClientCall<Body = undefined, Params = undefined, Query = undefined> = Call<
  Client,
  Body,
  Params,
  Query
>;
