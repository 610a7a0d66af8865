/** Everything about how this node runs that is not secret. */
export type Settings = {
  mode: 'sandbox' | 'live';
  port: number;
  host: string;
  /** Base of every address we give out, without a trailing slash; never taken from a request. */
  publicUrl: string;
  /**
   * Another origin at which providers' snippets stand, `*` in its host being the publisher's; nothing means
   * that they have none.
   */
  snippetUrl: string | undefined;
  dataDirectory: string;
  databaseUrl: string | undefined;
  /** What the embedded database may take of the machine's memory; nothing means half of it. */
  databaseMemoryMegabytes: number | undefined;
  poolSize: number;
  preparedStatements: boolean;
  sandboxPort: number;
  sandboxSmtpPort: number;
  /** Where the example of a publisher's site listens, beside a sandbox. */
  shopPort: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  smtp: SmtpSettings;
  /** The account at LINK Mobility that messages are sent through; nothing means that no SMS is sent. */
  linkSms: LinkSmsAccount | undefined;
  blockedCidrs: string[];
  /** Origins at which providers may stand in live mode beside those that the adapters list. */
  providerAddresses: string[];
  /** Proxies whose X-Forwarded-For is believed, as addresses or ranges; from anyone else it is ignored. */
  trustedProxies: string[];
  /** Tests of crash recovery: the process kills itself at the nth pass of a named failpoint. */
  failpoint: { name: string; nth: number } | undefined;
  /** The same tests: a file that is told the name of a failpoint whenever it is passed. */
  failpointLog: string | undefined;
};

export type SmtpSettings = {
  host: string;
  port: number;
  user: string | undefined;
  from: string;
  /** The address that bounces come back to, a token put into it; nothing means that nobody hears of them. */
  bounceAddress: string | undefined;
  /** SMTP_URL is not given: nothing else than a sandbox's mail server is there. */
  isSandbox: boolean;
};

export type LinkSmsAccount = {
  baseUrl: string;
  username: string;
  platformId: string;
  platformPartnerId: string;
  /** The sender's name on the phone, at most 11 characters. */
  source: string;
  gateId: string;
};
