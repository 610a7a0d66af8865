/** Public documentation and public code, by the letters that rows name them with. */
export const sources = {
  complete: 'mediaconnect.document360.io/docs/complete-order-by-fulfillment-api',
  intro: 'mediaconnect.document360.io/docs/introduction-order',
  register: 'mediaconnect.document360.io/docs/how-to-register-an-order',
  byUrl: 'mediaconnect.document360.io/docs/complete-order-by-fulfillment-url',
  tips: 'mediaconnect.document360.io/docs/tips-tricks-for-order',
  reference: 'mediaconnect-api.redoc.ly/Production (one page for each tag)',
  portal: 'connect-api.unite.as (one page for each operation and model)',
  navigation: 'connect-api.unite.as (names in its navigation; the pages were not read)',
  urls: 'connect-api.unite.as/about-the-urls-966357m0',
  oauth: 'connect-api.unite.as/oauth-2-0-966380m0',
  extid: 'mediaconnect.document360.io/docs/external-identity',
  events: 'mediaconnect.document360.io/docs/events',
  legacyEvents: 'mediaconnect.document360.io/docs/legacy-event',
  eventFlow: 'connect-api.unite.as/connect-realtime-events-flowchart-1364338m0',
  loginEvents: 'connect-api.unite.as/connectid-realtime-events-1810105m0',
  sdk: 'mediaconnect.document360.io/docs/mcpay-version-10 and mcpay-version-11',
  php: 'github.com/oauth2-connectid/oauth2-connectid',
  ruby: 'github.com/gunnar2k/connectid-ruby',
  node: 'github.com/ivarbergman/connectid-oauth2-example',
  sites: 'public code of publishers’ sites (a theme, an order form, a function)',
} as const;

export type SourceName = keyof typeof sources;
