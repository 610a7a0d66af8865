import { randomBytes } from 'node:crypto';
import type { Tokens } from './ask-leveret.ts';
import type { OrderState } from './leveret.ts';

/** What the shop knows of one browser. A cookie names it; nothing of it is in the cookie. */
export type Session = {
  id: string;
  /** Logins that have begun, by their `state`: several tabs may each have one. */
  logins: Map<string, { to: string; verifier: string }>;
  reader: { tokens: Tokens; renewing: Promise<boolean> | undefined } | undefined;
  /** What was bought here, by a key that nobody can guess. */
  purchases: Map<string, Purchase>;
};

export type Purchase = {
  orderId: number;
  state: OrderState;
  /** Where the buyer reads on. */
  article: string;
  /** Whether it opens every article, or the one. */
  opensAll: boolean;
  /** The address that the order was bought for; nothing where the reader was logged in. */
  credential: string | undefined;
  payAt: string | undefined;
};

export type Sessions = ReturnType<typeof keepSessions>;

const mostSessions = 10_000;
const mostLogins = 10;

/**
 * Kept in memory: after a new start Leveret says who a reader is, at the next article. A site of your own has
 * a place for sessions already, which stands where this does.
 */
export function keepSessions() {
  const sessions = new Map<string, Session>();
  const purchases = new Map<string, Purchase>();
  return {
    find: (id: string | undefined) => (id === undefined ? undefined : sessions.get(id)),
    start(): Session {
      const id = unguessable();
      const session: Session = { id, logins: new Map(), reader: undefined, purchases: new Map() };
      put(sessions, id, session, mostSessions);
      return session;
    },
    /** At a login under another name, so that a cookie from before it is worth nothing. */
    rename(session: Session): void {
      sessions.delete(session.id);
      session.id = unguessable();
      put(sessions, session.id, session, mostSessions);
    },
    end: (session: Session) => void sessions.delete(session.id),
    beginLogin(session: Session, login: { to: string; verifier: string }): string {
      const state = unguessable();
      put(session.logins, state, login, mostLogins);
      return state;
    },
    keepPurchase(session: Session, key: string, purchase: Purchase): void {
      session.purchases.set(key, purchase);
      put(purchases, key, purchase, mostSessions);
    },
    findPurchase: (key: string) => purchases.get(key),
  };
}

/** 256 bits. */
export function unguessable(): string {
  return randomBytes(32).toString('base64url');
}

/** The oldest goes when there are too many. */
function put<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
