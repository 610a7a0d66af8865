import { escapeHtml } from '@kitajs/html';

/** `e-post` and what begins so, as far as it fits into a notice with text of 200 %. */
const hyphened = /(?<![\p{L}\p{N}-])(e-\p{L}{1,12})(?!\p{L})/iu;

/** A text of which no line ends in the middle of `e-post`. */
export function Words({ text }: { text: string }): JSX.Element {
  const parts = text.split(hyphened).map(escapeHtml);
  return parts.map((part, at) => (at % 2 === 0 ? part : `<span class="whole">${part}</span>`)).join('');
}
