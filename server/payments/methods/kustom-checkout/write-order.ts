import type { AgreementTerms, PaymentLine, PaymentRequest } from '../../port/payment-request.ts';

/** A purchase as Kustom reads it; `tax_rate` and our basis points are the same. */
export type WrittenLine = {
  type: 'digital';
  reference?: string;
  name: string;
  quantity: number;
  unit_price: number;
  tax_rate: number;
  total_amount: number;
  total_tax_amount: number;
  subscription?: object;
};

const longestText = 255;
const intervals = { day: 'DAY', week: 'WEEK', month: 'MONTH', year: 'YEAR' } as const;

type Purchase = Omit<PaymentRequest, 'agreement'> & { agreement?: AgreementTerms | undefined };

/** What a session and a charge by token have in common. */
export function writePurchase(request: Purchase): object {
  return {
    purchase_currency: request.currency,
    locale: localeOf(request),
    order_amount: request.amountMinor,
    order_tax_amount: request.vatMinor,
    order_lines: writeLines(request, request.agreement),
    merchant_reference1: request.reference,
  };
}

type Whole = { amountMinor: number; vatMinor: number; description: string; lines: readonly PaymentLine[] };

/** Kustom wants the sums of the lines to be those of the whole: lines that are not become one line. */
export function writeLines(whole: Whole, agreement?: AgreementTerms): WrittenLine[] {
  const subscription = agreement && {
    subscription: {
      name: agreement.productName.slice(0, longestText),
      interval: intervals[agreement.period.unit],
      interval_count: agreement.period.count,
    },
  };
  const lines = whole.lines.length > 0 && addUp(whole) ? whole.lines.map(writeLine) : [writeWhole(whole)];
  return lines.map((line) => ({ ...line, ...subscription }));
}

function addUp(whole: Whole): boolean {
  const sum = (field: 'amountMinor' | 'vatMinor') =>
    whole.lines.reduce((total, line) => total + line[field], 0);
  return sum('amountMinor') === whole.amountMinor && sum('vatMinor') === whole.vatMinor;
}

function writeLine(line: PaymentLine): WrittenLine {
  const isEven = line.quantity * line.unitPriceMinor === line.amountMinor;
  return {
    type: 'digital',
    reference: line.reference.slice(0, 64),
    name: line.name.slice(0, longestText) || line.reference.slice(0, 64) || '-',
    quantity: isEven ? line.quantity : 1,
    unit_price: isEven ? line.unitPriceMinor : line.amountMinor,
    tax_rate: line.vatBasisPoints,
    total_amount: line.amountMinor,
    total_tax_amount: line.vatMinor,
  };
}

function writeWhole({ amountMinor, vatMinor, description }: Whole): WrittenLine {
  const net = amountMinor - vatMinor;
  return {
    type: 'digital',
    name: description.slice(0, longestText) || '-',
    quantity: 1,
    unit_price: amountMinor,
    tax_rate: net > 0 ? Math.round((vatMinor * 10_000) / net) : 0,
    total_amount: amountMinor,
    total_tax_amount: vatMinor,
  };
}

/** `nb` and `NO` become `nb-NO`. */
function localeOf({ language, country }: { language: string; country: string }): string {
  const [spoken = ''] = language.split('-');
  return /^[A-Za-z]{2}$/.test(spoken) ? `${spoken.toLowerCase()}-${country}` : `en-${country}`;
}
