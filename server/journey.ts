import type { AccessEvent } from './access/access.ts';
import { applyAccessRule } from './access/apply-access-rule.ts';
import { attachGrants } from './access/attach-grants.ts';
import { attachProvenGrants } from './access/attach-proven-grants.ts';
import { grantAccess } from './access/grant-access.ts';
import { grantBoughtAccess } from './access/grant-bought-access.ts';
import { moveGrantsToCredential } from './access/move-grants-to-credential.ts';
import { revokeAccess } from './access/revoke-access.ts';
import type { AccountEvent } from './accounts/account.ts';
import { assignUserIfNone } from './accounts/assign-user-if-none.ts';
import { issueLoginLink } from './accounts/issue-login-link.ts';
import { moveLoginLink } from './accounts/move-login-link.ts';
import { proveCredential } from './accounts/prove-credential.ts';
import type { CallbackEvent } from './callbacks/callback.ts';
import { deliver } from './callbacks/deliver.ts';
import type { EventName } from './callbacks/event-names.ts';
import { queueCallback, queueLateCallback } from './callbacks/queue-callback.ts';
import { queueWebhook } from './callbacks/queue-webhook.ts';
import type { CaseEvent } from './cases/case.ts';
import { closeCaptureDue } from './cases/close-capture-due.ts';
import { closeLeftCase } from './cases/close-left-case.ts';
import { closeOperationCase } from './cases/close-operation-case.ts';
import { closeSettledCase } from './cases/close-settled-case.ts';
import { openCase } from './cases/open-case.ts';
import type { Context } from './context.ts';
import type { Transaction } from './database/transaction.ts';
import type { CompletionEvent } from './fulfillment/completion.ts';
import { creditInvoice } from './invoices/credit-invoice.ts';
import { draftInvoice } from './invoices/draft-invoice.ts';
import { numberInvoice } from './invoices/number-invoices.ts';
import type { Journey } from './kit/journey-runner.ts';
import { deliverMessage } from './messages/deliver-message.ts';
import type { MessageEvent } from './messages/message.ts';
import { queueMessage, queueMovedMessage } from './messages/queue-message.ts';
import { queueOwnerMessage } from './messages/queue-owner-message.ts';
import { queueSmsWarning } from './messages/queue-sms-warning.ts';
import { completeOrder } from './orders/complete-order.ts';
import { completeWithLateMoney } from './orders/complete-with-late-money.ts';
import { endRefundedLines } from './orders/end-refunded-lines.ts';
import { holdOrderForPayment } from './orders/hold-order-for-payment.ts';
import { noteRefundedLines } from './orders/note-refunded-lines.ts';
import type { OrderEvent } from './orders/order.ts';
import { stopOrder } from './orders/stop-order.ts';
import { acknowledgePayment } from './payments/acknowledge-payment.ts';
import { applyCaseOutcome } from './payments/apply-case-outcome.ts';
import { applyLateMoneyChoice } from './payments/apply-late-money-choice.ts';
import { confirmPrepayment } from './payments/before-orders/confirm-prepayment.ts';
import { offerAnotherTryOrFail } from './payments/offer-another-try-or-fail.ts';
import { capturePayment } from './payments/operations/capture-payment.ts';
import { giveBackPayment } from './payments/operations/give-back-payment.ts';
import { releasePayment } from './payments/operations/release-payment.ts';
import { runOperation } from './payments/operations/run-operation.ts';
import { settleOperations } from './payments/operations/settle-operations.ts';
import type { PaymentEvent } from './payments/payment.ts';
import { resolveAttempt } from './payments/resolve-attempt.ts';
import { startPayment } from './payments/start-payment.ts';
import { startSubscription } from './subscriptions/start-subscription.ts';
import { stopSubscription } from './subscriptions/stop-subscription.ts';
import type { SubscriptionEvent } from './subscriptions/subscription.ts';

export type JourneyEvent =
  | OrderEvent
  | CompletionEvent
  | PaymentEvent
  | CaseEvent
  | AccessEvent
  | SubscriptionEvent
  | CallbackEvent
  | AccountEvent
  | MessageEvent;

/** Clients ask for logged events by name, so those names are listed where they ask. */
type Logged = { [Name in EventName]: { logged: true } } & {
  [Name in Exclude<JourneyEvent['name'], EventName>]: { logged: false };
};

/**
 * What happened -> which steps follow. `now` runs in the transaction that recorded the event; `later` is
 * enqueued in it and run by any node afterwards, at least once. Nothing else decides the flow.
 */
