import assert from 'node:assert/strict';
import { register, type TestNode } from './node.ts';

export type Body = Record<string, unknown>;

export const customersPath = '/capi/v1/client/customer';

export const kari = {
  name: { firstName: 'Kari', lastName: 'Nordmann' },
  emails: ['Kari@Example.com'],
  phoneNumbers: ['900 00 001', { phoneNumber: '+4722000000', phoneNumberType: 'home' }],
};

/** A free order of somebody who says everything about themselves. */
export const olasOrder = {
  paymentMethod: 'free',
  payer: {
    firstName: 'Ola',
    lastName: 'Ordre',
    emails: ['ola@example.com'],
    phoneNumbers: ['90000002'],
    street: 'Storgata',
    streetNumber: '12B',
    postalCode: '0155',
    postalPlace: 'Oslo',
    countryCode: 'NO',
  },
  orderLines: [{ productSpecType: 'product', product: 'GUIDE' }],
};

export const codeOf = ({ status, body }: { status: number; body: Body }) => [status, body['code']];

/** What a publisher's desk does with customers, where it must succeed. */
export function openDesk(node: TestNode) {
  return {
    async registered(body: object = kari): Promise<number> {
      const reply = await node.post(`${customersPath}/register`, body);
      assert.equal(reply.status, 200, JSON.stringify(reply.body));
      return Number(reply.body['customerNumber']);
    },
    async shown(number: number): Promise<Body> {
      const { status, body } = await node.get(`${customersPath}/info/${number}`);
      assert.equal(status, 200, JSON.stringify(body));
      return body;
    },
    async ordered(payer: object = {}): Promise<number> {
      const order = { ...olasOrder, payer: { ...olasOrder.payer, ...payer } };
      const { body } = await node.get(`/capi/v1/client/order/${await register(node, order)}`);
      return Number(body['customerNumber']);
    },
    async found(search: object): Promise<number[]> {
      const { status, body } = await node.post(`${customersPath}/search`, search);
      assert.equal(status, 200, JSON.stringify(body));
      return (body['customers'] as Body[]).map((customer) => Number(customer['customerNumber']));
    },
  };
}
