import type { Shape } from './shape.ts';
import type { SourceName } from './sources.ts';

/** One endpoint, page, way, entry of the payment SDK, event or custom of the original, and how it is here. */
export type Row = Seen | Unseen;

type Common = {
  /** As the documentation calls it. */
  name: string;
  /** Where it was read. */
  from: readonly SourceName[];
  /** What is asked, in turn. */
  proof: readonly Step[];
};

/** What somebody has seen at the original, as it is written there: `POST /v1/client/order`. */
type Seen = Common & { original: string } & ({ state: 'same'; note?: string } | Differs | Missing);

/** Known by its name alone. Whatever answers here stands at a path of ours, so that it never is the same. */
type Unseen = Common & { original: typeof unseen } & (Differs | Missing);

type Differs = { state: 'differs'; note: string };

/** It is refused with a name of the refusal, or answered as `meanwhile` says. */
type Missing = ({ state: 'later'; note?: string } | { state: 'not offered'; note: string }) & {
  meanwhile?: Answer;
};

export const unseen = { unseen: true } as const;

export type State = Row['state'];

export type Area = { title: string; about?: string; rows: readonly Row[] };

/**
 * One request. In path, body, form and headers `{name}` stands for a fact of the town or for what an earlier
 * step kept; a body's text that is nothing else becomes the fact itself.
 */
export type Step = {
  as: Caller;
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From the root of the host, or whole. */
  path: string;
  body?: unknown;
  form?: Readonly<Record<string, string>>;
  /** A body as it is, of the type that the headers say. */
  text?: string;
  headers?: Readonly<Record<string, string>>;
  answer: Answer;
  /** Asked again until the answer fits: what happens in the background. */
  eventually?: true;
  /** Members of the reply, or parameters of the address that it leads to, that later steps need. */
  keeps?: readonly string[];
};

/**
 * Who asks: a client with its own token; a reader's site with a token that the reader gave by logging in; a
 * browser that is logged in; a visitor with neither.
 */
export type Caller = 'client' | 'new client' | 'limited client' | 'reader' | 'browser' | 'visitor';

/** What must come back; the status is 200 unless said, or leads on where `leadsTo` says where. */
export type Answer = {
  status?: number;
  fields?: Shape;
  headers?: Readonly<Record<string, RegExp>>;
  /** How the address begins that a browser is sent on to, and the parameters that it has. */
  leadsTo?: string;
  with?: readonly string[];
  /** A page or a script, in which this stands. */
  shows?: string;
};
