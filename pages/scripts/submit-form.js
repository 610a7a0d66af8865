// Presses the button of the page's form, unless the reader has come back to the page or loaded it again.
(() => {
  const [entry] = performance.getEntriesByType('navigation');
  if (entry?.type === 'navigate') document.querySelector('form').requestSubmit();
})();
