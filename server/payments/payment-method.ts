import type { HttpClient } from '../kit/http-client.ts';

/** One setting of a method: what it is called, what it holds, and whether it is needed and secret. */
export type SettingDeclaration = {
  name: string;
  label: string;
  kind: 'text' | 'number' | 'address' | 'token';
  required: boolean;
  secret: boolean;
};

export type MethodSettings = Readonly<Record<string, string>>;

/** What an adapter may use. It sees no order, no database and no other adapter. */
export type MethodContext = { http: HttpClient; settings: MethodSettings };

export type ChargeRequest = {
  /** Our reference: at most 30 letters and digits, unique for good. */
  reference: string;
  amountMinor: number;
  currency: string;
  mobile: string;
  description: string;
  /** How long the provider may go on trying. */
  validitySeconds: number;
  /** Whether this mobile was never charged by the merchant before. */
  isFirstCharge: boolean;
};

/** What a provider let us know about an attempt. `raw` is kept sealed as evidence. */
export type Evidence = {
  meaning: 'pending' | 'unknown' | 'secured' | 'declined' | 'aborted' | 'expired' | 'not_sent';
  code?: string;
  providerId?: string;
  /** The provider itself cannot tell: a person must find out. */
  isUnresolvable?: boolean;
  raw: string;
};

export type Notice = { authorization: string | undefined; body: unknown; raw: string };

export type NoticeReading =
  | { kind: 'refused'; reason: 'wrong credentials' | 'not understood' }
  | { kind: 'ignored' }
  | { kind: 'evidence'; reference: string; evidence: Evidence };

/**
 * A payment method at one provider. What it can do follows from which functions it offers; every function
 * says what a lost answer means for money.
 */
export type PaymentMethod = {
  name: string;
  settings: readonly SettingDeclaration[];
  needs: { mobile: boolean };
  money: 'taken at once' | 'reserved';
  /** Takes money with no buyer at a screen. An answer that is lost is `unknown`; it is never called twice. */
  charge?(context: MethodContext, request: ChargeRequest): Promise<Evidence>;
  /** Reads a notice that reached our address for it. */
  readNotice?(settings: MethodSettings, notice: Notice): NoticeReading;
  /** Seconds after the validity until a silent provider becomes a case; set where it cannot be asked. */
  silenceSeconds?: number;
};
