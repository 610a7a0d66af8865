import { type Area, type Row, unseen } from '../row.ts';

/** An operation that stands in the navigation and was read by nobody: asked for where it could stand here. */
function named(name: string, path: string, as: 'reader' | 'client' = 'client'): Row {
  return {
    name,
    original: unseen,
    from: ['navigation'],
    state: 'later',
    proof: [{ as, path: `/capi/v1${path}`, answer: { fields: 'object' } }],
  };
}

/** The same in user and client mode. */
function inBothModes(name: string, path: string): Row[] {
  return [
    named(name, `/customer${path}`, 'reader'),
    named(`${name} - client mode`, `/client/customer/{customerNumber}${path}`),
  ];
}

const ourPath = 'a path and fields of ours, as nobody has seen those of the original';

function differs(name: string, path: string, as: 'reader' | 'client' = 'client'): Row {
  return { ...named(name, path, as), state: 'differs', note: ourPath };
}

function notOffered(name: string, path: string, note: string): Row {
  return { ...named(name, path), state: 'not offered', note };
}

const ofBackEnd = 'belongs to a system for subscriptions, printing and carriers, which is no part of Leveret';

export const consents: Area = {
  title: 'Consents and private data',
  about: 'Names in the navigation of the documentation; their pages were not read.',
  rows: [
    named('Access private data', '/customer/private-data', 'reader'),
    {
      ...named('Access private data - client mode', '/client/customer/{customerNumber}/export'),
      state: 'differs',
      note: ourPath,
      proof: [
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/customer/{customerNumber}/export',
          body: {},
          answer: { fields: { customers: 'list', orders: 'list', messages: 'list' } },
        },
      ],
    },
    named('Remove private data', '/customer/private-data/remove', 'reader'),
    {
      ...named('Remove private data - client mode', '/client/customer/{customerNumber}/erase'),
      state: 'differs',
      note: ourPath,
      proof: [
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/customer/register',
          body: { name: { lastName: 'Nordmann' } },
          answer: { fields: { customerNumber: 'integer' } },
          keeps: ['customerNumber'],
        },
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/customer/{customerNumber}/erase',
          body: {},
          answer: { fields: { success: 'boolean', documents: 'list' } },
        },
      ],
    },
    differs('Consent events', '/customer/consent', 'reader'),
    differs('Consent events - client mode', '/client/customer/{customerNumber}/consent'),
    differs('Consent texts', '/customer/consent', 'reader'),
    differs('Consent texts - client mode', '/client/consent/text'),
    ...inBothModes('Consent groups', '/consent/group'),
    ...inBothModes('Consent issuers', '/consent/issuer'),
    named('Permission, Shield', '/client/customer/{customerNumber}/permission'),
    named('Privacy', '/client/customer/{customerNumber}/privacy'),
  ],
};

export const sharing: Area = {
  title: 'Sharing a subscription',
  about: 'Names in the navigation of the documentation; their pages were not read.',
  rows: [
    named('Invite', '/customer/product/share/invite', 'reader'),
    named('Accept', '/customer/product/share/accept', 'reader'),
    named('Decline', '/customer/product/share/decline', 'reader'),
    named('Cancel', '/customer/product/share/cancel', 'reader'),
    named('Nets', '/customer/product/share/net', 'reader'),
    named('Distribution level', '/customer/product/share/distribution-level', 'reader'),
  ],
};

export const backEnd: Area = {
  title: 'Of the subscription back-end',
  about: 'Names in the navigation of the documentation; their pages were not read.',
  rows: [
    notOffered('Complaint', '/client/complaint', ofBackEnd),
    notOffered('Delivery', '/client/delivery', ofBackEnd),
    notOffered('Delivery stop', '/client/delivery-stop', ofBackEnd),
    named('Issue', '/client/issue/DEMO'),
    notOffered('Product delivery plan', '/client/product-delivery-plan', ofBackEnd),
    notOffered('Product dependency', '/client/product-dependency', ofBackEnd),
    notOffered(
      'Recruitment',
      '/client/recruitment',
      'the recruiter of an order line is kept; no bounty follows',
    ),
    notOffered('Diverse', '/client/diverse', 'the name says nothing of what it does'),
  ],
};
