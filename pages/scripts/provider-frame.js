// On the page around a provider's checkout: gives the frame its height, and goes where a page of ours that has
// come into the frame says. What stands in the frame otherwise is believed for its height alone.
(() => {
  const leastHeight = 320;
  const mostHeight = 4000;

  addEventListener('message', ({ source, origin, data }) => {
    const frame = document.querySelector('iframe.provider');
    if (!frame || source !== frame.contentWindow) return;
    if (origin === location.origin) leave(data?.leaveTo);
    else if (data?.wants === 'html' && origin === frame.dataset.origin) {
      frame.contentWindow.postMessage({ html: decodeURIComponent(frame.dataset.html) }, origin);
    } else {
      const height = Math.ceil(Number(data?.height));
      if (height > 0) frame.style.height = `${Math.min(Math.max(height, leastHeight), mostHeight)}px`;
    }
  });

  function leave(path) {
    if (typeof path !== 'string' || !URL.canParse(path, location.origin)) return;
    const address = new URL(path, location.origin);
    if (address.origin === location.origin) location.assign(address.href);
  }
})();
