/** Where a reader's browser says that it came to a login page from, and whether it is one of the reader's. */
export type SubmitFacts = {
  /** The page before, by its referrer, stands at an origin of the client's list. */
  isFromSite: boolean;
  /** `Sec-Fetch-Site` (Fetch Metadata, W3C): no page but the browser's own bar, a bookmark or a message. */
  fetchSite: string | undefined;
  /** It brings the mark of a browser that was logged in by the credential at hand. */
  hasMark: boolean;
};

/**
 * Whether a login page may send its form by itself, as `credentialSubmit` asks. Any site can lead visitors to
 * the page, and their browsers would send codes to whomever it names. So the page before must be the client's
 * or our own, or nobody's in a browser that the reader is known by. Else the reader presses.
 */
export function maySubmit({ isFromSite, fetchSite, hasMark }: SubmitFacts): boolean {
  if (isFromSite || fetchSite === 'same-origin') return true;
  return fetchSite === 'none' && hasMark;
}
