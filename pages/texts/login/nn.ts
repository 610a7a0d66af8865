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
  oldNumber: {
    heading: 'Er dette nummeret framleis ditt?',
    sentence: (number) =>
      `Ingen har logga inn med ${number} på meir enn eit halvt år. Nummer får nye eigarar, så vi` +
      ' spør før vi opnar kontoen som høyrde til det.',
    known: {
      heading: 'Eg har ein konto med dette nummeret',
      sentence: (publisherName) =>
        'Logg først inn her med e-postadressa di, den du har kjøpt med. Logg så inn med nummeret' +
        ` éin gong til, og alt er som før. Har du aldri gjeve ${publisherName} ei e-postadresse, så` +
        ' skriv til dei.',
      button: 'Logg inn med e-postadressa mi',
    },
    fresh: {
      heading: 'Eg er ny her',
      sentence: 'Du får ein ny konto med dette nummeret. Det som er kjøpt før, blir hos den gamle.',
      button: 'Byrj med ein ny konto',
    },
  },
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
