/**
 * Who holds a line's grant, as parts of a statement that has `orders` (order_id, account_id) and
 * `order_lines AS lines`. In this order: the line's receiver with a credential of its own; the order's
 * account; the credential that was given when completing; the payer's first mobile and first e-mail address.
 */
export const holderNames = 'of_receiver, account_id, mobile_key, email_key';

export const holderTables = `LEFT JOIN order_completions completions ON completions.order_id = orders.order_id
   LEFT JOIN order_parties payers ON payers.order_id = orders.order_id AND payers.line_number = 0`;

const hasReceiver = 'coalesce(lines.receiver_mobile_key, lines.receiver_email_key) IS NOT NULL';

function keyOf(kind: 'mobile' | 'email'): string {
  return `CASE WHEN ${hasReceiver} THEN lines.receiver_${kind}_key
     WHEN orders.account_id IS NOT NULL THEN NULL
     WHEN completions.credential_key IS NOT NULL
       THEN CASE WHEN completions.credential_kind = '${kind}' THEN completions.credential_key END
     ELSE payers.${kind}_key END`;
}

/** In the order of `holderNames`. */
export const holderColumns = `${hasReceiver}, CASE WHEN NOT ${hasReceiver} THEN orders.account_id END,
     ${keyOf('mobile')}, ${keyOf('email')}`;
