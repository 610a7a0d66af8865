/** What an operation answers; without a body nothing is sent. */
export type Answer = { status: number; body?: unknown };

/** A request that fits its contract. `host` is the name by which the client reached us. */
export type Call<Body> = {
  body: Body;
  key: string | undefined;
  parameters: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  msn: string;
  host: string;
};
