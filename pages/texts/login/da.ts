import type { LoginTexts } from './login-shape.ts';

export const login: LoginTexts = {
  newHeading: (publisherName) => `Log ind eller opret en konto hos ${publisherName}`,
  sentence:
    'Skriv din e-mailadresse eller dit mobilnummer, så sender vi dig en kode. Du skal' +
    ' ikke bruge adgangskode.',
  newSentence:
    'Skriv din e-mailadresse eller dit mobilnummer, så sender vi dig en kode. Har du ingen konto, får du en.',
  sent: (destination) => `Vi sender en kode til ${destination}. Den virker i denne browser.`,
  patience: 'Det kan tage nogle minutter. Se også i spammappen.',
  other: 'Brug en anden adresse eller et andet nummer',
  notCredential: 'Det er hverken en e-mailadresse eller et mobilnummer. Se efter slåfejl, og prøv igen.',
  noSms: 'Vi kan ikke sende sms til dette nummer. Brug din e-mailadresse i stedet.',
  again: 'Du er logget ind, men hjemmesiden beder dig logge ind igen.',
  switchHeading: 'Nogen er allerede logget ind',
  switchSentence: (current, wanted) =>
    `${current} er logget ind her. Logger du ind som ${wanted}, bliver ${current} logget` +
    ' ud af denne browser.',
  switchTo: (wanted) => `Log ind som ${wanted}`,
  stay: (current) => `Fortsæt som ${current}`,
  switchFromSomeone: (wanted) =>
    `En anden er logget ind her. Logger du ind som ${wanted}, bliver vedkommende logget ud af denne browser.`,
  doNotSwitch: 'Skift ikke',
  oldNumber: {
    heading: 'Er dette nummer stadig dit?',
    sentence: (number) =>
      `Ingen har logget ind med ${number} i mere end et halvt år. Numre får nye ejere, så vi` +
      ' spørger, før vi åbner den konto, der hørte til det.',
    known: {
      heading: 'Jeg har en konto med dette nummer',
      sentence: (publisherName) =>
        'Log først ind her med din e-mailadresse, den som du har købt med. Log så ind med nummeret' +
        ` en gang til, så er alt som før. Har du aldrig givet ${publisherName} en e-mailadresse, så` +
        ' skriv til dem.',
      button: 'Log ind med min e-mailadresse',
    },
    fresh: {
      heading: 'Jeg er ny her',
      sentence: 'Du får en ny konto med dette nummer. Det, der er købt før, bliver hos den gamle.',
      button: 'Begynd med en ny konto',
    },
  },
  refused: {
    'unknown site': {
      heading: 'Vi ved ikke, hvilken hjemmeside du kommer fra',
      sentence: 'Adressen er måske ufuldstændig. Gå tilbage til hjemmesiden, og log ind derfra igen.',
    },
    'way back refused': {
      heading: 'Vi kan ikke sende dig tilbage dertil',
      sentence:
        'Den adresse, du skulle sendes tilbage til efter login, er ikke godkendt. Gå tilbage' +
        ' til hjemmesiden, og' +
        ' log ind derfra, eller fortæl dem om det.',
    },
    'account closed': {
      heading: 'Denne konto er lukket',
      sentence:
        'Du kan ikke logge ind med den. Skriv til hjemmesiden, hvis den burde være åben,' +
        ' eller brug en anden adresse.',
    },
    'order stopped': {
      heading: 'Bestillingen er afsluttet',
      sentence:
        'Koden hører til en bestilling, som er annulleret eller ikke blev betalt. Gå' +
        ' tilbage til hjemmesiden, og bed om en ny kode.',
    },
    'link ended': {
      heading: 'Denne kode gælder ikke længere',
      sentence:
        'Bestillingen, den hører til, er knyttet til en anden adresse. Gå tilbage til' +
        ' hjemmesiden, og bed om en ny kode.',
    },
  },
};
