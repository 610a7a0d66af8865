import { accessAndSubscriptions } from './areas/access.ts';
import { catalogue } from './areas/catalogue.ts';
import { customers } from './areas/customers.ts';
import { customs } from './areas/customs.ts';
import { events } from './areas/events.ts';
import { flows } from './areas/flows.ts';
import { backEnd, consents, sharing } from './areas/named-only.ts';
import { oauth } from './areas/oauth.ts';
import { oldClients } from './areas/old-clients.ts';
import { orders } from './areas/orders.ts';
import { pages } from './areas/pages.ts';
import { paymentMethods } from './areas/payment-methods.ts';
import { paymentSdk } from './areas/payment-sdk.ts';
import { payments } from './areas/payments.ts';
import { users } from './areas/users.ts';
import type { Area } from './row.ts';

/** Everything that the original is known to have, in the order of `docs/compatibility.md`. */
export const areas: readonly Area[] = [
  orders,
  flows,
  paymentMethods,
  catalogue,
  accessAndSubscriptions,
  oauth,
  pages,
  users,
  customers,
  consents,
  payments,
  paymentSdk,
  events,
  sharing,
  backEnd,
  customs,
  oldClients,
];
