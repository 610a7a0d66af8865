/**
 * How a reader logged in. `code` is by six digits, or by a link that was not ten minutes old; `link` is by an
 * older one, which reads what was bought: changing the account asks for a code first.
 */
export type LoginStrength = 'link' | 'code';
