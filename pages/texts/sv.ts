import { checkout } from './checkout/sv.ts';
import { login } from './login/sv.ts';
import type { PageTexts } from './text-shape.ts';
import { withdrawal } from './withdrawal/sv.ts';

export const sv: PageTexts = {
  language: 'sv',
  shared: {
    backTo: (publisherName) => `Tillbaka till ${publisherName}`,
    back: 'Tillbaka',
    cancel: 'Avbryt',
    logIn: 'Logga in',
    error: 'Fel',
    errorTitle: (title) => `Fel: ${title}`,
    until: (when) => `till ${when}`,
    organisationNumber: (number) => `Org.nr ${number}`,
    terms: 'Köpvillkor',
    privacy: 'Integritetspolicy',
  },
  link: {
    heading: (publisherName) => `Logga in hos ${publisherName}`,
    sentence: 'Din länk är klar. Tryck på knappen för att logga in på den här enheten.',
    purchase: 'Du har köpt',
    sentTo: 'Länken skickades till',
    notYou: 'Inte du?',
    notYouAnswer: (publisherName) =>
      `Då har du fått en länk som var avsedd för någon annan. Inget har hänt än: Stäng sidan, så fungerar` +
      ` länken fortfarande för den som har köpt hos ${publisherName}.`,
  },
  linkSpent: {
    used: {
      heading: 'Den här länken är använd',
      sentence: 'En länk loggar in dig bara en gång. Vi kan skicka en ny.',
    },
    expired: {
      heading: 'Den här länken har gått ut',
      sentence: 'Det du har köpt är fortfarande ditt. Vi kan skicka en ny länk.',
    },
    button: 'Skicka en ny länk',
    goesTo: (destination) => `Den skickas till ${destination}, som den första.`,
  },
  linkSent: {
    heading: 'Håll utkik efter ett nytt meddelande',
    sentence: (destination) => `Om länken var din är en ny på väg till ${destination}.`,
    patience: 'Det kan ta några minuter. Titta även i skräpposten om du väntar på ett mejl.',
    haveCode: 'Jag har en kod',
    cookiesBlocked:
      'Webbläsaren tar inte emot kakor, och utan dem kan vi inte logga in dig här. Slå på dem' +
      ' och försök igen, eller öppna sidan i en annan webbläsare och skriv koden från' +
      ' meddelandet.',
  },
  code: {
    heading: 'Logga in med kod',
    sentence: 'Skriv in de sex siffrorna från meddelandet vi skickade.',
    credential: 'E-postadress eller mobilnummer',
    code: 'Kod',
    codeHint: 'Sex siffror',
    sendNew: 'Skicka en ny kod',
    sent:
      'Om vi känner till adressen är en ny kod på väg. Den fungerar i den här webbläsaren. ' +
      'Kommer den inte kan du logga in med länken i ett tidigare meddelande från oss.',
    wrong: (triesLeft) =>
      triesLeft === 1
        ? 'Koden stämmer inte. Du har ett försök kvar.'
        : `Koden stämmer inte. Du har ${triesLeft} försök kvar.`,
    expired: 'Koden har gått ut. Be om en ny.',
    tooMany:
      'För många felaktiga koder har prövats. Öppna länken i ett meddelande från oss, eller be om en ny kod.',
  },
  home: {
    heading: 'Beställningar och betalningar',
    sentence: 'Här tas beställningar och betalningar emot. Det finns inget att läsa på den här adressen.',
  },
  landing: {
    heading: 'Du är inloggad',
    sentence: (publisherName) => `Allt du har köpt hos ${publisherName} är öppet på den här enheten.`,
    purchases: 'Du har köpt',
    goTo: (publisherName) => `Gå till ${publisherName}`,
  },
  agreement: {
    heading: 'Ditt avtal',
    askCode: (destination) =>
      `Avtalet visas för den som har ingått det. Vi skickar en kod till ${destination}.`,
    codeSent: (destination) => `En kod är på väg till ${destination}. Den fungerar i den här webbläsaren.`,
    nobody: (publisherName) =>
      `Vi vet inte vem vi kan skicka en kod till. Kontakta ${publisherName} för att se eller stoppa avtalet.`,
    sendCode: 'Skicka en kod',
    tooMany: 'För många felaktiga koder har prövats. Be om en ny kod.',
    show: 'Visa avtalet',
    product: 'Avtal om',
    price: 'Pris',
    every: ({ unit, count }) => {
      const name = { day: 'dag', week: 'vecka', month: 'månad', year: 'år' }[unit];
      if (count === 1) return `varje ${name}`;
      const ending = new Intl.PluralRules('sv', { type: 'ordinal' }).select(count) === 'one' ? 'a' : 'e';
      return `${unit === 'year' ? 'vart' : 'var'} ${count}:${ending} ${name}`;
    },
    first: 'Första perioden',
    firstPrice: (price, { unit, count }) => {
      const names = {
        day: ['dag', 'dagar'],
        week: ['vecka', 'veckor'],
        month: ['månad', 'månader'],
        year: ['år', 'år'],
      };
      return `${price} för ${count} ${names[unit][count === 1 ? 0 : 1]}`;
    },
    status: 'Status',
    states: {
      active: 'Aktivt',
      ending: 'Avslutas',
      ended: 'Avslutat',
      waiting: 'Väntar på godkännande',
      never: 'Ingicks inte',
    },
    paidUntil: 'Betalt till',
    stop: 'Stoppa förnyelsen',
    stopSentence:
      'När du stoppar förnyelsen dras inga fler pengar. Det du har betalat för kan du använda perioden ut.' +
      ' Det kan inte ångras, men du kan köpa igen.',
    stopped: 'Avtalet förnyas inte, och inga fler pengar dras.',
  },
  logOut: {
    ask: {
      heading: 'Vill du logga ut?',
      sentence: 'Då behöver du en ny länk eller kod för att komma in igen på den här enheten.',
    },
    done: { heading: 'Du är utloggad', sentence: 'Det du har köpt är fortfarande ditt.' },
    button: 'Logga ut',
    everywhere: 'Logga ut överallt',
    everywhereSentence: 'Loggar du ut överallt loggas du också ut ur andra webbläsare och webbplatser.',
  },
  login,
  checkout,
  payment: {
    waiting: {
      heading: 'Vi kontrollerar betalningen',
      sentence: 'Det tar oftast några sekunder. Sidan går vidare av sig själv.',
      checkNow: 'Kontrollera nu',
      notPaid: 'Har du inte betalat än? Gå vidare med betalningen',
    },
    onPhone: {
      heading: 'Bekräfta i mobilen',
      sentence:
        'Öppna meddelandet eller appen i mobilen och bekräfta köpet där. Sidan går vidare av sig själv.',
    },
    slow: {
      heading: 'Betalningen är fortfarande på väg',
      sentence:
        'Det tar längre tid än vanligt att få svar. Du behöver inte vänta eller betala igen: Beställningen' +
        ' går vidare så snart svaret kommer.',
    },
    done: {
      heading: 'Tack för köpet',
      sentence: 'Beställningen är klar.',
      purchase: (purchase) => `Du har köpt ${purchase}.`,
    },
    stopped: {
      cancelled: { heading: 'Betalningen avbröts', sentence: 'Du har inte betalat något.' },
      declined: {
        heading: 'Betalningen nekades',
        sentence: 'Betaltjänsten sa nej, och du har inte betalat något.',
      },
      expired: {
        heading: 'Tiden gick ut',
        sentence: 'Betalningen slutfördes inte i tid, och du har inte betalat något.',
      },
      failed: {
        heading: 'Beställningen stoppades',
        sentence: 'Betalningen kunde inte slutföras. Pengar som kan ha reserverats släpps.',
      },
    },
    tryAgain: 'Försök igen',
    reasons: {
      declined: 'den nekades',
      'insufficient funds': 'det fanns inte tillräckligt med pengar på kontot',
      'card expired': 'kortet har gått ut',
      'not authenticated': 'vi kunde inte bekräfta att det var du',
      'wrong code': 'koden stämde inte',
      'too many tries': 'det blev för många försök',
      cancelled: 'den avbröts',
      'timed out': 'det tog för lång tid',
      'not answered': 'du svarade inte i tid',
      'over the limit': 'beloppet är över din gräns',
      barred: 'ditt abonnemang eller kort är spärrat för sådana köp',
      'not eligible': 'du kan inte betala på det här sättet',
      'try again later': 'betaltjänsten är inte tillgänglig just nu, försök igen senare',
    },
    notThrough: (reason) => `Betalningen gick inte igenom: ${reason}.`,
    choice: {
      choose: 'Välj betalsätt.',
      notPaidYet: 'Du har inte betalat något än.',
      otherMethod: 'Välj ett annat betalsätt',
      spent: (method) =>
        `${method}: Det blev för många försök, så den här beställningen kan inte längre betalas så.`,
      noneLeft:
        'Du har inte betalat något, och beställningen kan inte betalas på något annat sätt.' +
        ' Gå tillbaka och beställ igen.',
      giveUp: 'Avbryt och gå tillbaka',
    },
    payByCode: {
      heading: 'Skriv in koden för att betala',
      sentence: (destination, amount) =>
        `Vi har skickat en kod till ${destination}. Med den betalar du ${amount} på mobilräkningen.`,
      pay: (amount) => `Betala ${amount}`,
      notCode: 'Skriv koden precis som den står i meddelandet.',
      sentNew: 'En ny kod är på väg. Den förra fungerar inte längre.',
    },
    leaving: {
      heading: (method) => `Du skickas till ${method}`,
      sentence: 'Det sker av sig självt om ett ögonblick.',
      go: 'Gå vidare',
    },
    snippet: {
      heading: 'Betala',
      sentence: (amount) => `Att betala: ${amount}.`,
      back: 'Tillbaka utan att betala',
      needsScripts:
        'Webbläsaren måste kunna köra skript (JavaScript) för att du ska kunna betala här. Slå på det,' +
        ' eller gå tillbaka.',
    },
    orderUnknown: {
      heading: 'Vi hittar inte beställningen',
      sentence: 'Adressen kan vara ofullständig eller beställningen gammal. Gå tillbaka och försök igen.',
    },
    confirm: 'Det finns inget att betala här. Tryck på knappen för att slutföra.',
    closed: {
      elsewhere: {
        heading: 'Beställningen är öppnad någon annanstans',
        sentence:
          'Den betalas eller är behandlad i en annan webbläsare. Är den din går du vidare där du' +
          ' började. Härifrån kan den varken ses, ändras eller stoppas.',
      },
      'not here': {
        heading: 'Beställningen kan inte slutföras härifrån',
        sentence:
          'Gå tillbaka till stället där du beställde och slutför där. Är den redan slutförd har du' +
          ' fått ett meddelande.',
      },
      'way back refused': {
        heading: 'Vi kan inte skicka dig tillbaka dit',
        sentence:
          'Adressen som länken vill skicka dig tillbaka till är inte godkänd, och inget har hänt med' +
          ' beställningen. Gå tillbaka till stället där du beställde, eller hör av dig till dem.',
      },
      'no way back': {
        heading: 'Vi vet inte vart du ska skickas tillbaka',
        sentence:
          'Adressen är inte fullständig, och inget har hänt med beställningen. Gå tillbaka till' +
          ' stället där du beställde och försök igen.',
      },
    },
    methodRefused: {
      heading: 'Beställningen kan inte betalas här',
      'by phone':
        'Den betalas med sms, som butiken sätter i gång. Se meddelandet i mobilen när det kommer, eller' +
        ' gå tillbaka.',
      other: 'Den ska betalas där du köpte. Gå tillbaka för att slutföra.',
      'not-configured': 'Det valda betalsättet är inte tillgängligt. Gå tillbaka och välj ett annat.',
    },
  },
  withdrawal,
  problem: {
    statuses: {
      400: {
        heading: 'Något saknas',
        sentence: 'Adressen eller formuläret var inte fullständigt. Gå tillbaka och försök igen.',
      },
      403: { heading: 'Sidan är inte öppen för dig', sentence: 'Gå tillbaka och försök från början.' },
      404: {
        heading: 'Sidan finns inte',
        sentence: 'Adressen kan vara ofullständig eller för gammal. Gå tillbaka dit du hittade den.',
      },
      409: {
        heading: 'Det går inte nu',
        sentence: 'Något ändrades under tiden. Gå tillbaka och titta igen.',
      },
      429: {
        heading: 'Lite för snabbt',
        sentence: 'Det var många försök på kort tid. Vänta några minuter och försök igen.',
      },
      500: { heading: 'Något gick fel hos oss', sentence: 'Det är vårt fel. Försök igen om en stund.' },
      503: { heading: 'Mycket att göra just nu', sentence: 'Försök igen om en stund.' },
    },
    misspelt: ({ given, meant }) => ({
      heading: 'Adressen är felskriven',
      sentence:
        `Det står ${given} i adressen, men sidan känner bara till ${meant}. Ingenting gjordes.` +
        ' Gå tillbaka dit du kom ifrån, och säg till om det.',
    }),
    reference: (requestId) => `Om du skriver till oss om detta, nämn ${requestId}.`,
  },
};
