/** A merchant at Swedbank Pay, and what is agreed with it. */
type Payee = {
  payeeId: string;
  /** May a payment order be for one payment method alone? */
  mayNameInstrument: boolean;
  /** Then its references go to the acquirer, who takes twelve digits. */
  settlesItself: boolean;
};

/** The demo's own, and two whose agreements say other things. Source: developer.swedbankpay.com. */
const payees: readonly Payee[] = [
  { payeeId: '5cabf558-5283-482f-b252-4d58e06f6f3b', mayNameInstrument: true, settlesItself: false },
  { payeeId: '5cabf558-5283-482f-b252-4d58e06f6f3c', mayNameInstrument: false, settlesItself: false },
  { payeeId: '5cabf558-5283-482f-b252-4d58e06f6f3d', mayNameInstrument: true, settlesItself: true },
];

export function findPayee(payeeId: string): Payee | undefined {
  return payees.find((one) => one.payeeId === payeeId);
}
