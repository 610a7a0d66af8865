const gsm7 = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿' +
    'abcdefghijklmnopqrstuvwxyzäöñüà',
);
const gsm7Extended = new Set('\f^{}\\[~]|€');

/** How many SMS a text takes: 160 GSM-7 characters (153 each when joined), or 70 (67) of UCS-2. */
export function countParts(text: string): number {
  let septets = 0;
  for (const character of text) {
    if (gsm7.has(character)) septets += 1;
    else if (gsm7Extended.has(character)) septets += 2;
    else return partsOf(text.length, 70, 67);
  }
  return partsOf(septets, 160, 153);
}

function partsOf(length: number, alone: number, joined: number): number {
  return length <= alone ? 1 : Math.ceil(length / joined);
}
