import type { SettingDeclaration } from '../../payment-method.ts';

/** What LINK Mobility and Strex need to know of a merchant. */
export const settings: readonly SettingDeclaration[] = [
  { name: 'baseUrl', label: 'Base address at LINK Mobility', required: true, secret: false },
  { name: 'username', label: 'User name', required: true, secret: false },
  { name: 'password', label: 'Password', required: true, secret: true },
  { name: 'platformId', label: 'Platform id', required: true, secret: false },
  { name: 'platformPartnerId', label: 'Platform partner id', required: true, secret: false },
  { name: 'gateId', label: 'Gate of the delivery reports', required: true, secret: false },
  { name: 'gateToken', label: 'Unguessable part of our report address', required: true, secret: true },
  { name: 'gateUsername', label: 'User name of the gate at our address', required: true, secret: false },
  { name: 'gatePassword', label: 'Password of the gate at our address', required: true, secret: true },
  { name: 'shortNumber', label: 'Short number', required: true, secret: false },
  { name: 'strexMerchantId', label: 'Merchant id at Strex', required: true, secret: false },
  { name: 'productCategory', label: 'Product category at Strex', required: true, secret: false },
];
