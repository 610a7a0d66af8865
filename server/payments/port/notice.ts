import type { Evidence } from './provider-answer.ts';

export type Notice = {
  method: string;
  /** The address as we registered or gave it, without our own guess from a Host header. */
  url: string;
  /** What stands behind the attempt's address: `push` of `/capi/notices/kustom-checkout/attempts/…/push`. */
  topic: string;
  query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  authorization: string | undefined;
  body: unknown;
  raw: string;
};

/** Whose attempt a notice is about: by our reference, the provider's id, or the address it came to. */
export type NoticeSubject = { reference: string } | { providerId: string } | 'the attempt of the address';

export type NoticeReading =
  | { kind: 'refused'; reason: 'wrong credentials' | 'not understood' }
  | { kind: 'ignored' }
  /** Something may have changed: the provider is asked. */
  | { kind: 'ask'; about: NoticeSubject }
  /** Only where the provider cannot be asked: what the notice says counts by itself. */
  | { kind: 'evidence'; reference: string; evidence: Evidence }
  /** Something changed about an agreement, by the provider's word for it. */
  | { kind: 'agreement'; token: string }
  /** The provider asks whether this may be bought now; refused where amount or state do not fit. */
  | { kind: 'may this be paid'; amountMinor: number; currency: string };
