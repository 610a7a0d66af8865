import type { HttpClient } from '../../kit/http-client.ts';
import type { PageLanguage } from '../../kit/page-language.ts';
import type { WebhookCredentials } from '../../kit/webhook-credentials.ts';
import type { Notice, NoticeReading } from './notice.ts';
import type {
  AgreementOffer,
  AttemptFacts,
  ChargeRequest,
  ConfirmRequest,
  OperationRequest,
  StartRequest,
  WantedCharge,
} from './payment-request.ts';
import type { Evidence, OperationAnswer, Started } from './provider-answer.ts';

/** One setting of a method: what it is called, what it holds, and whether it is needed and secret. */
export type SettingDeclaration = {
  name: string;
  label: string;
  kind: 'text' | 'number' | 'address' | 'token' | 'choice';
  /** The words that a choice takes; the first one holds where none is given. */
  choices?: readonly string[];
  required: boolean;
  secret: boolean;
  /** Not given by people: Leveret makes it, or gets it from the provider (`registerNotices`). */
  isMade?: boolean;
};

/** A base address at which the provider offers its API. */
export type ProviderAddress = { environment: 'test' | 'live'; url: string };

export type MethodSettings = Readonly<Record<string, string>>;

/** Where the sandbox is, and the credentials of notices for one purpose. */
export type DemoPlace = { sandboxUrl: string; credentialsFor(purpose: string): WebhookCredentials };

/** An account at the sandbox's provider; without a `merchantId` it is the one that orders need not name. */
export type DemoAccount = { merchantId?: string; settingsFor(place: DemoPlace): MethodSettings };

/** What an adapter may use. It sees no order, no database and no other adapter. */
export type MethodContext = { http: HttpClient; settings: MethodSettings };

export type NoticesRegistered =
  /** Everything is as it should be. */
  | { kind: 'kept' }
  /** Settings marked `isMade` that are kept from now on. */
  | { kind: 'registered'; settings: MethodSettings }
  | { kind: 'failed'; code: string };

export type NoticesUnregistered = { kind: 'gone' } | { kind: 'failed'; code: string };

/** A rule of the provider that an agreement breaks; the text goes on from the name of the method. */
export type AgreementObstacle = {
  rule:
    | 'renewal_period_not_supported'
    | 'renewal_periods_differ'
    | 'renewal_price_not_supported'
    | 'first_price_not_supported';
  text: string;
};

/** A rule of the provider that a charge of an agreement breaks; its text goes on in the same way. */
export type ChargeObstacle = {
  rule: 'charge_price_not_supported' | 'charge_day_not_supported' | 'charge_exceeds_agreement';
  text: string;
};

/** One thing that is wrong with a merchant's settings at the provider, in words for the publisher's staff. */
export type SettingsFault = { setting: string | undefined; text: string };

/**
 * A payment method at one provider. What it can do follows from which functions it offers; every function
 * says what a lost answer means for money. None throws for what the provider or the network does.
 */
