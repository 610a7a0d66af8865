export type PageCall = { path: string; form?: string };

const demo = 'clientId=no.leveret.demo';
const formOf = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

/** What the form of a page holds, whatever page it is; the credential is added where it is known. */
export const typed = { nonce: 'AAAAAAAAAAAAAAAAAAAAAA', code: '000000' };

/** What a passer-by may have got hold of. */
export type Found = { orderId: number; orderToken: string; linkToken: string; credential: string };

/** Every page with what a passer-by may know of another's purchase: the link, the order's id, the address. */
export function pageCallsOf({ orderId, orderToken, linkToken, credential }: Found): Record<string, PageCall> {
  const form = formOf({ ...typed, credential });
  const others = formOf({ ...typed, credential: 'other@example.com' });
  return {
    visitOrderById: { path: `/user/fulfillment?orderId=${orderId}` },
    visitOrder: { path: `/user/fulfillment/${orderToken}` },
    payOrderById: { path: `/user/fulfillment?orderId=${orderId}`, form },
    payOrder: { path: `/user/fulfillment/${orderToken}`, form },
    returnFromProvider: { path: '/user/fulfillment/back/AAAAAAAAAAAAAAAAAAAAAAAA' },
    openLink: { path: `/l/${linkToken}` },
    logInByLink: { path: `/l/${linkToken}`, form },
    resendLink: { path: `/l/${linkToken}/resend`, form },
    giveUpLink: { path: `/l/${linkToken}/give-up`, form: '' },
    openCodePage: { path: `/user/code?${demo}` },
    logInByCode: { path: `/user/code?${demo}`, form: others },
    askForCode: { path: `/user/code/new?${demo}`, form: others },
    showWelcome: { path: '/user/welcome' },
    showAgreement: { path: `/user/agreement/${orderToken}` },
    openAgreement: { path: `/user/agreement/${orderToken}`, form },
    sendAgreementCode: { path: `/user/agreement/${orderToken}/code`, form: '' },
    endAgreement: { path: `/user/agreement/${orderToken}/stop`, form: '' },
    openWithdrawal: { path: `/user/withdraw?${demo}` },
    stateWithdrawal: {
      path: `/user/withdraw?${demo}`,
      form: formOf({ ...typed, name: 'Ola', order: String(orderId), email: 'other@example.com' }),
    },
    openProvenWithdrawal: { path: `/user/withdraw/${orderToken}` },
    stateProvenWithdrawal: { path: `/user/withdraw/${orderToken}`, form },
    openLogin: { path: `/user/login?${demo}` },
    logInForSite: { path: `/user/login?${demo}`, form: others },
    openCreateUser: { path: `/user/createUser?${demo}` },
    createUser: { path: `/user/createUser?${demo}`, form: others },
    openRegister: { path: `/user/register?${demo}` },
    registerReader: { path: `/user/register?${demo}`, form: formOf({ ...typed, step: 'send' }) },
    checkLogin: { path: `/user/loginCheck?${demo}` },
    openLogOut: { path: `/user/logout?${demo}` },
    logOut: { path: `/user/logout?${demo}`, form },
    logOutEverywhere: { path: '/user/logout/everywhere', form },
    serveStyleSheet: { path: '/user/assets/style.css' },
    serveFrameScript: { path: '/user/assets/frame/provider-frame.js' },
    serveSnippetLoader: { path: '/user/assets/snippet' },
    servePayScript: { path: '/pay/v/1/leveretpay.js' },
    serveMediaconnectPayScript: { path: '/mcpay/lib/v/1/mediaconnectpay.js' },
    beginPrepayment: {
      path: '/capi/mcpay/start',
      form: formOf({ clientId: 'no.leveret.demo', returnUrl: 'https://elsewhere.example/', amount: '1' }),
    },
    returnToPage: { path: '/capi/mcpay/back/AAAAAAAAAAAAAAAAAAAAAAAA' },
    showFront: { path: '/' },
    serveFavicon: { path: '/favicon.ico' },
    serveRobots: { path: '/robots.txt' },
    listGuides: { path: '/docs/guides' },
    showGuide: { path: '/docs/guides/move-to-leveret' },
    showCompatibility: { path: '/docs/compatibility' },
    showHowTo: { path: '/docs/how-to/add-a-step' },
    showDecision: { path: '/docs/decisions/0001-record-decisions' },
    showProviderFacts: { path: '/docs/providers/kustom' },
    showErrorCode: { path: '/docs/errors/not_found' },
    showMetrics: { path: '/metrics' },
  };
}

/** What anyone may call, with what they may be told. */
export const openCalls: Record<string, PageCall> = {
  showHealth: { path: '/health' },
  showReady: { path: '/ready' },
};
