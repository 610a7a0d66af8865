import type { LoginTexts } from './login-shape.ts';

export const login: LoginTexts = {
  newHeading: (publisherName) => `Logg inn eller opprett konto hos ${publisherName}`,
  sentence:
    'Skriv inn e-postadressen eller mobilnummeret ditt, så sender vi deg en kode. Du trenger ikke passord.',
  newSentence:
    'Skriv inn e-postadressen eller mobilnummeret ditt, så sender vi deg en kode. Har du' +
    ' ingen konto, får du en.',
  sent: (destination) => `Vi sender en kode til ${destination}. Den virker i denne nettleseren.`,
  patience: 'Det kan ta noen minutter. Se også i søppelposten.',
  other: 'Bruk en annen adresse eller et annet nummer',
  notCredential: 'Dette er verken en e-postadresse eller et mobilnummer. Se etter skrivefeil, og prøv igjen.',
  noSms: 'Vi kan ikke sende SMS til dette nummeret. Bruk e-postadressen din i stedet.',
  again: 'Du er logget inn, men nettstedet ber deg logge inn på nytt.',
  switchHeading: 'Noen er allerede logget inn',
  switchSentence: (current, wanted) =>
    `${current} er logget inn her. Logger du inn som ${wanted}, blir ${current} logget ut` +
    ' av denne nettleseren.',
  switchTo: (wanted) => `Logg inn som ${wanted}`,
  stay: (current) => `Gå videre som ${current}`,
  switchFromSomeone: (wanted) =>
    `Noen andre er logget inn her. Logger du inn som ${wanted}, blir de logget ut av denne nettleseren.`,
  doNotSwitch: 'Ikke bytt',
  oldNumber: {
    heading: 'Er dette nummeret fortsatt ditt?',
    sentence: (number) =>
      `Ingen har logget inn med ${number} på mer enn et halvt år. Numre får nye eiere, så vi spør` +
      ' før vi åpner kontoen som hørte til det.',
    known: {
      heading: 'Jeg har en konto med dette nummeret',
      sentence: (publisherName) =>
        'Logg først inn her med e-postadressen din, den du har kjøpt med. Logg så inn med nummeret' +
        ' én gang til, og alt er som før. Har du aldri oppgitt en e-postadresse til' +
        ` ${publisherName}, så skriv til dem.`,
      button: 'Logg inn med e-postadressen min',
    },
    fresh: {
      heading: 'Jeg er ny her',
      sentence: 'Du får en ny konto med dette nummeret. Det som er kjøpt før, blir hos den gamle.',
      button: 'Begynn med en ny konto',
    },
  },
  refused: {
    'unknown site': {
      heading: 'Vi vet ikke hvilket nettsted du kommer fra',
      sentence: 'Adressen kan være ufullstendig. Gå tilbake til nettstedet, og logg inn derfra en gang til.',
    },
    'way back refused': {
      heading: 'Vi kan ikke sende deg tilbake dit',
      sentence:
        'Adressen du skulle sendes tilbake til etter innloggingen, er ikke godkjent. Gå' +
        ' tilbake til nettstedet og' +
        ' logg inn derfra, eller si fra til dem.',
    },
    'account closed': {
      heading: 'Denne kontoen er stengt',
      sentence:
        'Du kan ikke logge inn med den. Skriv til nettstedet hvis den skulle vært åpen, eller' +
        ' bruk en annen adresse.',
    },
    'order stopped': {
      heading: 'Bestillingen er avsluttet',
      sentence:
        'Koden hører til en bestilling som er avlyst eller ikke ble betalt. Gå tilbake' +
        ' til nettstedet, og be om en ny kode.',
    },
    'link ended': {
      heading: 'Denne koden gjelder ikke lenger',
      sentence:
        'Bestillingen den hører til, er knyttet til en annen adresse. Gå tilbake til' +
        ' nettstedet, og be om en ny kode.',
    },
  },
};
