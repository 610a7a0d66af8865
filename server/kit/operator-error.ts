/** An error whose message is fixed text written for the operator: the only kind whose message is logged. */
export class OperatorError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OperatorError';
  }
}
