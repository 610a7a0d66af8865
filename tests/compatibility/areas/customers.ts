import { type Area, type Row, type Step, unseen } from '../row.ts';

const info = {
  customerNumber: 'integer',
  name: { firstName: 'text?', middleName: 'text?', lastName: 'text?', companyName: 'text?' },
  phoneNumbers: 'list',
  emails: 'list',
  invoiceEmailAddress: 'text?',
  attachedUsers: 'list',
} as const;

const reference = '/capi/v1/client/customer/{customerNumber}/external-reference';

/** Each row has a code of its own: a customer has one reference of each. */
const registering = (referenceCode: string): Step => ({
  as: 'client',
  method: 'POST',
  path: reference,
  body: { referenceCode, externalId: `id-${referenceCode}` },
  answer: { fields: { success: 'boolean' } },
});

const ourPath = 'a path and fields of ours, as nobody has seen those of the original';

const change = {
  changeType: 'createPermanent',
  careOfAddress: '',
  streetAddress: 'Storgata',
  streetNumber: 12,
  entrance: 'B',
  postalCode: '0155',
  postalPlace: 'Oslo',
  countryCode: 'NO',
};

/** A list that is known by its name alone; `path` is where it is asked for here. */
function listed(name: string, as: 'reader' | 'client', path: string): Row {
  return {
    name,
    original: unseen,
    from: ['navigation'],
    state: 'differs',
    note: ourPath,
    proof: [{ as, path, answer: { fields: 'object' } }],
  };
}

export const customers: Area = {
  title: 'Customers',
  rows: [
    {
      name: 'List customer info',
      original: 'GET /v1/customer/info',
      from: ['reference'],
      state: 'same',
      proof: [{ as: 'reader', path: '/capi/v1/customer/info', answer: { fields: info } }],
    },
    {
      name: 'Change customer info',
      original: unseen,
      from: ['reference'],
      state: 'differs',
      note:
        'the path is the one that it is listed at; a name without `lastName` and `companyName` is refused, ' +
        'and not stored as `-`',
      proof: [
        {
          as: 'reader',
          method: 'POST',
          path: '/capi/v1/customer/info',
          body: {
            name: { firstName: 'Kari', lastName: 'Nordmann' },
            emails: ['{email}'],
            phoneNumbers: [],
            invoiceEmailAddress: '{email}',
          },
          answer: { fields: { success: 'boolean' } },
        },
      ],
    },
    {
      name: 'List customer info - client mode',
      original: 'GET /v1/client/customer/info/{customerNumber}',
      from: ['sites', 'reference'],
      state: 'same',
      proof: [
        { as: 'client', path: '/capi/v1/client/customer/info/{customerNumber}', answer: { fields: info } },
      ],
    },
    {
      name: 'Search customer - client mode',
      original: unseen,
      from: ['navigation'],
      state: 'differs',
      note: ourPath,
      proof: [
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/customer/search',
          body: { email: '{email}' },
          answer: { fields: { customers: [{ customerNumber: 'integer' }] } },
        },
      ],
    },
    {
      name: 'Check customer number - client mode',
      original: unseen,
      from: ['navigation'],
      state: 'differs',
      note: ourPath,
      proof: [
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/customer/check',
          body: { customerNumber: '{customerNumber}' },
          answer: { fields: 'object' },
        },
      ],
    },
    {
      name: 'Change addresses',
      original: unseen,
      from: ['reference'],
      state: 'differs',
      note: 'a path of ours; `product` may be left out of `update`, which then corrects the home address',
      proof: [
        {
          as: 'reader',
          method: 'POST',
          path: '/capi/v1/customer/address',
          body: change,
          answer: { fields: 'object' },
        },
      ],
    },
    listed('List addresses', 'reader', '/capi/v1/customer/address'),
    listed('List addresses - client mode', 'client', '/capi/v1/client/customer/{customerNumber}/address'),
    listed('List addresses for product', 'reader', '/capi/v1/customer/address?product=DEMO'),
    listed(
      'List addresses for product - client mode',
      'client',
      '/capi/v1/client/customer/{customerNumber}/address?product=DEMO',
    ),
    {
      name: 'List external reference',
      original: 'GET /v1/client/customer/{customerNumber}/external-reference…',
      from: ['reference'],
      state: 'differs',
      note: 'the end of the path and the reply were not seen',
      proof: [registering('LISTED'), { as: 'client', path: reference, answer: { fields: 'object' } }],
    },
    {
      name: 'Register external reference',
      original: unseen,
      from: ['reference'],
      state: 'differs',
      note: ourPath,
      proof: [registering('NEW')],
    },
    {
      name: 'Change external reference',
      original: 'PATCH /v1/client/customer/{customerNumber}/external-reference/{referenceCode}',
      from: ['reference'],
      state: 'same',
      proof: [
        registering('CHANGED'),
        {
          as: 'client',
          method: 'PATCH',
          path: `${reference}/CHANGED`,
          body: { externalId: 'another' },
          answer: { fields: { success: 'boolean' } },
        },
      ],
    },
    {
      name: 'Remove external reference',
      original: 'DELETE /v1/client/customer/{customerNumber}/external-reference/{referenceCode}',
      from: ['reference'],
      state: 'same',
      proof: [
        registering('GONE'),
        {
          as: 'client',
          method: 'DELETE',
          path: `${reference}/GONE`,
          answer: { fields: { success: 'boolean' } },
        },
      ],
    },
    {
      name: 'Register customer (under Order)',
      original: unseen,
      from: ['navigation'],
      state: 'differs',
      note: ourPath,
      proof: [
        {
          as: 'reader',
          method: 'POST',
          path: '/capi/v1/customer/register',
          body: { name: { firstName: 'Kari', lastName: 'Nordmann' }, emails: ['{email}'] },
          answer: { fields: { customerNumber: 'integer' } },
        },
      ],
    },
    {
      name: 'Register customer - client mode (under Order)',
      original: unseen,
      from: ['navigation'],
      state: 'differs',
      note: ourPath,
      proof: [
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/customer/register',
          body: { name: { lastName: 'Nordmann' }, emails: ['ny.kunde@example.com'] },
          answer: { fields: { customerNumber: 'integer' } },
        },
      ],
    },
    listed('Category: list types', 'client', '/capi/v1/client/category/type'),
    listed('Category: list codes', 'client', '/capi/v1/client/category/code'),
    listed('Category: list codes for a type', 'client', '/capi/v1/client/category/code/news'),
  ],
};
