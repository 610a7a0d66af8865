/** Why LINK refuses a request; codes of "SMS REST API MT and Delivery Reports" 1.18. */
const meanings = {
  106000: 'Unknown error',
  106100: 'Invalid authentication',
  106101: 'Access denied',
  106200: 'Invalid platformId',
  106201: 'Invalid platformPartnerId',
  106202: 'Invalid currency for a charged message',
  106300: 'No gate available',
  106301: 'Specified gate is unavailable',
} as const;

export type SubmitErrorCode = keyof typeof meanings;
export type SubmitError = { status: SubmitErrorCode; description: string; translatedDescription: string };

/** An error body; `detail` says which field and rule, where the code alone does not. */
export function submitError(code: SubmitErrorCode, detail?: string): SubmitError {
  const description = detail === undefined ? meanings[code] : `${meanings[code]}: ${detail}`;
  return { status: code, description, translatedDescription: description };
}

/** The HTTP status that goes with a code. */
export function httpStatusOf(code: SubmitErrorCode): 400 | 401 | 403 {
  if (code === 106100) return 401;
  return code === 106101 ? 403 : 400;
}
