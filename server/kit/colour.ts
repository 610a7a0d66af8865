/** The two inks that stand on a publisher's colour: white, and the pages' darkest. */
export const inks = ['#ffffff', '#161512'] as const;
export type Ink = (typeof inks)[number];

/** The least contrast of text to its ground: WCAG 2.2, success criterion 1.4.3. */
const leastContrast = 4.5;

/**
 * The ink that is read best on a colour (`#rrggbb`); nothing where neither has a contrast of 4.5, as on greys
 * in the middle.
 */
export function inkOn(colour: string): Ink | undefined {
  const [best] = inks.toSorted((one, other) => contrastOf(other, colour) - contrastOf(one, colour));
  return best !== undefined && contrastOf(best, colour) >= leastContrast ? best : undefined;
}

/** From 1 to 21. Source: WCAG 2.2, "contrast ratio" and "relative luminance" in its definitions. */
export function contrastOf(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [one, other].map(luminanceOf).toSorted((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((place) => Number.parseInt(colour.slice(place, place + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
