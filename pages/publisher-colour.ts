/** Red, green and blue, each from 0 to 255. */
type Colour = readonly [number, number, number];

/** What a theme is drawn on: the card, and the ground around it. */
export const grounds = {
  light: { card: [255, 253, 249], ground: [245, 242, 236] },
  dark: { card: [32, 30, 26], ground: [22, 21, 18] },
} as const satisfies Record<string, Record<string, Colour>>;

export type Theme = keyof typeof grounds;

/** The custom properties of `style.css` that a publisher's colour stands for, as hexadecimal colours. */
export type PublisherColours = Record<
  'accent' | 'accent-strong' | 'button' | 'button-strong' | 'on-button',
  string
>;

/** WCAG 2.2, 1.4.3: the least contrast of text. */
const leastContrast = 4.5;
const white: Colour = [255, 255, 255];
const black: Colour = [0, 0, 0];

/** `#` and six hexadecimal digits; nothing of anything else. */
export function readColour(text: string | undefined): Colour | undefined {
  const digits = /^#([0-9a-f]{6})$/i.exec(text ?? '')?.[1];
  if (digits === undefined) return undefined;
  const part = (start: number) => Number.parseInt(digits.slice(start, start + 2), 16);
  return [part(0), part(2), part(4)];
}

/**
 * A publisher's colour as a theme uses it. The button has the colour itself, with whichever of black and
 * white stands out more, which is never less than 4.58 to 1. Links and edges have the nearest shade of it
 * that stands out from card and ground by 4.5 to 1, so that no colour makes a text unreadable.
 */
export function coloursOf(colour: Colour, theme: Theme): PublisherColours {
  const towards = theme === 'light' ? black : white;
  const standsOut = (shade: Colour) =>
    Object.values(grounds[theme]).every((surface) => contrast(shade, surface) >= leastContrast);
  const accent = firstShade(colour, towards, standsOut);
  const onButton = contrast(colour, white) >= contrast(colour, black) ? white : black;
  return {
    accent: hex(accent),
    'accent-strong': hex(mix(accent, towards, 0.25)),
    button: hex(colour),
    'button-strong': hex(mix(colour, onButton === white ? black : white, 0.2)),
    'on-button': hex(onButton),
  };
}

/** The contrast of two colours by WCAG 2.2: from 1, of one colour, to 21, of black and white. */
export function contrast(one: Colour, other: Colour): number {
  const [darker, lighter] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

function firstShade(colour: Colour, towards: Colour, isGood: (shade: Colour) => boolean): Colour {
  for (let step = 0; step < 50; step += 1) {
    const shade = mix(colour, towards, step / 50);
    if (isGood(shade)) return shade;
  }
  return towards;
}

function mix([red, green, blue]: Colour, towards: Colour, share: number): Colour {
  const part = (own: number, other: number) => Math.round(own + (other - own) * share);
  return [part(red, towards[0]), part(green, towards[1]), part(blue, towards[2])];
}

function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function hex(colour: Colour): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
