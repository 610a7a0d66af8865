/**
 * A credential as a page may show it to somebody who has not proven it: `o***@example.com`, `+47******67`.
 * Masking twice changes nothing.
 */
export function maskDestination(destination: string): string {
  const at = destination.lastIndexOf('@');
  if (at > 0) return `${firstCharacter(destination)}***${destination.slice(at)}`;
  if (destination.length < 8) return '***';
  return destination.slice(0, 3) + '*'.repeat(destination.length - 5) + destination.slice(-2);
}

function firstCharacter(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0x2a);
}
