import type { PublisherId } from '../../kit/ids.ts';
import { OperatorError } from '../../kit/operator-error.ts';
import { readPublisherId, requireParameter } from '../read-parameters.ts';

/** `<publisherId> <clientId>`, and nothing behind them. */
export function readClientOf([publisher, id, ...more]: readonly string[]): {
  publisherId: PublisherId;
  clientId: string;
} {
  const publisherId = readPublisherId(publisher);
  const clientId = requireParameter(id, 'the id of the client');
  if (more.length > 0) throw new OperatorError(`The command does not know ${more.join(' ')}.`);
  return { publisherId, clientId };
}

export function unknownClient(clientId: string): OperatorError {
  return new OperatorError(`The publisher has no client ${clientId}.`);
}
