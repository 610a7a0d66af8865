import { gsm7Length, shortenGsm7, toGsm7 } from './gsm7.ts';
import type { TemplateValues } from './load-templates.ts';

const septetsInOneSms = 160;

/** Values that a reader still recognises when cut, the least needed first. All others stay whole. */
const shortenable = ['purchase', 'endpoint', 'publisherName'];

/** Septets that a shortened value keeps: nothing goes below 24, then, if there is no other way, 12 or 6. */
const floors = [24, 12, 6];

/**
 * Renders an SMS in GSM-7 within 160 septets where that can be done by shortening names. Links, codes and
 * lifetimes are never cut: with an unusually long link the text becomes two messages instead.
 */
export function fitSms(render: (values: TemplateValues) => string, values: TemplateValues): string {
  const fitted = gsm7Values(values);
  let text = render(fitted);
  for (const floor of floors) {
    for (const name of shortenable) {
      const surplus = (gsm7Length(text) ?? 0) - septetsInOneSms;
      if (surplus <= 0) return text;
      const value = fitted[name];
      if (typeof value !== 'string') continue;
      fitted[name] = shortenGsm7(value, Math.max(floor, (gsm7Length(value) ?? 0) - surplus));
      text = render(fitted);
    }
  }
  return text;
}

/** A name of nothing but emoji leaves no letters: the link's host or the order number stands in. */
function gsm7Values(values: TemplateValues): TemplateValues {
  const fitted = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      name === 'link' ? value : oneLineGsm7(String(value)),
    ]),
  );
  if (fitted['publisherName'] === '') fitted['publisherName'] = hostOf(values['link']) ?? '-';
  if (fitted['purchase'] === '') fitted['purchase'] = `#${values['orderId']}`;
  return fitted;
}

function oneLineGsm7(value: string): string {
  return toGsm7(value).replaceAll(/\s+/g, ' ').trim();
}

function hostOf(link: string | number | undefined): string | undefined {
  return typeof link === 'string' ? URL.parse(link)?.host : undefined;
}
