export type House = { streetNumber: number | undefined; entrance: string | undefined };

/**
 * Where a house stands, as people write it: of `12B` the number is 12 and the entrance B, of `12-14` what
 * stands behind the number is the entrance too, and `The Old School` is all entrance. 0 is no number.
 */
export function readHouse(streetNumber: string | number | undefined, entrance: string | undefined): House {
  const [, digits, behind = ''] = /^(\d{1,6})(?!\d)\s*(.*)$/u.exec(String(streetNumber ?? '').trim()) ?? [];
  const rest = digits === undefined ? String(streetNumber ?? '').trim() : behind;
  const given = entrance?.trim() ?? '';
  const isSaidTwice = rest.toLowerCase() === given.toLowerCase();
  const together = isSaidTwice ? given : [rest, given].filter((part) => part !== '').join(' ');
  return {
    streetNumber: Number(digits ?? 0) === 0 ? undefined : Number(digits),
    entrance: together === '' ? undefined : together,
  };
}
