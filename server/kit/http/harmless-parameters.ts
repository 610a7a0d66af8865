/**
 * What clients of the original send beside what they mean, and what selects nothing. With the profile
 * `original` these are passed over in an address and at the top of a body; all else is read or refused.
 */
export const harmlessParameters: readonly { name: string; source: string }[] = [
  {
    name: 'testing',
    source: 'the option `testing` of the PHP client oauth2-connectid, src/Provider/ConnectId.php',
  },
  {
    name: 'access_token',
    source:
      'where the library PHP-OAuth2 (adoy/oauth2, Client::fetch) writes the token unless told otherwise; ' +
      'it counts in the header only',
  },
];
