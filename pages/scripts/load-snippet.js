// At an origin of its own: takes the piece of HTML from our page around the frame, and from nobody else.
(() => {
  const { ours } = document.currentScript.dataset;
  if (location.origin === ours || window.parent === window) return;
  addEventListener('message', ({ source, origin, data }) => {
    if (source !== window.parent || origin !== ours || typeof data?.html !== 'string') return;
    document.open();
    document.write(data.html);
    document.close();
  });
  window.parent.postMessage({ wants: 'html' }, ours);
})();
