import { OperatorError } from '../../kit/operator-error.ts';

export function unknownClient(clientId: string): OperatorError {
  return new OperatorError(`The publisher has no client ${clientId}.`);
}
