import type { AccessEvent } from './access/access.ts';
import { applyAccessRule, revokeWithdrawn } from './access/apply-access-rule.ts';
import { attachGrants } from './access/attach-grants.ts';
import { attachProvenGrants } from './access/attach-proven-grants.ts';
import { eraseHolders } from './access/erase-holders.ts';
import { grantAccess } from './access/grant-access.ts';
import { grantBoughtAccess } from './access/grant-bought-access.ts';
import { keepWithFormerAccount } from './access/keep-with-former-account.ts';
import { moveGrantsToCredential } from './access/move-grants-to-credential.ts';
import { revokeAccess } from './access/revoke-access.ts';
import type { AccountEvent } from './accounts/account.ts';
import { assignUserIfNone } from './accounts/assign-user-if-none.ts';
import { eraseAccounts } from './accounts/erase-accounts.ts';
import { followUndeliveredLink } from './accounts/follow-undelivered-link.ts';
import { issueLoginLink } from './accounts/issue-login-link.ts';
import { moveLoginLink } from './accounts/move-login-link.ts';
import { proveCredential } from './accounts/prove-credential.ts';
import type { CallbackEvent } from './callbacks/callback.ts';
import { deliver } from './callbacks/deliver.ts';
import { eraseDeliveries } from './callbacks/erase-deliveries.ts';
import type { eventNames, LoggedEventName } from './callbacks/event-names.ts';
import { queueCallback, queueLateCallback } from './callbacks/queue-callback.ts';
import { queueWebhook } from './callbacks/queue-webhook.ts';
import type { CaseEvent } from './cases/case.ts';
import {
  closeCaptureDue,
  closeLeftCase,
  closeNothingLeft,
  closeOperationCase,
  closeOtherOfDebt,
  closeReachedCase,
  closeSettledCase,
  closeWithdrawalCase,
} from './cases/close-cases.ts';
import { eraseEvidence } from './cases/erase-evidence.ts';
import { openCase } from './cases/open-case.ts';
import type { Context } from './context.ts';
import type { CustomerEvent } from './customers/customer.ts';
import type { Transaction } from './database/transaction.ts';
import type { CompletionEvent } from './fulfillment/completion.ts';
import { eraseCompletions } from './fulfillment/erase-completions.ts';
import { creditInvoice } from './invoices/credit-invoice.ts';
import { draftInvoice } from './invoices/draft-invoice.ts';
import { numberInvoice } from './invoices/number-invoices.ts';
import type { Journey } from './kit/journey-runner.ts';
import { deliverMessage } from './messages/deliver-message.ts';
import { eraseMessages } from './messages/erase-messages.ts';
import type { MessageEvent } from './messages/message.ts';
import { queueMessage, queueMovedMessage } from './messages/queue-message.ts';
import { queueOwnerMessage } from './messages/queue-owner-message.ts';
import { queuePageReceipt, queueReceipt } from './messages/queue-receipt.ts';
import { queueSmsWarning } from './messages/queue-sms-warning.ts';
import { queueStrangersWarning } from './messages/queue-strangers-warning.ts';
import { queueWithdrawalReceipt } from './messages/queue-withdrawal-receipt.ts';
import { cancelWithdrawnOrder } from './orders/cancel-withdrawn-order.ts';
import { completeOrder } from './orders/complete-order.ts';
import { completeWithLatePayment } from './orders/complete-with-late-payment.ts';
import { endRefundedLines } from './orders/end-refunded-lines.ts';
import { endWithdrawnLines } from './orders/end-withdrawn-lines.ts';
import { eraseBuyer } from './orders/erase-buyer.ts';
import { holdOrderForPayment } from './orders/hold-order-for-payment.ts';
import { keepCheckout } from './orders/keep-checkout.ts';
import { noteRefundedLines } from './orders/note-refunded-lines.ts';
import type { OrderEvent } from './orders/order.ts';
import { stopOrder } from './orders/stop-order.ts';
import {
  endAgreementOfAttempt,
  endAgreements,
  endAskedAgreement,
} from './payments/agreements/end-agreements.ts';
import { stopAgreement } from './payments/agreements/stop-agreement.ts';
import { answerMismatch } from './payments/before-orders/answer-mismatch.ts';
import { confirmPrepayment } from './payments/before-orders/confirm-prepayment.ts';
import { notePaidOnPage } from './payments/before-orders/note-paid-on-page.ts';
import { acknowledgePayment } from './payments/charging/acknowledge-payment.ts';
import { offerAnotherTryOrFail } from './payments/charging/offer-another-try-or-fail.ts';
import { resolveAttempt } from './payments/charging/resolve-attempt.ts';
import { startPayment } from './payments/charging/start-payment.ts';
import { attachPayment, detachPayment } from './payments/ledger/attach-payment.ts';
import { erasePayer } from './payments/ledger/erase-payer.ts';
import { applyCaseOutcome } from './payments/money-moves/apply-case-outcome.ts';
import { applyLatePaymentChoice } from './payments/money-moves/apply-late-payment-choice.ts';
import { capturePayment } from './payments/money-moves/capture-payment.ts';
import { refundOrVoidPayment } from './payments/money-moves/refund-or-void-payment.ts';
import { refundWithdrawnOrder } from './payments/money-moves/refund-withdrawn-order.ts';
import { releasePayment } from './payments/money-moves/release-payment.ts';
import { runOperation } from './payments/money-moves/run-operation.ts';
import { settleOperations } from './payments/money-moves/settle-operations.ts';
import type { PaymentEvent } from './payments/payment.ts';
import { endSessionTokens } from './publishers/oauth/end-session-tokens.ts';
import { endSiteTokens } from './publishers/oauth/end-site-tokens.ts';
import type { PublisherEvent } from './publishers/publisher.ts';
import { startSubscription } from './subscriptions/start-subscription.ts';
import { stopErased } from './subscriptions/stop-erased.ts';
import { stopRenewing } from './subscriptions/stop-renewing.ts';
import { stopSubscription, stopWithdrawn } from './subscriptions/stop-subscription.ts';
import type { SubscriptionEvent } from './subscriptions/subscription.ts';
import { answerWithdrawalCase } from './withdrawals/answer-withdrawal-case.ts';
import { eraseStatements } from './withdrawals/erase-statements.ts';
import type { WithdrawalEvent } from './withdrawals/withdrawal.ts';

