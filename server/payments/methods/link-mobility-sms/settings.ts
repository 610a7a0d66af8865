import type { ProviderAddress, SettingDeclaration } from '../../port/payment-method.ts';

/**
 * A customer is assigned one of these; there is none for tests alone. Source: LINK Mobility, "SMS REST API,
 * MT and Delivery Reports" 1.18, and the servers of its OpenAPI description of 2021.
 */
export const addresses: readonly ProviderAddress[] = [
  'https://wsx.sp247.net',
  'https://no.linkmobility.io',
  'https://n-eu.linkmobility.io',
  'https://c-eu.linkmobility.io',
  'https://s-eu.linkmobility.io',
  'https://deb.linkmobility.io',
].map((url) => ({ environment: 'live', url }));

/**
 * Categories of what is sold, by which Strex chooses service code and business model: 1 to 53, of which 36 is
 * not to be used. Source: the same document, "productCategory values".
 */
const productCategories = Array.from({ length: 53 }, (_, nth) => String(nth + 1)).filter(
  (one) => one !== '36',
);

/** What LINK Mobility and Strex need to know of a merchant. */
export const settings: readonly SettingDeclaration[] = [
  { name: 'baseUrl', label: 'Base address at LINK Mobility', kind: 'address', required: true, secret: false },
  { name: 'username', label: 'User name', kind: 'text', required: true, secret: false },
  { name: 'password', label: 'Password', kind: 'text', required: true, secret: true },
  { name: 'platformId', label: 'Platform id', kind: 'text', required: true, secret: false },
  { name: 'platformPartnerId', label: 'Platform partner id', kind: 'text', required: true, secret: false },
  { name: 'gateId', label: 'Gate of the delivery reports', kind: 'text', required: true, secret: false },
  {
    name: 'gateToken',
    label: 'Unguessable part of our report address',
    kind: 'token',
    required: true,
    secret: true,
    isMade: true,
  },
  {
    name: 'gateUsername',
    label: 'User name of the gate at our address',
    kind: 'text',
    required: true,
    secret: false,
  },
  {
    name: 'gatePassword',
    label: 'Password of the gate at our address',
    kind: 'text',
    required: true,
    secret: true,
  },
  { name: 'shortNumber', label: 'Short number', kind: 'number', required: true, secret: false },
  { name: 'strexMerchantId', label: 'Merchant id at Strex', kind: 'text', required: true, secret: false },
  {
    name: 'productCategory',
    label: 'Product category at Strex, 1 to 53 without 36',
    kind: 'choice',
    choices: productCategories,
    required: true,
    secret: false,
  },
];
