import type { LoginTexts } from './login-shape.ts';

export const login: LoginTexts = {
  newHeading: (publisherName) => `Logg inn eller opprett konto hos ${publisherName}`,
  sentence:
    'Skriv inn e-postadressa eller mobilnummeret ditt, så sender vi deg ein kode. Du treng ikkje passord.',
  newSentence:
    'Skriv inn e-postadressa eller mobilnummeret ditt, så sender vi deg ein kode. Har du' +
    ' ingen konto, får du ein.',
  sent: (destination) => `Vi sender ein kode til ${destination}. Han verkar i denne nettlesaren.`,
  patience: 'Det kan ta nokre minutt. Sjå òg i søppelposten.',
  other: 'Bruk ei anna adresse eller eit anna nummer',
  notCredential:
    'Dette er korkje ei e-postadresse eller eit mobilnummer. Sjå etter skrivefeil, og prøv igjen.',
  noSms: 'Vi kan ikkje sende SMS til dette nummeret. Bruk e-postadressa di i staden.',
  again: 'Du er logga inn, men nettstaden ber deg logge inn på nytt.',
  switchHeading: 'Nokon er allereie logga inn',
  switchSentence: (current, wanted) =>
    `${current} er logga inn her. Loggar du inn som ${wanted}, blir ${current} logga ut` +
    ' av denne nettlesaren.',
  switchTo: (wanted) => `Logg inn som ${wanted}`,
  stay: (current) => `Gå vidare som ${current}`,
  switchFromSomeone: (wanted) =>
    `Nokon andre er logga inn her. Loggar du inn som ${wanted}, blir dei logga ut av denne nettlesaren.`,
  doNotSwitch: 'Ikkje byt',
  refused: {
    'unknown site': {
      heading: 'Vi veit ikkje kva nettstad du kjem frå',
      sentence: 'Adressa kan vere ufullstendig. Gå tilbake til nettstaden, og logg inn derifrå ein gong til.',
    },
    'way back refused': {
      heading: 'Vi kan ikkje sende deg tilbake dit',
      sentence:
        'Adressa du skulle sendast tilbake til etter innlogginga, er ikkje godkjend. Gå' +
        ' tilbake til nettstaden og' +
        ' logg inn derifrå, eller sei frå til dei.',
    },
    'account closed': {
      heading: 'Denne kontoen er stengd',
      sentence:
        'Du kan ikkje logge inn med han. Skriv til nettstaden om han skulle vore open, eller' +
        ' bruk ei anna adresse.',
    },
    'order stopped': {
      heading: 'Bestillinga er avslutta',
      sentence:
        'Koden høyrer til ei bestilling som er avlyst eller ikkje vart betalt. Gå' +
        ' tilbake til nettstaden, og be om ein ny kode.',
    },
    'link ended': {
      heading: 'Denne koden gjeld ikkje lenger',
      sentence:
        'Bestillinga han høyrer til, er knytt til ei anna adresse. Gå tilbake til' +
        ' nettstaden, og be om ein ny kode.',
    },
  },
};
