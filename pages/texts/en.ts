import { checkout } from './checkout/en.ts';
import { login } from './login/en.ts';
import type { PageTexts } from './text-shape.ts';
import { withdrawal } from './withdrawal/en.ts';

export const en: PageTexts = {
  language: 'en',
  shared: {
    backTo: (publisherName) => `Back to ${publisherName}`,
    back: 'Back',
    cancel: 'Cancel',
    logIn: 'Log in',
    error: 'Error',
    errorTitle: (title) => `Error: ${title}`,
    until: (when) => `until ${when}`,
    organisationNumber: (number) => `Company no. ${number}`,
    terms: 'Terms of sale',
    privacy: 'Privacy',
  },
  link: {
    heading: (publisherName) => `Log in at ${publisherName}`,
    sentence: 'Your link is ready. Press the button to log in on this device.',
    purchase: 'You have bought',
    sentTo: 'Link sent to',
    notYou: 'Not you?',
    notYouAnswer: (publisherName) =>
      `Then somebody else's link has reached you. Nothing has happened yet: close this page, and the link` +
      ` still works for whoever bought from ${publisherName}.`,
  },
  linkSpent: {
    used: {
      heading: 'This link has been used',
      sentence: 'A link logs you in only once. We can send you a new one.',
    },
    expired: {
      heading: 'This link has expired',
      sentence: 'What you bought is still yours. We can send you a new link.',
    },
    button: 'Send me a new link',
    goesTo: (destination) => `It goes to ${destination}, where the first one was sent.`,
  },
  linkSent: {
    heading: 'Look for a new message',
    sentence: (destination) => `If the link was yours, a new one is on its way to ${destination}.`,
    patience: 'It can take a few minutes. If you expect an e-mail, check your spam folder too.',
    haveCode: 'I have a code',
    cookiesBlocked:
      'Your browser does not accept cookies, and without them we cannot log you in here. Turn' +
      ' them on and try again, or open the page in another browser and type the code from the' +
      ' message.',
  },
  code: {
    heading: 'Log in with a code',
    sentence: 'Type the six digits from the message we sent you.',
    credential: 'E-mail address or mobile number',
    code: 'Code',
    codeHint: 'Six digits',
    sendNew: 'Send me a new code',
    sent:
      'If we know the address, a new code is on its way. It works in this browser. ' +
      'If it does not come, the link in an earlier message from us logs you in.',
    wrong: (triesLeft) =>
      triesLeft === 1
        ? 'That is not the right code. You have one try left.'
        : `That is not the right code. You have ${triesLeft} tries left.`,
    expired: 'This code has expired. Ask for a new one.',
    tooMany:
      'Too many wrong codes have been tried. Open the link in a message from us, or ask for a new code.',
  },
  home: {
    heading: 'Orders and payments',
    sentence: 'Orders and payments are taken here. There is nothing to read at this address.',
  },
  landing: {
    heading: 'You are logged in',
    sentence: (publisherName) => `Everything you have bought from ${publisherName} is open on this device.`,
    purchases: 'You have bought',
    goTo: (publisherName) => `Go to ${publisherName}`,
  },
  agreement: {
    heading: 'Your agreement',
    askCode: (destination) => `The agreement is shown to whoever made it. We send a code to ${destination}.`,
    codeSent: (destination) => `A code is on its way to ${destination}. It works in this browser.`,
    nobody: (publisherName) =>
      `We do not know whom to send a code to. Ask ${publisherName} to see or stop the agreement.`,
    sendCode: 'Send me a code',
    tooMany: 'Too many wrong codes have been tried. Ask for a new code.',
    show: 'Show the agreement',
    product: 'For',
    price: 'Price',
    every: ({ unit, count }) => (count === 1 ? `every ${unit}` : `every ${count} ${unit}s`),
    first: 'First period',
    firstPrice: (price, { unit, count }) => `${price} for ${count} ${unit}${count === 1 ? '' : 's'}`,
    status: 'Status',
    states: {
      active: 'Active',
      ending: 'Ending',
      ended: 'Ended',
      waiting: 'Waiting for approval',
      never: 'Never started',
    },
    paidUntil: 'Paid until',
    stop: 'Stop renewing',
    stopSentence:
      'When you stop renewing, no more money is taken. What you have paid for is yours until its' +
      ' period ends. This cannot be undone, but you can buy again.',
    stopped: 'The agreement does not renew, and no more money is taken.',
  },
  logOut: {
    ask: {
      heading: 'Log out?',
      sentence: 'You will need a new link or code to come back in on this device.',
    },
    done: { heading: 'You are logged out', sentence: 'What you have bought is still yours.' },
    button: 'Log out',
    everywhere: 'Log out everywhere',
    everywhereSentence: 'If you log out everywhere, you are also logged out of other browsers and sites.',
  },
  login,
  checkout,
  payment: {
    waiting: {
      heading: 'Checking your payment',
      sentence: 'This usually takes a few seconds. The page continues automatically.',
      checkNow: 'Check now',
      notPaid: 'Have you not paid yet? Continue with the payment',
    },
    onPhone: {
      heading: 'Confirm on your phone',
      sentence:
        'Open the message or the app on your phone, and confirm the purchase there. The page continues' +
        ' automatically.',
    },
    slow: {
      heading: 'Your payment is still on its way',
      sentence:
        'It is taking longer than usual to get an answer. You do not need to wait or pay again: your order' +
        ' continues as soon as the answer is here.',
    },
    done: {
      heading: 'Thank you',
      sentence: 'Your order is complete.',
      purchase: (purchase) => `You have bought ${purchase}.`,
    },
    stopped: {
      cancelled: { heading: 'The payment was cancelled', sentence: 'You have not paid anything.' },
      declined: {
        heading: 'The payment was declined',
        sentence: 'The payment provider said no, and you have not paid anything.',
      },
      expired: {
        heading: 'Time ran out',
        sentence: 'The payment was not completed in time, and you have not paid anything.',
      },
      failed: {
        heading: 'The order was stopped',
        sentence: 'The payment could not be completed. Money that may have been reserved is released.',
      },
    },
    tryAgain: 'Try again',
    reasons: {
      declined: 'it was declined',
      'insufficient funds': 'there was not enough money on the account',
      'card expired': 'the card has expired',
      'not authenticated': 'you were not identified',
      'wrong code': 'the code was not right',
      'too many tries': 'there were too many tries',
      cancelled: 'it was cancelled',
      'timed out': 'it took too long',
      'not answered': 'you did not answer in time',
      'over the limit': 'the amount is over your limit',
      barred: 'your subscription or card is barred for this kind of purchase',
      'not eligible': 'this way of paying is not open to you',
      'try again later': 'the payment provider is not available just now; try again later',
    },
    notThrough: (reason) => `The payment did not go through: ${reason}.`,
    choice: {
      choose: 'Choose a way of paying.',
      notPaidYet: 'You have not paid anything yet.',
      otherMethod: 'Choose another way of paying',
      spent: (method) =>
        `${method}: there were too many tries, so that this order can no longer be paid that way.`,
      noneLeft:
        'You have not paid anything, and there is no other way to pay this order.' +
        ' Go back and order again.',
      giveUp: 'Cancel and go back',
    },
    payByCode: {
      heading: 'Type the code to pay',
      sentence: (destination, amount) =>
        `We have sent a code to ${destination}. With it you pay ${amount} on your phone bill.`,
      pay: (amount) => `Pay ${amount}`,
      notCode: 'Type the code exactly as it appears in the message.',
      sentNew: 'A new code is on its way. The previous one no longer works.',
    },
    leaving: {
      heading: (method) => `You are being sent to ${method}`,
      sentence: 'This happens automatically in a moment.',
      go: 'Continue',
    },
    snippet: {
      heading: 'Pay',
      sentence: (amount) => `To pay: ${amount}.`,
      back: 'Back without paying',
      needsScripts:
        'Your browser must be able to run scripts (JavaScript) for you to pay here. Turn them on, or go' +
        ' back.',
    },
    orderUnknown: {
      heading: 'We cannot find this order',
      sentence: 'The address may be incomplete, or the order too old. Go back and try again.',
    },
    confirm: 'There is nothing to pay here. Press the button to complete it.',
    closed: {
      elsewhere: {
        heading: 'This order is open somewhere else',
        sentence:
          'It is being paid, or was handled, in another browser. If it is yours, continue where you' +
          ' began. From here it can be neither seen, changed nor stopped.',
      },
      'not here': {
        heading: 'This order cannot be completed from here',
        sentence:
          'Go back to where you ordered, and complete it there. If it is complete already, you have' +
          ' had a message.',
      },
      'way back refused': {
        heading: 'We cannot send you back there',
        sentence:
          'The address that the link would send you back to is not an approved one, and nothing has' +
          ' happened to the order. Go back to where you ordered, or tell them about it.',
      },
      'no way back': {
        heading: 'We do not know where to send you back to',
        sentence:
          'The address is not complete, and nothing has happened to the order. Go back to where you' +
          ' ordered, and try again.',
      },
    },
    methodRefused: {
      heading: 'This order cannot be paid here',
      'by phone':
        'It is paid by SMS, which the shop starts. Follow the message on your phone when it comes,' +
        ' or go back.',
      other: 'It is to be paid where you bought it. Go back to finish it there.',
      'not-configured': 'The way of paying that was chosen is not available. Go back and choose another.',
    },
  },
  withdrawal,
  problem: {
    statuses: {
      400: {
        heading: 'Something is missing',
        sentence: 'The address or the form was not complete. Go back and try again.',
      },
      403: { heading: 'This page is not open to you', sentence: 'Go back and try again from the beginning.' },
      404: {
        heading: 'There is no such page',
        sentence: 'The address may be incomplete or too old. Go back to where you found it.',
      },
      409: {
        heading: 'That cannot be done now',
        sentence: 'Something changed meanwhile. Go back and look again.',
      },
      429: {
        heading: 'A little too fast',
        sentence: 'There were many tries in a short time. Wait a few minutes, and try again.',
      },
      500: {
        heading: 'Something went wrong here',
        sentence: 'It is our fault. Please try again in a moment.',
      },
      503: { heading: 'Very busy just now', sentence: 'Please try again in a moment.' },
    },
    misspelt: ({ given, meant }) => ({
      heading: 'The address is misspelt',
      sentence:
        `The address says ${given}, but the page only knows ${meant}. Nothing was done.` +
        ' Go back to where you came from, and tell them about it.',
    }),
    reference: (requestId) => `If you write to us about this, mention ${requestId}.`,
  },
};
