import type { World } from './kit/world.ts';
import { openKustom } from './kustom/kustom.ts';
import { mountCheckoutPage } from './kustom/mount-checkout-page.ts';
import { mountKustom } from './kustom/mount-kustom.ts';
import { kustomPaymentDesk } from './kustom/payment-desk.ts';
import { linkPaymentDesk } from './link/decide-charge.ts';
import { type Link, openLink } from './link/link.ts';
import { mountLink } from './link/mount-link.ts';
import type { Provider } from './provider.ts';
import { mountStrexPayPage } from './strex/mount-pay-page.ts';
import { mountStrex } from './strex/mount-strex.ts';
import { openStrex } from './strex/strex.ts';
import { strexPaymentDesk } from './strex/strex-desk.ts';
import { mountSwedbankPay } from './swedbankpay/mount-swedbank-pay.ts';
import { mountSwedbankPayPages } from './swedbankpay/mount-swedbank-pay-pages.ts';
import { openSwedbankPay } from './swedbankpay/open-swedbank-pay.ts';
import { swedbankPaymentDesk } from './swedbankpay/payment-desk.ts';
import { mountVipps } from './vipps/mount-vipps.ts';
import { openVipps } from './vipps/open-vipps.ts';
import { mountLanding } from './vipps/pay/mount-landing.ts';
import { vippsPaymentDesk } from './vipps/payment-desk.ts';
import type { Vipps } from './vipps/vipps.ts';

/** Opens every imitated payment provider; LINK and Vipps have more for the control API to steer. */
export function openProviders(world: World): { link: Link; vipps: Vipps; providers: Provider[] } {
  const [link, strex, kustom, swedbank, vipps] = [
    openLink(world),
    openStrex(world),
    openKustom(world),
    openSwedbankPay(world),
    openVipps(world),
  ];
  const providers: Provider[] = [
    { mount: (app) => mountLink(app, link), desk: linkPaymentDesk(link), forget: link.forget },
    {
      mount(app) {
        mountStrex(app, strex);
        mountStrexPayPage(app, strexPaymentDesk(strex));
      },
      desk: strexPaymentDesk(strex),
      forget: strex.forget,
    },
    {
      mount(app) {
        mountKustom(app, kustom);
        mountCheckoutPage(app, kustom);
      },
      desk: kustomPaymentDesk(kustom),
      forget: kustom.forget,
    },
    {
      mount(app) {
        mountSwedbankPay(app, swedbank);
        mountSwedbankPayPages(app, swedbank);
      },
      desk: swedbankPaymentDesk(swedbank),
      forget: swedbank.forget,
    },
    {
      mount(app) {
        mountVipps(app, vipps);
        mountLanding(app, vipps);
      },
      desk: vippsPaymentDesk(vipps),
      forget: vipps.forget,
    },
  ];
  return { link, vipps, providers };
}
