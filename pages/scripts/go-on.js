// Leads on after as many seconds as the tag of this script says, and leaves no page behind to go back to.
(() => {
  const { url, seconds } = document.currentScript.dataset;
  setTimeout(() => location.replace(url), Number(seconds) * 1000);
})();
