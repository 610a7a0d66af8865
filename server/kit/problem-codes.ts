/**
 * Every rule that a caller can break, by its code. The code is stable; title and explanation are public text,
 * and served as the page of the code at `/docs/errors/{code}`.
 */
type Entry = { code: string; status: number; title: string; explanation: string; exceptionType: string };

const validation = 'ValidationException';
const refused = 'AccessDeniedException';
const missing = 'NotFoundException';
const conflict = 'ConflictException';

export const problemCodes = [
  {
    code: 'body_is_not_json',
    status: 400,
    title: 'The body is not JSON',
    explanation: 'The request body could not be read as one JSON value in UTF-8.',
    exceptionType: validation,
  },
  {
    code: 'body_is_too_large',
    status: 413,
    title: 'The body is too large',
    explanation: 'The request body is larger than the endpoint accepts.',
    exceptionType: validation,
  },
  {
    code: 'authorization_is_refused',
    status: 400,
    title: 'The site sent its reader here wrongly',
    explanation:
      'The address that the site sent its reader to asks for something that cannot be given, and does not say ' +
      'where the site could be told: an unknown client_id, or a redirect_uri that is not on its list.',
    exceptionType: validation,
  },
  {
    code: 'content_type_is_not_supported',
    status: 415,
    title: 'Unsupported content type',
    explanation: 'Send the body as application/json.',
    exceptionType: validation,
  },
  {
    code: 'request_is_malformed',
    status: 400,
    title: 'The request is malformed',
    explanation: 'The request breaks the rules of HTTP, or its address is wrongly encoded.',
    exceptionType: validation,
  },
  {
    code: 'request_took_too_long',
    status: 408,
    title: 'The request took too long to arrive',
    explanation: 'The whole request must arrive within 15 seconds.',
    exceptionType: validation,
  },
  {
    code: 'headers_are_too_large',
    status: 431,
    title: 'The headers are too large',
    explanation: 'The request line and the headers may be 16 KiB together.',
    exceptionType: validation,
  },
  {
    code: 'not_supported_yet',
    status: 400,
    title: 'Not supported yet',
    explanation:
      'The field asks for something of the original that is not built here, so nothing is answered.',
    exceptionType: validation,
  },
  {
    code: 'input_is_invalid',
    status: 400,
    title: 'The request breaks one or more rules',
    explanation: 'One or more fields are missing or have a value that is not accepted; `fields` names each.',
    exceptionType: validation,
  },
  {
    code: 'amount_is_invalid',
    status: 400,
    title: 'Not an amount',
    explanation:
      'An amount is a number in major units with at most two decimals, no exponent, and not negative.',
    exceptionType: validation,
  },
  {
    code: 'amount_differs_from_lines',
    status: 400,
    title: 'The amount differs from the lines',
    explanation: 'orderAmount must equal the sum of the order lines.',
    exceptionType: validation,
  },
  {
    code: 'method_cannot_recur',
    status: 400,
    title: 'The method cannot recur',
    explanation: 'This payment method cannot be used with recurring=true.',
    exceptionType: validation,
  },
  {
    code: 'method_must_recur',
    status: 400,
    title: 'The method must recur',
    explanation: 'This payment method needs recurring=true.',
    exceptionType: validation,
  },
  {
    code: 'renewal_period_not_supported',
    status: 400,
    title: 'The method cannot renew so often',
    explanation:
      'The provider of the payment method takes no agreement for periods of this length. Vipps MobilePay renews every 1 to 31 days, weeks, months or years; 52 weeks and 365 days are told as a year, multiples of 30 days as months.',
    exceptionType: validation,
  },
  {
    code: 'renewal_periods_differ',
    status: 400,
    title: 'The method cannot renew these lines together',
    explanation:
      'The lines of the order renew at different lengths, and the provider of the payment method has one period for an agreement. Vipps MobilePay renews together what renews equally often, at the sum of the prices; register the rest as an order of its own, or with a method that keeps the card or a token (creditcardPayex, kco).',
    exceptionType: validation,
  },
  {
    code: 'renewal_price_not_supported',
    status: 400,
    title: 'The method cannot renew at this price',
    explanation:
      'The provider of the payment method takes no agreement for this price. Vipps MobilePay takes 1.00 at least, and at most NOK 20,000, DKK 300,000 or EUR 2,000 for a period.',
    exceptionType: validation,
  },
  {
    code: 'first_price_not_supported',
    status: 400,
    title: 'The method cannot tell of this first price',
    explanation:
      'The provider of the payment method cannot tell the buyer what the first period costs. Vipps MobilePay takes nothing or 1.00 at least at the start, and tells of one first period that costs no more than the renewal and lasts 1 to 31 days, weeks, months or years.',
    exceptionType: validation,
  },
  {
    code: 'method_is_not_offered',
    status: 400,
    title: 'The offer is not sold by this method',
    explanation: 'The offer names the payment methods that it is sold by, and this one is not among them.',
    exceptionType: validation,
  },
  {
    code: 'method_cannot_be_prepaid',
    status: 400,
    title: 'The method cannot be prepaid',
    explanation: 'This payment method cannot be used with prepaid=true.',
    exceptionType: validation,
  },
  {
    code: 'method_must_be_prepaid',
    status: 400,
    title: 'The method must be prepaid',
    explanation: 'This payment method needs prepaid=true.',
    exceptionType: validation,
  },
  {
    code: 'payment_method_is_not_configured',
    status: 400,
    title: 'The payment method is not configured',
    explanation:
      'The publisher has no account at a provider for this payment method, or none of the name in merchantId. ' +
      'Orders that were paid before never need one.',
    exceptionType: validation,
  },
  {
    code: 'mobile_is_required',
    status: 400,
    title: 'A mobile number is required',
    explanation: 'Payment by SMS needs a mobile number of the payer.',
    exceptionType: validation,
  },
  {
    code: 'offer_is_unknown',
    status: 400,
    title: 'Unknown offer',
    explanation: 'No offer with this code and number exists for the publisher, or it is not on sale now.',
    exceptionType: validation,
  },
  {
    code: 'product_is_unknown',
    status: 400,
    title: 'Unknown product',
    explanation: 'No product with this code exists for the publisher.',
    exceptionType: validation,
  },
  {
    code: 'issue_is_unknown',
    status: 400,
    title: 'Unknown issue',
    explanation: 'The issue does not exist for the product of the offer and of allowAccessProduct.',
    exceptionType: validation,
  },
  {
    code: 'price_is_required',
    status: 400,
    title: 'A price is required',
    explanation: 'A line that the catalogue does not price needs unitPrice.',
    exceptionType: validation,
  },
  {
    code: 'price_differs_from_catalogue',
    status: 400,
    title: 'The price differs from the catalogue',
    explanation: 'unitPrice, if sent for a known offer or product, must equal the catalogue price.',
    exceptionType: validation,
  },
  {
    code: 'date_is_invalid',
    status: 400,
    title: 'The date is not valid',
    explanation:
      'Send YYYY-MM-DD, an ISO 8601 date-time, or epoch milliseconds. Dates that the calendar does not have, starts in 1970, and births in the future or before 1880 are refused.',
    exceptionType: validation,
  },
  {
    code: 'email_is_invalid',
    status: 400,
    title: 'Not an e-mail address',
    explanation: 'The text is not an e-mail address.',
    exceptionType: validation,
  },
  {
    code: 'phone_number_is_invalid',
    status: 400,
    title: 'Not a phone number',
    explanation: 'The text is not a valid phone number without extension.',
    exceptionType: validation,
  },
  {
    code: 'payer_is_incomplete',
    status: 400,
    title: 'The payer is incomplete',
    explanation: 'The payer needs lastName or companyName, and at least one e-mail address or phone number.',
    exceptionType: validation,
  },
  {
    code: 'customer_number_is_taken',
    status: 400,
    title: 'The customer number belongs to another user',
    explanation: 'The customer number of the payer belongs to another user than uniqueUserId.',
    exceptionType: validation,
  },
  {
    code: 'phone_number_is_not_mobile',
    status: 400,
    title: 'Not a mobile number',
    explanation: 'The number is not a valid mobile number without extension.',
    exceptionType: validation,
  },
  {
    code: 'user_is_unknown',
    status: 400,
    title: 'Unknown user',
    explanation: 'No user with this uniqueUserId exists for the publisher.',
    exceptionType: validation,
  },
  {
    code: 'client_is_unknown',
    status: 400,
    title: 'Unknown client',
    explanation: 'overrideClientId must name another client of the same publisher.',
    exceptionType: validation,
  },
  {
    code: 'currency_differs',
    status: 400,
    title: 'The currency differs',
    explanation: 'The order, its prices and its payment method must have the same currency.',
    exceptionType: validation,
  },
  {
    code: 'payment_already_used',
    status: 409,
    title: 'The payment is already used',
    explanation: 'This paid transaction already pays another order.',
    exceptionType: conflict,
  },
  {
    code: 'link_lifetime_is_out_of_range',
    status: 400,
    title: 'linkLifetime is out of range',
    explanation:
      'linkLifetime must be at least 1 and at most 30 days, in the unit of the client (hours unless set).',
    exceptionType: validation,
  },
  {
    code: 'return_url_is_not_allowed',
    status: 400,
    title: 'The return address is not allowed',
    explanation: 'returnUrl and errorUrl must be on the list of the client.',
    exceptionType: validation,
  },
  {
    code: 'setting_is_invalid',
    status: 400,
    title: 'A setting is unknown or its value breaks a rule',
    explanation: 'Each field says what its value must be; nothing was changed.',
    exceptionType: validation,
  },
  {
    code: 'callback_url_is_refused',
    status: 400,
    title: 'The callback address is refused',
    explanation: 'callbackUrl must be an absolute public https address (http where the client allows it).',
    exceptionType: validation,
  },
  {
    code: 'webhook_url_is_refused',
    status: 400,
    title: 'The webhook address is refused',
    explanation: 'url must be an absolute public https address (http where the client allows it).',
    exceptionType: validation,
  },
  {
    code: 'credential_is_invalid',
    status: 400,
    title: 'Not an e-mail address or mobile number',
    explanation: 'The credential must be an e-mail address or a mobile number.',
    exceptionType: validation,
  },
  {
    code: 'credential_kind_not_supported',
    status: 400,
    title: 'The kind of credential is not supported',
    explanation: 'Only e-mail addresses and mobile numbers can be assigned.',
    exceptionType: validation,
  },
  {
    code: 'cursor_is_invalid',
    status: 400,
    title: 'Not a cursor of this list',
    explanation: 'Use the nextCursor of the page before, unchanged.',
    exceptionType: validation,
  },
  {
    code: 'idempotency_key_is_invalid',
    status: 400,
    title: 'The idempotency key is not valid',
    explanation: 'Idempotency-Key must be 1 to 255 printable ASCII characters.',
    exceptionType: validation,
  },
  {
    code: 'idempotency_key_is_required',
    status: 400,
    title: 'An idempotency key is required',
    explanation:
      'A client with the strict profile must send Idempotency-Key on every POST that changes something.',
    exceptionType: validation,
  },
  {
    code: 'token_is_missing',
    status: 401,
    title: 'No access token',
    explanation: 'Send the access token as a bearer token.',
    exceptionType: refused,
  },
  {
    code: 'token_is_invalid',
    status: 401,
    title: 'The access token is not valid',
    explanation: 'The access token is expired, revoked or not issued here.',
    exceptionType: refused,
  },
  {
    code: 'scope_is_missing',
    status: 403,
    title: 'The scope is missing',
    explanation: 'The client is not allowed to call this endpoint.',
    exceptionType: refused,
  },
  {
    code: 'fresh_login_required',
    status: 403,
    title: 'The reader must log in anew',
    explanation:
      'The reader came by an older login link, which is enough to read. To change something in their name, ' +
      'send them to /user/oauth/authorize with strength=code, and use the token that follows.',
    exceptionType: refused,
  },
  {
    code: 'not_found',
    status: 404,
    title: 'Not found',
    explanation: 'Nothing with this id or path exists here.',
    exceptionType: missing,
  },
  {
    code: 'method_not_allowed',
    status: 405,
    title: 'Method not allowed',
    explanation: 'The path exists, but not for this HTTP method.',
    exceptionType: validation,
  },
  {
    code: 'credential_is_proven',
    status: 409,
    title: 'The credential is proven',
    explanation:
      'A reader has logged in by the address that the order was meant for, or has proven it before, so that ' +
      'the order is not given to another.',
    exceptionType: conflict,
  },
  {
    code: 'already_assigned',
    status: 409,
    title: 'Already assigned',
    explanation: 'The order is already tied to another user.',
    exceptionType: conflict,
  },
  {
    code: 'account_is_closed',
    status: 409,
    title: 'The account is closed',
    explanation: 'The account of this credential is closed; nothing can be assigned to it.',
    exceptionType: conflict,
  },
  {
    code: 'order_is_stopped',
    status: 409,
    title: 'The order is stopped',
    explanation: 'A stopped order cannot be changed.',
    exceptionType: conflict,
  },
  {
    code: 'order_is_not_completed',
    status: 409,
    title: 'The order is not completed',
    explanation: 'This needs a completed order.',
    exceptionType: conflict,
  },
  {
    code: 'use_refund',
    status: 409,
    title: 'Use refund',
    explanation: 'A completed order cannot be cancelled; refund it.',
    exceptionType: conflict,
  },
  {
    code: 'refund_by_hand',
    status: 409,
    title: 'Refund by hand',
    explanation:
      'The order was paid elsewhere, and the server cannot refund it; refund it at the provider and note it.',
    exceptionType: conflict,
  },
  {
    code: 'nothing_to_refund',
    status: 409,
    title: 'Nothing to refund',
    explanation: 'No money of this order, or of these lines, is left to give back.',
    exceptionType: conflict,
  },
  {
    code: 'refund_exceeds_payment',
    status: 409,
    title: 'The refund exceeds the payment',
    explanation: 'Refunds that are done or on their way may not come to more than what was paid.',
    exceptionType: conflict,
  },
  {
    code: 'refund_must_be_whole',
    status: 409,
    title: 'The refund must be whole',
    explanation: 'The payment method can only give back the whole payment, and not a part of it.',
    exceptionType: conflict,
  },
  {
    code: 'nothing_to_capture',
    status: 409,
    title: 'Nothing to capture',
    explanation: 'No money is reserved for this order, or for these lines, that is not taken already.',
    exceptionType: conflict,
  },
  {
    code: 'capture_exceeds_reservation',
    status: 409,
    title: 'The capture exceeds the reservation',
    explanation:
      'Captures that are done or on their way may not come to more than what is reserved; `detail` says what ' +
      'is left to capture.',
    exceptionType: conflict,
  },
  {
    code: 'capture_must_be_whole',
    status: 409,
    title: 'The capture must be whole',
    explanation: 'The payment method can only capture all that is reserved at once, and not a part of it.',
    exceptionType: conflict,
  },
  {
    code: 'case_is_resolved',
    status: 409,
    title: 'The case is resolved',
    explanation: 'The case already has another outcome.',
    exceptionType: conflict,
  },
  {
    code: 'case_outcome_does_not_fit',
    status: 409,
    title: 'The outcome does not fit the case',
    explanation: 'Money that must be given back is given back, or the case is dismissed.',
    exceptionType: conflict,
  },
  {
    code: 'money_is_under_way',
    status: 409,
    title: 'The money is under way',
    explanation:
      'A capture, release or refund of the same money is at the provider, or waits for a person in a case of ' +
      'its own. Answer this case again when that has ended, so that nothing moves twice.',
    exceptionType: conflict,
  },
  {
    code: 'customer_exists',
    status: 409,
    title: 'There is such a customer',
    explanation: 'The customer number is taken, or the reader is a customer already.',
    exceptionType: conflict,
  },
  {
    code: 'customer_is_served',
    status: 409,
    title: 'The customer still has something running',
    explanation:
      'Orders, payments, invoices, agreements, subscriptions, withdrawals or cases of the person are open; end ' +
      'them first.',
    exceptionType: conflict,
  },
  {
    code: 'customer_is_several',
    status: 409,
    title: 'Several people stand under the number',
    explanation:
      'Nobody is attached to the customer number alone, and it does not mean one person. Name a user by ' +
      'uniqueUserId, or somebody by credentials that are theirs.',
    exceptionType: conflict,
  },
  {
    code: 'customer_is_too_large',
    status: 409,
    title: 'Too many orders for one person',
    explanation:
      'More than 5,000 orders stand under the number or are near the user, which is more than one call can ' +
      'export or erase. Name the person by uniqueUserId where the number is shared; else ask who runs Leveret.',
    exceptionType: conflict,
  },
  {
    code: 'credential_is_anothers',
    status: 400,
    title: 'Somebody else has the credential',
    explanation: 'Another user has proven the address by logging in, so that it is not the person’s.',
    exceptionType: validation,
  },
  {
    code: 'user_is_another_customer',
    status: 409,
    title: 'The user is another customer',
    explanation: 'The account is attached to another customer number; detach it there first.',
    exceptionType: conflict,
  },
  {
    code: 'address_is_unknown',
    status: 400,
    title: 'Unknown address',
    explanation: 'No address of the customer has this id.',
    exceptionType: validation,
  },
  {
    code: 'address_has_begun',
    status: 409,
    title: 'The change has begun',
    explanation:
      'What has begun cannot begin at another time, or be deleted: it is ended, or followed by another.',
    exceptionType: conflict,
  },
  {
    code: 'address_is_planned',
    status: 409,
    title: 'The address belongs to a change',
    explanation:
      'The address of a change cannot be edited or used elsewhere: delete the change before it begins, and ' +
      'make another.',
    exceptionType: conflict,
  },
  {
    code: 'too_many_addresses',
    status: 409,
    title: 'Too many addresses',
    explanation: 'The customer has as many addresses as are kept, those of before among them.',
    exceptionType: conflict,
  },
  {
    code: 'consent_is_unknown',
    status: 400,
    title: 'Unknown consent',
    explanation: 'No text of consent has this code and version; say its words first.',
    exceptionType: validation,
  },
  {
    code: 'too_many_statements',
    status: 409,
    title: 'Too many statements',
    explanation:
      'The customer has said as much about consents as is kept. A consent is withdrawn all the same.',
    exceptionType: conflict,
  },
  {
    code: 'external_reference_exists',
    status: 409,
    title: 'The customer has such a reference',
    explanation: 'The customer has a name in this system already: change it instead.',
    exceptionType: conflict,
  },
  {
    code: 'external_id_is_taken',
    status: 409,
    title: 'The reference stands for another customer',
    explanation: 'Another customer of the publisher has this name in the other system.',
    exceptionType: conflict,
  },
  {
    code: 'webhook_is_disabled',
    status: 409,
    title: 'The webhook is disabled',
    explanation: 'The webhook of this delivery is disabled or deleted; enable it first.',
    exceptionType: conflict,
  },
  {
    code: 'too_many_webhooks',
    status: 409,
    title: 'Too many webhooks',
    explanation: 'A publisher can have at most 20 webhooks; delete one first.',
    exceptionType: conflict,
  },
  {
    code: 'payment_result_is_forged',
    status: 400,
    title: 'The payment result is not ours',
    explanation:
      'The signature of the payment info was not made by this server for this client, or is missing.',
    exceptionType: validation,
  },
  {
    code: 'payment_result_is_expired',
    status: 400,
    title: 'The payment result is too old',
    explanation: 'An order must be registered within 24 hours after it was paid on the page.',
    exceptionType: validation,
  },
  {
    code: 'payment_result_is_unknown',
    status: 400,
    title: 'The signed payment is not known',
    explanation:
      'The payment info carries our signature, but no payment of that name is kept here: it was made before the database was restored, or elsewhere.',
    exceptionType: validation,
  },
  {
    code: 'payment_info_differs',
    status: 400,
    title: 'The payment stands under another method',
    explanation: 'A prepaid order carries its payment in the field that belongs to its paymentMethod.',
    exceptionType: validation,
  },
  {
    code: 'payment_result_differs',
    status: 400,
    title: 'What was paid is not what is ordered',
    explanation:
      'The signed payment is about another amount, currency, method or transaction than the order.',
    exceptionType: validation,
  },
  {
    code: 'merchant_is_in_use',
    status: 409,
    title: 'The account is in use',
    explanation:
      'Payments of this account are open, or money is reserved that only its settings can take or release.',
    exceptionType: conflict,
  },
  {
    code: 'request_is_running',
    status: 409,
    title: 'The first request is still running',
    explanation: 'A request with the same idempotency key is still running; try again shortly.',
    exceptionType: conflict,
  },
  {
    code: 'idempotency_key_reused',
    status: 422,
    title: 'The idempotency key belongs to another request',
    explanation: 'The same Idempotency-Key was sent before with another body.',
    exceptionType: validation,
  },
  {
    code: 'rate_limit_exceeded',
    status: 429,
    title: 'Too many requests',
    explanation: 'The rate limit is used up; try again after Retry-After.',
    exceptionType: 'RateLimitException',
  },
  {
    code: 'server_error',
    status: 500,
    title: 'Server error',
    explanation: 'An unexpected error happened. Quote the requestId when you report it.',
    exceptionType: 'ServerException',
  },
  {
    code: 'outcome_is_unknown',
    status: 503,
    title: 'The outcome is unknown',
    explanation:
      'The connection to the database was lost while the request was saved; repeat the same request.',
    exceptionType: 'ServerException',
  },
  {
    code: 'temporarily_unavailable',
    status: 503,
    title: 'Temporarily unavailable',
    explanation: 'The server cannot take this request now; try again after Retry-After.',
    exceptionType: 'ServerException',
  },
] as const satisfies readonly Entry[];

export type ProblemCode = (typeof problemCodes)[number]['code'];

const byCode = new Map<ProblemCode, Entry>(problemCodes.map((entry) => [entry.code, entry]));

export function findProblemCode(code: ProblemCode): Entry {
  const entry = byCode.get(code);
  if (!entry) throw new Error(`no entry for the problem code ${code}`);
  return entry;
}
