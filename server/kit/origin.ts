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

/**
 * Whether an act is kept of a call that changes something. `on` is what it acts on, in words. Of the body
 * those members are kept that `facts` names.
 */
export type KeptAct =
  | {
      readonly on: string;
      /** The member of the path, else of the reply, that says which one; nothing where there is only one. */
      readonly id?: string;
      readonly facts?: readonly string[];
      /**
       * The member of the body in which whoever acts says why; `reason` unless said. False where no member
       * does: what a buyer wrote is no reason of an act, and would be kept as long as the act.
       */
      readonly reason?: string | false;
    }
  | { readonly none: string };

/** The call that work began with: of the API, or of the command line. */
export type OriginCall = {
  readonly operationId: string;
  readonly act: KeptAct;
  readonly scope?: string;
  readonly requestId?: string;
  /** Where it came from. It is kept as a network only, and stands in no log. */
  readonly address?: string;
};

/** Where a piece of work began; every transaction that it opens can tell. */
export type Origin = { readonly by: By; readonly call?: OriginCall };

export const visitorOrigin: Origin = { by: { kind: 'visitor' } };
export const commandOrigin: Origin = { by: { kind: 'command' } };
