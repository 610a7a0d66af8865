import { styleSheetIn } from './style-sheet.ts';

const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="40" viewBox="0 0 240 40">' +
  '<rect width="40" height="40" rx="6" fill="#ffd400"/>' +
  '<path d="M11 9v22M29 9v22M11 20h18" stroke="#25221d" stroke-width="4"/>' +
  '<text x="52" y="27" font-family="serif" font-size="20" fill="#25221d">Tidende</text></svg>';

/**
 * A page as a browser is to look at it: with its style sheet in the colour of the examples and a logo in it,
 * and nothing that it would load or that would lead away from it.
 */
export function documentToLookAt(html: string): string {
  const picture = ` src="data:image/svg+xml,${encodeURIComponent(logo)}"`;
  return html
    .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${styleSheetIn('#ffd400')}</style>`)
    .replaceAll(/<script .*?<\/script>|<meta http-equiv="refresh"[^>]*>/gs, '')
    .replaceAll(/ src="[^"]*"/gs, '')
    .replaceAll(/(?<=<img class="logo")/g, picture);
}
