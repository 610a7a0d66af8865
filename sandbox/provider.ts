import type { FastifyInstance } from 'fastify';
import type { PaymentDesk } from './control/payment-desk.ts';

/** An imitated payment provider: its addresses and pages, and where its buyers decide. */
export type Provider = { mount(app: FastifyInstance): void; desk: PaymentDesk; forget(): void };
