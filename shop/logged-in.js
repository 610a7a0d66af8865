// Leveret's script tells whether somebody is logged in there, and never who. Where browsers keep its cookie from
// pages of other sites it says "unknown": then the locked article finds out, by a redirect.
addEventListener('leveretlogin', (event) => {
  const offer = document.querySelector('#somebody');
  if (offer && event.detail.status === 'loggedIn') offer.hidden = false;
});
