import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** `+4790000001` becomes `+47*****001`; what is no international number becomes stars alone. */
export function maskPhone(phone: string): string {
  const number = parsePhoneNumberFromString(phone);
  if (!number) return '***';
  const { countryCallingCode, nationalNumber } = number;
  const hidden = Math.max(nationalNumber.length - 3, 3);
  return `+${countryCallingCode}${'*'.repeat(hidden)}${nationalNumber.slice(hidden)}`;
}

/** `ola.nordmann@example.no` becomes `o***@example.no`; what is no address becomes stars alone. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 1) return '***';
  const first = at > 1 ? (Array.from(email)[0] ?? '') : '';
  return `${first}***${email.slice(at)}`;
}
