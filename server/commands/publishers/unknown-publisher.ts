import type { PublisherId } from '../../kit/ids.ts';
import { OperatorError } from '../../kit/operator-error.ts';

export function unknownPublisher(publisherId: PublisherId): OperatorError {
  return new OperatorError(`There is no publisher ${publisherId}.`);
}
