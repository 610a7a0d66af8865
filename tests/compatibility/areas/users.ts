import { type Area, unseen } from '../row.ts';

const identity = {
  credential: 'text',
  externalId: 'text',
  credentialType: 'text',
  canLogin: 'boolean',
  uniqueId: 'text',
  enabled: 'boolean',
  newUser: 'boolean',
  extidCode: 'text',
} as const;

export const users: Area = {
  title: 'Users and external identities',
  rows: [
    {
      name: 'Profile of the user',
      original: 'GET /v1/customer/profile',
      from: ['php'],
      state: 'differs',
      note:
        'the name and `customerNumber` are those of the newest order that a proven credential paid for; a ' +
        'phone is `mobile`, and the verification level always `verificationCode`',
      proof: [
        {
          as: 'reader',
          path: '/capi/v1/customer/profile',
          answer: {
            fields: {
              uniqueId: 'text',
              userId: 'integer',
              customerNumber: 'integer',
              name: {
                firstName: 'text',
                middleName: 'text?',
                lastName: 'text',
                companyName: 'text?',
                departmentName: 'text?',
              },
              phoneNumbers: 'list',
              emails: ['text'],
              credential: { credential: 'text', credentialType: 'text' },
            },
          },
        },
      ],
    },
    {
      name: 'Check credential - client mode',
      original: unseen,
      from: ['reference'],
      state: 'differs',
      note: 'known by its name alone, so that path and fields are ours; 120 calls a minute',
      proof: [
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/credential/check',
          body: { credential: '{email}' },
          answer: { fields: { credentialExists: 'boolean', isPasswordSet: 'boolean' } },
        },
      ],
    },
    {
      name: 'Register external id - client mode',
      original: 'POST /v1/client/extid',
      from: ['portal', 'extid'],
      state: 'later',
      proof: [
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/extid',
          body: { externalId: 'a-reader', credentialType: 'D' },
          answer: { fields: identity },
        },
      ],
    },
    {
      name: 'Register customer - client mode (of an external id)',
      original: 'POST /v1/client/extid/customer',
      from: ['portal', 'extid'],
      state: 'later',
      proof: [
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/extid/customer',
          body: { externalId: 'a-reader', credentialType: 'D', customerNumber: '{customerNumber}' },
          answer: { fields: { ...identity, customerNumber: 'integer' } },
        },
      ],
    },
  ],
};