export type PaymentMethod = {
  /** The adapter's name, kept with every attempt: never changed. */
  name: string;
  /** Whose settings it uses; methods of one contract share them. The same as `name` unless said. */
  account?: string;
  /** Whom the payment is at, in sentences for staff. */
  provider: string;
  /** What a buyer at a screen chooses, where the method can be started. */
  texts?: Readonly<Record<PageLanguage, string>>;
  /** How the buyer pays by it, behind the amount on a button: `with Vipps`, `by card`. Beside `texts`. */
  payWith?: Readonly<Record<PageLanguage, string>>;
  /** What it is by its kind, for the drawing beside its name; a brand's own logo is not ours to draw. */
  mark?: 'card' | 'app' | 'phone bill' | 'several';
  settings: readonly SettingDeclaration[];
  /**
   * Where the provider stands, as origins, each with its source beside the list. Where money is real, no
   * other address is called unless the operator lists it.
   */
  addresses?: readonly ProviderAddress[];
  /** The demo publisher's account in the sandbox; of those that share one, a single method says it. */
  demo?: DemoAccount;
  /**
   * Settings, none of them secret, that an attempt keeps although the merchant's change: the provider's
   * address, the version of its API. `baseUrl` unless said.
   */
  pins?: readonly string[];
  /** What the buyer must have given before a charge; a session in the browser asks for it itself. */
  needs: { mobile: boolean };
  /** The price goes on the buyer's phone bill: an order names the mobile, and its buyer needs no screen. */
  chargesByMobile?: boolean;
  /** A session is made of an order's lines and their VAT: an amount alone cannot be paid. */
  needsLines?: boolean;
  money: 'taken at once' | 'reserved';
  /** Which of our references the provider takes. */
  referencePattern: RegExp;
  /** How many characters the provider shows of what a payment is for; 50 unless said. */
  longestDescription?: number;
  /** Any where it says nothing; some providers take other ones in other countries. */
  currencies?: readonly string[] | ((country: string) => readonly string[] | undefined);
  /** Seconds from the start of an attempt to each question while it is pending; the last gap goes on. */
  askAfterSeconds: readonly number[];
  /** Seconds after the validity until a silent provider becomes a case; set where it cannot be asked. */
  silenceSeconds?: number;
  /**
   * Makes a payment session for a buyer at a screen; takes no money by itself. One whose answer is lost is
   * dropped, as nobody is ever sent to it.
   */
  start?(context: MethodContext, request: StartRequest): Promise<Started>;
  /**
   * Takes the money with the code that `start` had sent to the buyer's mobile; a method that offers it is
   * started only with a mobile. It is called once for a reference: an answer that is lost is `unknown`, and
   * what `ask` then calls `not_sent` is over, as nobody keeps the code.
   */
  confirm?(context: MethodContext, request: ConfirmRequest): Promise<Evidence>;
  /**
   * Takes money with no buyer at our screen. An answer that is lost is `unknown`; it is called again with the
   * same reference only where `chargeRepeats`, and then only after `ask` said `not_sent`.
   */
  charge?(context: MethodContext, request: ChargeRequest): Promise<Evidence>;
  chargeRepeats?: boolean;
  /** A charge needs what the buyer agreed to earlier, so that a first payment can only be started. */
  chargeNeedsAgreement?: boolean;
  /** Whether an account may charge a buyer who is not at a screen; every one may unless said. */
  mayCharge?(settings: MethodSettings): boolean;
  /** Why the provider takes no such agreement, known without asking it; nothing where it does. */
  refuseAgreement?(offer: AgreementOffer): AgreementObstacle | undefined;
  /** Why the provider takes no such charge of an agreement; nothing where it does, as far as is known. */
  refuseCharge?(charge: WantedCharge): ChargeObstacle | undefined;
  /** Reads the truth about an attempt. Takes and moves nothing. */
  ask?(context: MethodContext, attempt: AttemptFacts): Promise<Evidence>;
  /**
   * Tells the provider that we have the payment, where it goes on sending notices until then: only after the
   * attempt was stored as secured. Moves nothing, and may be repeated; a capture does the same.
   */
  acknowledge?(context: MethodContext, attempt: AttemptFacts): Promise<OperationAnswer>;
  /**
   * Takes reserved money, all or part of it. Repeating it with the same reference moves money once.
   * A method that offers it says in `captures` whether it may be a part.
   */
  capture?(
    context: MethodContext,
    attempt: AttemptFacts,
    operation: OperationRequest,
  ): Promise<OperationAnswer>;
  /**
   * How much of what is reserved one capture may take: a part, and then another until nothing is left; or all
   * of it, once, so that a part is refused. Set beside `capture`, and a fact of the provider.
   */
  captures?: 'in parts' | 'whole only';
  /** The smallest amount of one capture, in minor units by currency; 1 unless said. */
  leastCaptureMinor?: Readonly<Record<string, number>>;
  /**
   * Gives up what is not paid: ends the buyer's session (`unpaid only`), never an authorization that the
   * buyer made meanwhile (`already secured`); or releases what is reserved and not captured (`reserved`).
   */
  cancel?(
    context: MethodContext,
    attempt: AttemptFacts,
    operation: Pick<OperationRequest, 'reference' | 'description'> & { scope: 'unpaid only' | 'reserved' },
  ): Promise<OperationAnswer>;
  /** Gives back captured money, all or part of it. Repeating it with the same reference moves money once. */
  refund?(
    context: MethodContext,
    attempt: AttemptFacts,
    operation: OperationRequest,
  ): Promise<OperationAnswer>;
  /** The provider gives back all that was captured, once, or nothing. */
  refundsWholeOnly?: boolean;
  /** Reads a notice that reached our address for it. Believes nothing that it can ask about. */
  readNotice?(settings: MethodSettings, notice: Notice): NoticeReading;
  /**
   * Sees to it that the provider sends notices to `noticeUrl`; called daily, and when settings change.
   * Changes nothing that is in order.
   */
  registerNotices?(context: MethodContext, noticeUrl: string): Promise<NoticesRegistered>;
  /** Ends what `registerNotices` registered with these settings, and nothing else; doing it again is well. */
  unregisterNotices?(context: MethodContext): Promise<NoticesUnregistered>;
  /** Ends an agreement for good at the provider; the reference is the idempotency key. */
  stopAgreement?(
    context: MethodContext,
    agreement: { token: string; reference: string },
  ): Promise<OperationAnswer>;
  /** Sets what an agreement costs from now on. */
  changeAgreement?(
    context: MethodContext,
    agreement: { token: string; reference: string; amountMinor: number; currency: string },
  ): Promise<OperationAnswer>;
  /** Reads whether an agreement still stands. */
  askAgreement?(context: MethodContext, token: string): Promise<Pick<Evidence, 'agreement' | 'code' | 'raw'>>;
  /** What no test of these settings can tell, in words for the publisher's staff. */
  remarksOn?(settings: MethodSettings): string[];
  /** Tells in words what is wrong with the settings, by asking the provider; moves nothing. */
  testSettings?(context: MethodContext): Promise<SettingsFault[]>;
};
