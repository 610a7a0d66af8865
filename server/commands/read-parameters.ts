import { type PublisherId, publisherId } from '../kit/ids.ts';
import { OperatorError } from '../kit/operator-error.ts';

export function requireParameter(given: string | undefined, what: string): string {
  if (given === undefined || given === '') throw new OperatorError(`The command needs ${what}.`);
  return given;
}

export function readPublisherId(given: string | undefined): PublisherId {
  const text = requireParameter(given, 'the id of a publisher');
  if (!/^\d{1,9}$/.test(text)) throw new OperatorError('The id of a publisher is a number.');
  return publisherId(Number(text));
}
