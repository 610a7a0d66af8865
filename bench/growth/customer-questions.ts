import type { Call, Question } from './question.ts';

/** The first number that is given: whoever ordered first has it. */
const aCustomer = 1_000_000;
const ofCustomer = `/capi/v1/client/customer/${aCustomer}`;
const customer = { name: { lastName: 'Nordmann' }, emails: ['kari@example.com'] };
const address = {
  changeType: 'createPermanent',
  streetAddress: 'Storgata',
  postalCode: '0155',
  countryCode: 'NO',
};
const nothing: Question = () => ({});
const at =
  (path: string, more: Call = {}): Question =>
  () => ({ path, ...more });

/** What is asked of customers, as in `questions.ts`. */
export const customerQuestions: Readonly<Record<string, Question | readonly Question[]>> = {
  'GET /capi/v1/customer/info': nothing,
  'POST /capi/v1/customer/info': () => ({ body: customer }),
  'POST /capi/v1/customer/register': () => ({ body: customer }),
  'GET /capi/v1/customer/address': nothing,
  'POST /capi/v1/customer/address': () => ({ body: address }),
  'POST /capi/v1/client/customer/register': () => ({ body: customer }),
  'POST /capi/v1/client/customer/search': [
    (stage) => ({ body: { email: stage.seeds.reader.email } }),
    (stage) => ({ body: { phoneNumber: stage.seeds.reader.mobile } }),
    (stage) => ({ body: { phoneNumber: stage.seeds.reader.mobile, email: stage.seeds.reader.email } }),
    () => ({ body: { email: 'nobody@example.com' } }),
    () => ({ body: { customerNumber: aCustomer } }),
    () => ({ body: { externalReference: { referenceCode: 'CRM', externalId: 'A-1' } } }),
  ],
  'POST /capi/v1/client/customer/check': () => ({
    body: { customerNumber: aCustomer, lastName: 'Nordmann', postalCode: '0155' },
  }),
  'GET /capi/v1/client/customer/info/:customerNumber': at(`/capi/v1/client/customer/info/${aCustomer}`),
  'POST /capi/v1/client/customer/info/:customerNumber': at(`/capi/v1/client/customer/info/${aCustomer}`, {
    body: customer,
  }),
  'GET /capi/v1/client/customer/:customerNumber/address': [
    at(`${ofCustomer}/address`),
    at(`${ofCustomer}/address`, { query: 'product=DEMO' }),
  ],
  'POST /capi/v1/client/customer/:customerNumber/address': at(`${ofCustomer}/address`, { body: address }),
  'POST /capi/v1/client/customer/:customerNumber/user': at(`${ofCustomer}/user`, {
    body: { uniqueUserId: 'f'.repeat(32) },
  }),
  'DELETE /capi/v1/client/customer/:customerNumber/user/:uniqueUserId': at(
    `${ofCustomer}/user/${'f'.repeat(32)}`,
  ),
  'GET /capi/v1/client/customer/:customerNumber/external-reference': at(`${ofCustomer}/external-reference`),
  'POST /capi/v1/client/customer/:customerNumber/external-reference': at(`${ofCustomer}/external-reference`, {
    body: { referenceCode: 'CRM', externalId: 'A-1' },
  }),
  'PATCH /capi/v1/client/customer/:customerNumber/external-reference/:referenceCode': at(
    `${ofCustomer}/external-reference/CRM`,
    { body: { externalId: 'A-2' } },
  ),
  'DELETE /capi/v1/client/customer/:customerNumber/external-reference/:referenceCode': at(
    `${ofCustomer}/external-reference/CRM`,
  ),
  'GET /capi/v1/customer/consent': nothing,
  'POST /capi/v1/customer/consent': () => ({ body: { consentCode: 'NEWS', state: 'withdrawn' } }),
  'GET /capi/v1/client/consent/text': nothing,
  'POST /capi/v1/client/consent/text': () => ({ body: { consentCode: 'NEWS', text: 'Yes' } }),
  'GET /capi/v1/client/customer/:customerNumber/consent': at(`${ofCustomer}/consent`),
  'POST /capi/v1/client/customer/:customerNumber/consent': at(`${ofCustomer}/consent`, {
    body: { consentCode: 'NEWS', state: 'withdrawn', source: 'by letter' },
  }),
  'POST /capi/v1/client/customer/:customerNumber/export': at(`${ofCustomer}/export`, { body: {} }),
  'POST /capi/v1/client/customer/:customerNumber/erase': at('/capi/v1/client/customer/1/erase', { body: {} }),
  'POST /capi/v1/client/user/:uniqueUserId/export': async ({ node, seeds }) => {
    const [user] = await node.rows<{ id: string }>(
      'SELECT unique_user_id AS id FROM accounts JOIN credentials USING (account_id) WHERE credential = $1',
      [seeds.reader.email],
    );
    return { path: `/capi/v1/client/user/${user?.id}/export`, body: {} };
  },
  'POST /capi/v1/client/user/:uniqueUserId/erase': at(`/capi/v1/client/user/${'f'.repeat(32)}/erase`, {
    body: {},
  }),
  'GET /capi/v1/client/category/type': nothing,
  'GET /capi/v1/client/category/code': nothing,
  'GET /capi/v1/client/category/code/:categoryType': at('/capi/v1/client/category/code/news'),
};
