// The viewer of the API reference, for people who read by ear, by keyboard or on a phone. It stands before the
// viewer starts: a part that cannot be named rightly from outside is exchanged, the others are named as they come.
(() => {
  const startViewer = window.SwaggerUIBundle;

  // A link inside of the button that opens the same operation. The address follows without it.
  const exchanged = {
    wrapComponents: {
      DeepLink:
        (_link, { React }) =>
        ({ text }) =>
          React.createElement('span', null, text),
    },
  };

  // The viewer reads a description as YAML and resolves all of it before it shows a part, which takes seconds. Ours
  // is JSON whose references lead to its own parts, so that each part is resolved when it is opened.
  const lighter = {
    statePlugins: {
      spec: {
        wrapActions: {
          parseToJson:
            (parse, { specActions }) =>
            (text) => {
              const description = parsed(text);
              return description ? specActions.updateJsonSpec(description) : parse(text);
            },
          requestResolvedSubtree:
            (_request, { specActions, specSelectors }) =>
            (path) => {
              const whole = specSelectors.specJS();
              const part = path.reduce((found, name) => found?.[name], whole);
              if (part !== undefined) specActions.updateResolvedSubtree(path, resolved(part, whole, []));
            },
        },
      },
    },
  };

  function parsed(text) {
    try {
      return JSON.parse(text);
    } catch {
      // The viewer says what is wrong with it.
      return undefined;
    }
  }

  /** A part with what its references lead to; `above` are the references that it stands in. */
  function resolved(part, whole, above) {
    if (Array.isArray(part)) return part.map((item) => resolved(item, whole, above));
    if (typeof part !== 'object' || part === null) return part;
    const { $ref: reference, ...rest } = part;
    const members = Object.entries(reference === undefined ? part : rest).map(([name, value]) => [
      name,
      resolved(value, whole, above),
    ]);
    if (reference === undefined) return Object.fromEntries(members);
    if (above.includes(reference)) return part;
    const names = reference.split('/').slice(1);
    const meant = names.reduce(
      (found, name) => found?.[name.replaceAll('~1', '/').replaceAll('~0', '~')],
      whole,
    );
    const found = resolved(meant, whole, [...above, reference]);
    return { ...found, ...Object.fromEntries(members), $$ref: reference };
  }

  window.SwaggerUIBundle = Object.assign(
    (config) => startViewer({ ...config, plugins: [...config.plugins, exchanged, lighter] }),
    startViewer,
  );

  const attributes = [
    ['.information-container', { role: 'region', 'aria-label': 'About this API' }],
    ['.scheme-container', { role: 'region', 'aria-label': 'Authorization' }],
    ['.opblock-tag, .models h4', { 'aria-level': '2' }],
    ['.opblock-body h4, .modal-ux h4', { 'aria-level': '3' }],
    ['.opblock-body h5', { 'aria-level': '4' }],
    ['.modal-ux', { role: 'dialog', 'aria-modal': 'true', 'aria-label': 'Authorize' }],
    ['.modal-ux h3', { 'aria-level': '2' }],
    ['.modal-ux .scopes h2', { 'aria-level': '4' }],
    ['.modal-ux .scopes h2 a', { role: 'button', tabindex: '0' }],
    ['.close-modal', { 'aria-label': 'Close' }],
    ['.modal-btn', { 'aria-label': null }],
    ['#auth-basic-username, #auth-basic-password', { 'aria-label': null }],
    ['.copy-to-clipboard', { 'aria-label': null }],
    ['.responses-table', { role: null }],
    ['.body-param__text', { 'aria-label': 'Request body' }],
    ['.highlight-code pre', { tabindex: '0' }],
  ];

  function nameAll() {
    for (const [selector, wanted] of attributes) {
      for (const element of document.querySelectorAll(selector)) setAll(element, wanted);
    }
    for (const row of document.querySelectorAll('tr[data-param-name]')) {
      for (const field of row.querySelectorAll('input, select, textarea')) {
        setAll(field, { 'aria-label': row.dataset.paramName });
      }
    }
  }

  function setAll(element, wanted) {
    for (const [name, value] of Object.entries(wanted)) {
      if (value === null) element.removeAttribute(name);
      else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
    }
  }

  const screen = document.createElement('meta');
  setAll(screen, { name: 'viewport', content: 'width=device-width, initial-scale=1' });
  document.head.append(screen);

  // What is named is no change of children, so that this does not call itself.
  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });

  document.addEventListener('keydown', ({ key, target }) => {
    if (key === 'Enter' && target.matches('a[role=button]')) target.click();
  });
})();
