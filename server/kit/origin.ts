/**
 * Who began something. What the server did of itself, such as a job or a schedule, nobody began: there is no
 * word for it, so that the log need not carry one.
 */
export type By =
  /** A call with a client's token. */
  | { readonly kind: 'client'; readonly id: string }
  /** A reader who is known: the account. */
  | { readonly kind: 'user'; readonly id: number }
  /** Somebody who works for the publisher. */
  | { readonly kind: 'staff'; readonly id: number }
  /** Whoever sat at the browser that opened or sent one of our pages. */
  | { readonly kind: 'visitor' }
  /** A provider's notice; the id is whose address it came to. */
  | { readonly kind: 'provider'; readonly id: string }
  /** The operator's command line. */
  | { readonly kind: 'command' };

/** Where a piece of work began; every transaction that it opens can tell. */
export type Origin = { readonly by: By };

export const visitorOrigin: Origin = { by: { kind: 'visitor' } };
export const commandOrigin: Origin = { by: { kind: 'command' } };