export type JourneyEvent =
  | OrderEvent
  | CompletionEvent
  | PaymentEvent
  | CaseEvent
  | AccessEvent
  | SubscriptionEvent
  | CallbackEvent
  | AccountEvent
  | PublisherEvent
  | MessageEvent
  | CustomerEvent
  | WithdrawalEvent;

/** Every event has its line in the table of names, which says whether the log tells of it. */
type Logged = {
  [Name in JourneyEvent['name'] & keyof typeof eventNames]: {
    logged: Name extends LoggedEventName | 'attention needed' ? true : false;
  };
} & { [Name in Exclude<JourneyEvent['name'], keyof typeof eventNames>]: 'has no line in eventNames' };

/**
 * What happened -> which steps follow. `now` runs in the transaction that recorded the event; `later` is
 * enqueued in it and run by any node afterwards, at least once. Nothing else decides the flow.
 */
export const journey = {
  'order registered': { logged: true, now: [attachPayment], later: [] },
  'checkout confirmed': { logged: true, now: [keepCheckout], later: [] },
  'cancel asked': { logged: true, now: [], later: [startPayment] },
  'payment wanted': { logged: true, now: [holdOrderForPayment], later: [startPayment] },
  'payment pending': { logged: true, now: [], later: [resolveAttempt] },
  'payment unknown': { logged: true, now: [], later: [resolveAttempt] },
  'payment secured': { logged: true, now: [completeOrder], later: [] },
  'unattached payment secured': { logged: false, now: [notePaidOnPage], later: [] },
  'page payment confirmed': { logged: false, now: [queuePageReceipt], later: [] },
  'renewal secured': { logged: false, now: [], later: [] },
  'invoice paid': { logged: false, now: [], later: [] },
  'method secured': { logged: false, now: [], later: [] },
  'late money': { logged: true, now: [applyLatePaymentChoice], later: [] },
  'late money accepted': { logged: true, now: [completeWithLatePayment], later: [] },
  'give-back due': { logged: true, now: [refundOrVoidPayment, endAgreementOfAttempt], later: [] },
  'surplus money': { logged: true, now: [refundOrVoidPayment, endAgreementOfAttempt], later: [] },
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
      // After the login link, which waits for no receipt.
      queueReceipt,
    ],
    later: [numberInvoice, confirmPrepayment],
  },
  'withdrawal received': {
    logged: true,
    now: [queueWebhook, closeWithdrawalCase, queueWithdrawalReceipt],
    later: [],
  },
  'withdrawal accepted': {
    logged: true,
    // What goes back of a line depends on nothing that ends with it; a payment goes before its order lets go.
    now: [
      queueWebhook,
      endWithdrawnLines,
      revokeWithdrawn,
      stopWithdrawn,
      refundWithdrawnOrder,
      cancelWithdrawnOrder,
      endAgreements,
    ],
    later: [],
  },
  'withdrawal refused': { logged: true, now: [queueWebhook], later: [] },
  'callback asked late': { logged: true, now: [queueLateCallback], later: [] },
  'login link asked late': { logged: true, now: [moveGrantsToCredential, issueLoginLink], later: [] },
  'order stopped': {
    logged: true,
    // A payment that was made before the order is not the order's to release.
    now: [
      detachPayment,
      revokeAccess,
      queueCallback,
      queueWebhook,
      closeLeftCase,
      releasePayment,
      endAgreements,
    ],
    later: [],
  },
  'subscription started': { logged: false, now: [queueWebhook], later: [] },
  'subscription period started': { logged: false, now: [grantBoughtAccess], later: [] },
  'subscription ended': { logged: true, now: [queueWebhook], later: [] },
  'login link issued': { logged: true, now: [queueMessage], later: [] },
  'message queued': { logged: false, now: [], later: [deliverMessage] },
  'message moved to email': { logged: true, now: [moveLoginLink], later: [] },
  'login link moved': { logged: true, now: [queueMovedMessage], later: [] },
  'receipt not sent': { logged: true, now: [], later: [] },
  'message held': { logged: true, now: [], later: [] },
  'sms ceiling near': { logged: true, now: [queueWebhook, queueSmsWarning], later: [] },
  'strangers sms used up': { logged: true, now: [queueWebhook, queueStrangersWarning], later: [] },
  'message failed': { logged: true, now: [followUndeliveredLink], later: [] },
  'callback queued': { logged: false, now: [], later: [deliver] },
  'webhook queued': { logged: false, now: [], later: [deliver] },
  'endpoint disabled': { logged: true, now: [queueOwnerMessage], later: [] },
  'reader tokens ended': { logged: true, now: [], later: [] },
  'customer registered': { logged: true, now: [queueWebhook], later: [] },
  'customer changed': { logged: true, now: [queueWebhook], later: [] },
  'customer address changed': { logged: true, now: [queueWebhook], later: [] },
  'customer reference changed': { logged: true, now: [queueWebhook], later: [] },
  // Messages hang on login links, and a charged number on its payers.
  'person erased': {
    logged: false,
    now: [
      eraseMessages,
      eraseAccounts,
      eraseCompletions,
      eraseDeliveries,
      eraseHolders,
      stopErased,
      eraseStatements,
      eraseEvidence,
      eraseBuyer,
      erasePayer,
    ],
    later: [],
  },
  'customer erased': { logged: true, now: [queueWebhook], later: [] },
  'consent given': { logged: true, now: [queueWebhook], later: [] },
  'consent withdrawn': { logged: true, now: [queueWebhook], later: [] },
  'customer user attached': { logged: true, now: [queueWebhook], later: [] },
  'customer user detached': { logged: true, now: [queueWebhook], later: [] },
  'credential corrected': { logged: true, now: [moveGrantsToCredential, closeReachedCase], later: [] },
  'session ended': { logged: false, now: [endSessionTokens], later: [] },
  'site left': { logged: false, now: [endSiteTokens], later: [] },
  'login link spent': {
    logged: true,
    now: [proveCredential, assignUserIfNone, attachProvenGrants, closeReachedCase],
    later: [],
  },
  'number changed hands': { logged: true, now: [keepWithFormerAccount], later: [] },
  'user assigned': { logged: true, now: [attachGrants, queueWebhook], later: [] },
  'access granted': { logged: false, now: [queueWebhook], later: [] },
  'access revoked': { logged: true, now: [queueWebhook], later: [] },
  'attempt settled': { logged: false, now: [closeSettledCase], later: [acknowledgePayment] },
  'agreement end asked': { logged: false, now: [stopRenewing, endAskedAgreement], later: [] },
  'agreement end wanted': { logged: false, now: [], later: [stopAgreement] },
  'agreement stopped': { logged: true, now: [queueWebhook], later: [] },
  'attention needed': { logged: true, now: [openCase, queueWebhook], later: [] },
  'case opened': { logged: true, now: [queueWebhook], later: [] },
  'case resolved': { logged: true, now: [queueWebhook], later: [] },
  'case answered': {
    logged: false,
    now: [applyCaseOutcome, answerMismatch, answerWithdrawalCase, closeOtherOfDebt],
    later: [],
  },
  'operation wanted': { logged: true, now: [], later: [runOperation] },
  'operation settled': { logged: false, now: [noteRefundedLines, closeOperationCase], later: [] },
  'refund by hand': { logged: true, now: [openCase], later: [] },
  'refund accepted': {
    logged: true,
    now: [applyAccessRule, stopSubscription, endRefundedLines, creditInvoice, endAgreements],
    later: [],
  },
  'payment captured': { logged: true, now: [settleOperations, closeCaptureDue], later: [] },
  'payment released': { logged: true, now: [settleOperations, closeCaptureDue, closeNothingLeft], later: [] },
  'payment refunded': { logged: true, now: [settleOperations, closeNothingLeft, queueWebhook], later: [] },
} satisfies Journey<Context, Transaction, JourneyEvent> & Logged;
