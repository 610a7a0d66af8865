import type { Pool } from 'pg';

export type Decision = 'approve' | 'refuse' | 'abandon' | 'expire';

/** Plays what buyers decide away from our pages: on a phone, or in a window that nobody follows. */
export type PaymentDesk = {
  /** The providers' names for the tries of an order, oldest first. */
  sessionsOf(orderId: number): Promise<string[]>;
  /** Decides the newest try; false where there is none, or it is past deciding. */
  decide(orderId: number, decision: Decision): Promise<boolean>;
  decideSession(session: string, decision: Decision): Promise<boolean>;
};

/** A session in the browser whose making was not answered has an address that no buyer was ever told. */
const findSessions = `SELECT CASE WHEN adapter = 'vipps-epayment' THEN reference ELSE provider_id END AS id
  FROM payment_attempts WHERE order_id = $1 AND (provider_id IS NOT NULL OR adapter = 'vipps-epayment')
    AND (flow <> 'browser' OR buyer_step IS NOT NULL)
  ORDER BY attempt_id`;

export function openPaymentDesk(sandboxUrl: string, pool: Pool): PaymentDesk {
  const desk: PaymentDesk = {
    async sessionsOf(orderId) {
      const { rows } = await pool.query<{ id: string }>(findSessions, [orderId]);
      // Where the provider's id is an address, its last part is the payment.
      return rows.map((row) => row.id.split('/').at(-1) ?? '');
    },
    async decide(orderId, decision) {
      const last = (await desk.sessionsOf(orderId)).at(-1);
      return last !== undefined && (await desk.decideSession(last, decision));
    },
    async decideSession(session, decision) {
      const url = `${sandboxUrl}/control/payments/${encodeURIComponent(session)}/${decision}`;
      const reply = await fetch(url, { method: 'POST' });
      await reply.text();
      return reply.ok;
    },
  };
  return desk;
}