export const journey = {
  'order registered': { logged: true, now: [], later: [] },
  'cancel asked': { logged: true, now: [], later: [startPayment] },
  'payment wanted': { logged: true, now: [holdOrderForPayment], later: [startPayment] },
  'payment pending': { logged: true, now: [], later: [resolveAttempt] },
  'payment unknown': { logged: true, now: [], later: [resolveAttempt] },
  'payment secured': { logged: true, now: [completeOrder], later: [] },
  'late money': { logged: true, now: [applyLateMoneyChoice], later: [] },
  'late money accepted': { logged: true, now: [completeWithLateMoney], later: [] },
  'give-back due': { logged: true, now: [giveBackPayment], later: [] },
  'surplus money': { logged: true, now: [giveBackPayment], later: [] },
  'attempt ended without money': { logged: true, now: [offerAnotherTryOrFail], later: [] },
  'another try offered': { logged: true, now: [], later: [startPayment] },
  'payment failed': { logged: true, now: [stopOrder], later: [] },
  'order completed': {
    logged: true,
    // Queued first, so that an endpoint hears of the order before its grants and subscriptions.
    now: [
      queueWebhook,
      grantAccess,
      startSubscription,
      draftInvoice,
      issueLoginLink,
      queueCallback,
      closeLeftCase,
      capturePayment,
    ],
    later: [numberInvoice, confirmPrepayment],
  },
  'callback asked late': { logged: true, now: [queueLateCallback], later: [] },
  'login link asked late': { logged: true, now: [moveGrantsToCredential, issueLoginLink], later: [] },
  'order stopped': {
    logged: true,
    now: [revokeAccess, queueCallback, queueWebhook, closeLeftCase, releasePayment],
    later: [],
  },
  'subscription started': { logged: false, now: [queueWebhook], later: [] },
  'subscription period started': { logged: false, now: [grantBoughtAccess], later: [] },
  'subscription ended': { logged: true, now: [queueWebhook], later: [] },
  'login link issued': { logged: true, now: [queueMessage], later: [] },
  'message queued': { logged: false, now: [], later: [deliverMessage] },
  'message moved to email': { logged: true, now: [moveLoginLink], later: [] },
  'login link moved': { logged: true, now: [queueMovedMessage], later: [] },
  'message held': { logged: true, now: [], later: [] },
  'message withheld': { logged: true, now: [openCase, queueWebhook], later: [] },
  'sms ceiling near': { logged: true, now: [queueWebhook, queueSmsWarning], later: [] },
  'message failed': { logged: true, now: [], later: [] },
  'callback queued': { logged: false, now: [], later: [deliver] },
  'webhook queued': { logged: false, now: [], later: [deliver] },
  'endpoint disabled': { logged: true, now: [queueOwnerMessage], later: [] },
  'login link spent': {
    logged: true,
    now: [proveCredential, assignUserIfNone, attachProvenGrants],
    later: [],
  },
  'user assigned': { logged: true, now: [attachGrants, queueWebhook], later: [] },
  'access granted': { logged: false, now: [queueWebhook], later: [] },
  'access revoked': { logged: true, now: [queueWebhook], later: [] },
  'attempt settled': { logged: false, now: [closeSettledCase], later: [acknowledgePayment] },
  'attempt unresolved': { logged: true, now: [openCase, queueWebhook], later: [] },
  'action required': { logged: true, now: [openCase, queueWebhook], later: [] },
  'fraud reversed': { logged: true, now: [openCase, queueWebhook], later: [] },
  'authorization lost': { logged: true, now: [openCase, queueWebhook], later: [] },
  'payment disputed': { logged: true, now: [openCase, queueWebhook], later: [] },
  'agreement stopped': { logged: true, now: [queueWebhook], later: [] },
  'prepayment mismatch': { logged: true, now: [openCase, queueWebhook], later: [] },
  'prepaid order left': { logged: true, now: [openCase, queueWebhook], later: [] },
  'case opened': { logged: true, now: [queueWebhook], later: [] },
  'case resolved': { logged: true, now: [queueWebhook], later: [] },
  'case answered': { logged: false, now: [applyCaseOutcome], later: [] },
  'operation wanted': { logged: true, now: [], later: [runOperation] },
  'operation settled': { logged: false, now: [noteRefundedLines, closeOperationCase], later: [] },
  'capture failed': { logged: true, now: [openCase, queueWebhook], later: [] },
  'release failed': { logged: true, now: [openCase, queueWebhook], later: [] },
  'refund failed': { logged: true, now: [openCase, queueWebhook], later: [] },
  'capture due': { logged: true, now: [openCase, queueWebhook], later: [] },
  'refund by hand': { logged: true, now: [openCase], later: [] },
  'refund accepted': {
    logged: true,
    now: [applyAccessRule, stopSubscription, endRefundedLines, creditInvoice],
    later: [],
  },
  'payment captured': { logged: true, now: [settleOperations, closeCaptureDue], later: [] },
  'payment released': { logged: true, now: [settleOperations, closeCaptureDue], later: [] },
  'payment refunded': { logged: true, now: [settleOperations, queueWebhook], later: [] },
} satisfies Journey<Context, Transaction, JourneyEvent> & Logged;
