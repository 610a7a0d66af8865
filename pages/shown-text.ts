const entities: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#39;', "'"],
  ['&#34;', '"'],
]);

/**
 * What a reader sees of a page of ours, as plain text: the card and the foot, a line for each block, links
 * with the addresses of pages that they lead to. Promise: two pages that say the same have the same text,
 * whatever stands in their forms.
 */
export function shownText(html: string): string {
  const [card = '', foot = ''] = [/<main>(.*)<\/main>/s, /<footer>(.*)<\/footer>/s].map(
    (part) => part.exec(html)?.[1] ?? '',
  );
  return `${card}\n${foot}`
    .replaceAll(/<svg.*?<\/svg>/gs, '')
    .replaceAll(/<a class="contact"[^>]*>(.*?)<\/a>/gs, ' $1 ')
    .replaceAll(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/gs, '$2 ($1)')
    .replaceAll(/<\/?(?:span|a|strong|em)\b[^>]*>/g, ' ')
    .replaceAll(/<[^>]*>/g, '\n')
    .replaceAll(/&(?:amp|lt|gt|quot|#3[49]);/g, (entity) => entities.get(entity) ?? entity)
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}
