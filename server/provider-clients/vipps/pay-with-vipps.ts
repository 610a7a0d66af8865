/** How a buyer pays by Vipps MobilePay, under the name that it has in the buyer's country. */
export const payWithVipps = {
  nb: 'med Vipps',
  nn: 'med Vipps',
  sv: 'med Vipps',
  da: 'med Vipps MobilePay',
  fi: 'MobilePaylla',
  en: 'with Vipps',
};
