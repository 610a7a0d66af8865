import type { LoginTexts } from './login-shape.ts';

export const login: LoginTexts = {
  newHeading: (publisherName) => `Logga in eller skapa konto hos ${publisherName}`,
  sentence: 'Skriv din e-postadress eller ditt mobilnummer, så skickar vi en kod. Du behöver inget lösenord.',
  newSentence:
    'Skriv din e-postadress eller ditt mobilnummer, så skickar vi en kod. Har du inget konto får du ett.',
  sent: (destination) => `Vi skickar en kod till ${destination}. Den fungerar i den här webbläsaren.`,
  patience: 'Det kan ta några minuter. Titta även i skräpposten.',
  other: 'Använd en annan adress eller ett annat nummer',
  notCredential:
    'Det här är varken en e-postadress eller ett mobilnummer. Leta efter skrivfel och försök igen.',
  noSms: 'Vi kan inte skicka sms till det här numret. Använd din e-postadress i stället.',
  again: 'Du är inloggad, men webbplatsen ber dig logga in en gång till.',
  switchHeading: 'Någon är redan inloggad',
  switchSentence: (current, wanted) =>
    `${current} är inloggad här. Om du loggar in som ${wanted} loggas ${current} ut ur den här webbläsaren.`,
  switchTo: (wanted) => `Logga in som ${wanted}`,
  stay: (current) => `Fortsätt som ${current}`,
  switchFromSomeone: (wanted) =>
    `Någon annan är inloggad här. Om du loggar in som ${wanted} loggas den personen ut ur den här` +
    ' webbläsaren.',
  doNotSwitch: 'Byt inte',
  oldNumber: {
    heading: 'Är det här numret fortfarande ditt?',
    sentence: (number) =>
      `Ingen har loggat in med ${number} på mer än ett halvår. Nummer får nya ägare, så vi frågar` +
      ' innan vi öppnar kontot som hörde till det.',
    known: {
      heading: 'Jag har ett konto med det här numret',
      sentence: (publisherName) =>
        'Logga först in här med din e-postadress, den som du har köpt med. Logga sedan in med' +
        ' numret en gång till, så är allt som förut. Har du aldrig lämnat någon e-postadress till' +
        ` ${publisherName}, så skriv till dem.`,
      button: 'Logga in med min e-postadress',
    },
    fresh: {
      heading: 'Jag är ny här',
      sentence: 'Du får ett nytt konto med det här numret. Det som har köpts tidigare stannar hos det gamla.',
      button: 'Börja med ett nytt konto',
    },
  },
  refused: {
    'unknown site': {
      heading: 'Vi vet inte vilken webbplats du kommer från',
      sentence: 'Adressen kan vara ofullständig. Gå tillbaka till webbplatsen och logga in därifrån igen.',
    },
    'way back refused': {
      heading: 'Vi kan inte skicka dig tillbaka dit',
      sentence:
        'Adressen som du skulle skickas tillbaka till efter inloggningen är inte godkänd. Gå tillbaka till' +
        ' webbplatsen och logga in därifrån, eller berätta det för dem.',
    },
    'account closed': {
      heading: 'Det här kontot är stängt',
      sentence:
        'Du kan inte logga in med det. Skriv till webbplatsen om det borde vara öppet, eller' +
        ' använd en annan adress.',
    },
    'order stopped': {
      heading: 'Beställningen är avslutad',
      sentence:
        'Koden hör till en beställning som har avbrutits eller inte betalades. Gå' +
        ' tillbaka till webbplatsen och be om en ny kod.',
    },
    'link ended': {
      heading: 'Den här koden gäller inte längre',
      sentence:
        'Beställningen som den hör till är knuten till en annan adress. Gå tillbaka till' +
        ' webbplatsen och be om en ny kod.',
    },
  },
};
