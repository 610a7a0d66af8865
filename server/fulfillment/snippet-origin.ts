/** The origin at which a publisher's snippets stand, apart from those of others where the host has a star. */
export function snippetOriginOf(snippetUrl: string, publisherId: number): string {
  return snippetUrl.replace('*', `p${publisherId}`);
}
