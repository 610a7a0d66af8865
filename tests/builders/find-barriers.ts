import type { Page } from 'playwright-core';

type Spoken = {
  nodeId: string;
  parentId?: string;
  ignored: boolean;
  role?: { value?: unknown };
  name?: { value?: unknown };
  properties?: { name: string; value: { value?: unknown } }[];
};

const controls = new Set([
  ...['button', 'link', 'textbox', 'combobox', 'checkbox', 'radio', 'tab', 'switch', 'searchbox'],
  'spinbutton',
]);
const landmarks = new Set([
  ...['main', 'banner', 'contentinfo', 'navigation', 'region', 'complementary', 'search', 'form'],
  'dialog',
]);

/**
 * What stands between a page as it is shown and people who read it by ear, by keyboard, on a phone or with
 * weak eyes, a sentence each: the rules of WCAG 2.2 that a browser itself can tell, by the success criteria
 * 1.3.1, 1.4.3, 1.4.10, 2.1.1, 2.4.1 and 4.1.2, and headings that leave no level out.
 */
export async function findBarriers(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return [...spokenBarriers(nodes), ...(await page.evaluate(shownBarriers))];
}

function spokenBarriers(nodes: readonly Spoken[]): string[] {
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const isInLandmark = (node: Spoken | undefined): boolean =>
    node !== undefined && (landmarks.has(roleOf(node)) || isInLandmark(byId.get(node.parentId ?? '')));
  // The way past what stands before the page's own content stands before everything.
  const isSkipLink = (node: Spoken | undefined): boolean =>
    node !== undefined && (/^skip to/i.test(nameOf(node)) || isSkipLink(byId.get(node.parentId ?? '')));
  const heard = nodes.filter((node) => !node.ignored);
  const mains = heard.filter((node) => roleOf(node) === 'main').length;
  const nameless = heard.filter((node) => controls.has(roleOf(node)) && nameOf(node) === '');
  const outside = heard.filter(
    (node) =>
      roleOf(node) === 'StaticText' && nameOf(node) !== '' && !isInLandmark(node) && !isSkipLink(node),
  );
  return [
    ...(mains === 1 ? [] : [`${mains} main landmarks`]),
    ...nameless.map((node) => `a ${roleOf(node)} without a name`),
    ...outside.map((node) => `outside of any landmark: ${nameOf(node)}`),
    ...skippedLevels(heard.filter((node) => roleOf(node) === 'heading')),
  ];
}

function skippedLevels(headings: readonly Spoken[]): string[] {
  let former = 0;
  return headings.flatMap((heading) => {
    const level = Number(heading.properties?.find(({ name }) => name === 'level')?.value.value);
    const isSkipped = level > former + 1;
    former = level;
    return isSkipped ? [`a heading of level ${level} that follows none: ${nameOf(heading)}`] : [];
  });
}

function roleOf({ role }: Spoken): string {
  return textOf(role?.value);
}

function nameOf({ name }: Spoken): string {
  return textOf(name?.value).trim();
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Runs in the page. */
function shownBarriers(): string[] {
  type Colour = [number, number, number, number];
  const found = new Set<string>();
  const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true });

  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const colourOf = (text: string): Colour => {
    if (!pen) throw new Error('this browser draws nothing');
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = text;
    pen.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = pen.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = (top: Colour, ground: Colour): Colour => {
    const mix = (index: 0 | 1 | 2) => top[index] * top[3] + ground[index] * (1 - top[3]);
    return [mix(0), mix(1), mix(2), 1];
  };
  const groundOf = (element: Element | null): Colour => {
    if (element === null) {
      return colourOf(matchMedia('(prefers-color-scheme: dark)').matches ? '#121212' : '#fff');
    }
    const own = colourOf(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own : over(own, groundOf(element.parentElement));
  };
  // Relative luminance and contrast as WCAG 2.2 defines them.
  const light = ([red, green, blue]: Colour): number => {
    const part = (value: number) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
  };
  const checkContrast = (element: Element) => {
    const style = getComputedStyle(element);
    const ground = groundOf(element);
    const lights = [light(over(colourOf(style.color), ground)), light(ground)];
    const contrast = (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
    const size = Number.parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast >= (isLarge ? 3 : 4.5)) return;
    found.add(`contrast ${contrast.toFixed(2)} of ${element.tagName} .${element.className}`);
  };

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const { parentElement } = text;
    if (text.textContent?.trim() && parentElement && isShown(parentElement)) checkContrast(parentElement);
  }
  const focusable = 'a[href], button, input, select, textarea, [tabindex]:not([tabindex="-1"])';
  for (const inner of document.querySelectorAll(`:is(button, a[href]) :is(${focusable})`)) {
    if (isShown(inner)) found.add(`${inner.tagName} inside of a button or link: ${inner.textContent}`);
  }
  for (const element of document.querySelectorAll('*')) {
    const scrolls = /auto|scroll/.test(getComputedStyle(element).overflowX);
    if (!scrolls || !isShown(element) || element.scrollWidth <= element.clientWidth) continue;
    if (element.matches(focusable) || element.querySelector(focusable)) continue;
    if (element !== document.documentElement)
      found.add(`no key scrolls ${element.tagName} ${element.className}`);
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) found.add(`${scrollWidth} pixels wide on a screen of ${clientWidth}`);
  if (!document.querySelector('meta[name=viewport]'))
    found.add('a phone shows it as if its screen were wide');
  return [...found];
}
