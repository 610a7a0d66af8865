import type { LoginTexts } from './login-shape.ts';

export const login: LoginTexts = {
  newHeading: (publisherName) => `Log in or create an account at ${publisherName}`,
  sentence: 'Type your e-mail address or mobile number, and we send you a code. You need no password.',
  newSentence:
    'Type your e-mail address or mobile number, and we send you a code. If you have no' +
    ' account yet, you get one.',
  sent: (destination) => `We are sending a code to ${destination}. It works in this browser.`,
  patience: 'It can take a few minutes. If you expect an e-mail, check your spam folder too.',
  other: 'Use another address or number',
  notCredential:
    'This is neither an e-mail address nor a mobile number. Check for typing errors, and try again.',
  noSms: 'We cannot send an SMS to this number. Use your e-mail address instead.',
  again: 'You are logged in, but the site asks you to log in once more.',
  switchHeading: 'Someone is already logged in',
  switchSentence: (current, wanted) =>
    `${current} is logged in here. If you log in as ${wanted}, ${current} is logged out of this browser.`,
  switchTo: (wanted) => `Log in as ${wanted}`,
  stay: (current) => `Continue as ${current}`,
  switchFromSomeone: (wanted) =>
    `Someone else is logged in here. If you log in as ${wanted}, they are logged out of this browser.`,
  doNotSwitch: 'Do not switch',
  oldNumber: {
    heading: 'Is this number still yours?',
    sentence: (number) =>
      `Nobody has logged in with ${number} for more than half a year. Numbers get new owners, so` +
      ' we ask before we open the account that it had.',
    known: {
      heading: 'I have an account with this number',
      sentence: (publisherName) =>
        'First log in here with your e-mail address, the one that you have bought with. Then log in' +
        ` with the number once more, and all is as before. If you have never told ${publisherName}` +
        ' an e-mail address, write to them.',
      button: 'Log in with my e-mail address',
    },
    fresh: {
      heading: 'I am new here',
      sentence: 'You get a new account with this number. What was bought before stays with the old one.',
      button: 'Begin a new account',
    },
  },
  refused: {
    'unknown site': {
      heading: 'We do not know which site you come from',
      sentence: 'The address may be incomplete. Go back to the site, and log in from there once more.',
    },
    'way back refused': {
      heading: 'We cannot send you back there',
      sentence:
        'The address that you would be sent back to after logging in is not an approved one. Go back to the' +
        ' site and log in from there, or tell them about it.',
    },
    'account closed': {
      heading: 'This account is closed',
      sentence: 'You cannot log in with it. Write to the site if it should be open, or use another address.',
    },
    'order stopped': {
      heading: 'This order has ended',
      sentence:
        'The code belongs to an order that was cancelled or never paid. Go back to the' +
        ' site and ask for a new code.',
    },
    'link ended': {
      heading: 'This code is no longer valid',
      sentence:
        'The order that it belongs to now belongs to another address. Go back to the site' +
        ' and ask for a new code.',
    },
  },
};
