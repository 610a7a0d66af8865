import type { Call } from './endpoint.ts';

/** Who calls a notice address: nobody that we know before the credentials are compared. */
export type Provider = { authorization: string | undefined };

export type ProviderCall<Body = undefined, Params = undefined, Query = undefined> = Call<
  Provider,
  Body,
  Params,
  Query
>;
