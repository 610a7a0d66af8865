/** A reader by number: every order has another one, so that nothing is found in a cache by luck. */
export type Person = { email: string; mobile: string };

export function personOf(number: number): Person {
  return {
    email: `reader-${number}@example.com`,
    mobile: `+479${String(number % 10_000_000).padStart(7, '0')}`,
  };
}

/** What a site sends to register an order of one line. */
export function orderBody(number: number): object {
  return { paymentMethod: 'free', payer: payerOf(number), orderLines: [demoLine] };
}

/** An order that another one's transaction has paid already, so that the database refuses it. */
export function refusedOrderBody(number: number): object {
  const payment = { prepaid: true, paymentInfoOther: { transactionId: 'paid-before' } };
  return { paymentMethod: 'other', ...payment, payer: payerOf(number), orderLines: [demoLine] };
}

/** Something that a buyer pays by card. */
export function cardOrderBody(number: number): object {
  const line = { productSpecType: 'product', product: 'GUIDE' };
  const access = { allowAccessProduct: 'GUIDE', allowAccessSeconds: 3600 };
  const payer = payerOf(number);
  return { paymentMethod: 'creditcardPayex', payer, orderLines: [{ ...line, ...access }] };
}

const demoLine = {
  productSpecType: 'coupon',
  productSpecCode: 'DEMO',
  productSpecNo: 1,
  allowAccessProduct: 'DEMO',
  allowAccessSeconds: 3600,
};

function payerOf(number: number) {
  const { email, mobile } = personOf(number);
  return {
    firstName: 'Kari',
    lastName: 'Nordmann',
    streetName: 'Storgata',
    streetNumber: 12,
    postalCode: '0155',
    postalPlace: 'Oslo',
    emails: [email],
    phoneNumbers: [mobile],
  };
}
