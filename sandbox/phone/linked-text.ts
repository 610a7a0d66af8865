/** A piece of a text: what is shown, and where it leads when it is an address. */
export type Piece = { text: string; href?: string };

/** Cuts a text at its web addresses; a full stop or bracket after an address is not part of it. */
export function linkedText(text: string): Piece[] {
  const pieces: Piece[] = [];
  let shown = 0;
  for (const match of text.matchAll(/https?:\/\/[^\s<>"']+/g)) {
    const href = withoutMarks(match[0]);
    if (match.index > shown) pieces.push({ text: text.slice(shown, match.index) });
    pieces.push({ text: href, href });
    shown = match.index + href.length;
  }
  if (shown < text.length) pieces.push({ text: text.slice(shown) });
  return pieces;
}

function withoutMarks(address: string): string {
  let end = address.length;
  while (end > 0 && '.,;:!?)]'.includes(address.charAt(end - 1))) end -= 1;
  return address.slice(0, end);
}
