import { Problem } from '../../kit/problem.ts';
import { errors } from './load-provider.ts';

/** What whoever made the site does about it. */
const remedies: Record<string, string> = {
  invalid_client: 'Look for client_id among the clients of the publisher: npx leveret client list.',
  invalid_redirect_uri:
    "Put the address on the client's list: npx leveret client set … returnAddresses=… " +
    'With the profile strict it must be there to the letter; with original any path of its origin will do.',
  invalid_request: 'Mend the address that the site sends its readers to.',
};

/**
 * An authorization that the site cannot be told about, since it is not known where to: for the page that a
 * reader sees. What failed on our side stays as it is.
 */
export function explainRefusal(error: Error): Error {
  if (!(error instanceof errors.OIDCProviderError) || !error.expose) return error;
  const what = [error.error, error.error_description].filter(Boolean).join(': ');
  const remedy = remedies[error.error] ?? remedies['invalid_request'];
  return new Problem('authorization_is_refused', { detail: `${what}. ${remedy}` });
}
