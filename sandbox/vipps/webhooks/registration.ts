/** Where events are told; `isGone` once it is deleted. */
export type Registration = {
  id: string;
  msn: string;
  url: string;
  events: string[];
  secret: string;
  isGone: boolean;
};
