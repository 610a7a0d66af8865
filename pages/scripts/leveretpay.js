/**
 * Takes a payment before the order is registered, by sending the buyer to the provider and back. On the
 * publisher's page:
 *
 *   leveretpay.init({ clientId: 'no.example.web' });
 *   leveretpay.pay({ paymentMethod: 'vippsEcommerce', amount: '99.00', currency: 'NOK' });
 *
 * and on the page that `returnUrl` names (this one unless said):
 *
 *   const result = leveretpay.result();
 *   // null, or { status: 'success' | 'cancel' | 'error' | 'unknown', code, order: { paymentMethod, prepaid, paymentInfo… } }
 *
 * The members of `order` go into the order as they are. Nothing here is trusted: the server checks it all.
 */
(() => {
  const stateKey = 'leveretpay';
  const script = document.currentScript;
  const settings = {
    api: script && script.src ? new URL('/capi/mcpay', script.src).href : '',
    clientId: '',
  };

  function init(given) {
    Object.assign(settings, given);
  }

  function pay(request) {
    if (!settings.clientId) throw new Error('leveretpay.init needs a clientId');
    const state = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join('');
    sessionStorage.setItem(stateKey, state);
    const returnUrl = location.href.replace(/#.*$/, '');
    send(`${settings.api}/start`, { returnUrl, ...request, clientId: settings.clientId, state });
  }

  function send(action, fields) {
    const form = document.createElement('form');
    form.method = 'POST';
    form.action = action;
    for (const [name, value] of Object.entries(fields)) {
      if (value === undefined || value === null) continue;
      const input = document.createElement('input');
      input.type = 'hidden';
      input.name = name;
      input.value = String(value);
      form.append(input);
    }
    document.body.append(form);
    form.submit();
  }

  /** What came of the payment, once: it is taken out of the address. */
  function result() {
    const found = /^#leveretpay=([\w-]+)$/.exec(location.hash);
    if (!found) return null;
    history.replaceState(null, '', location.pathname + location.search);
    const asked = sessionStorage.getItem(stateKey);
    sessionStorage.removeItem(stateKey);
    const { state, ...outcome } = read(found[1]);
    return asked && state === asked ? outcome : { status: 'error', code: 'not_asked_for_here' };
  }

  function read(encoded) {
    try {
      const bytes = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
      return JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))));
    } catch {
      return {};
    }
  }

  const leveretpay = Object.freeze({ version: '1.0.0', init, pay, result });
  window.leveretpay = leveretpay;
  window.mediaconnectpay = leveretpay;
})();
