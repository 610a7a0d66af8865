import type { PageAnswer } from '../../kit/http/endpoint.ts';
import type { Seller } from '../../publishers/seller.ts';

/** The answer with a page that shows the seller's logo: pages load pictures only from where they say. */
export function withLogo(answer: PageAnswer, { logoUrl }: Pick<Seller, 'logoUrl'>): PageAnswer {
  const origin = logoUrl ? URL.parse(logoUrl)?.origin : undefined;
  if (origin === undefined || answer.html === undefined) return answer;
  const allowed = answer.allows?.['img-src'] ?? [];
  return { ...answer, allows: { ...answer.allows, 'img-src': [...new Set([...allowed, origin])] } };
}
