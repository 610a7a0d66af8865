/** One of Swedbank Pay's problem documents (RFC 7807); `type` is what a client may branch on. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  problems: { name: string; description: string }[];
};

const base = 'https://api.payex.com/psp/errordetail/';

/** The problem of this type, such as `creditcard/carddeclined`; `field` is what was wrong in a request. */
export function problem(type: string, status: number, detail: string, field?: string): Problem {
  return {
    type: base + type,
    title: 'Operation failed',
    status,
    detail,
    problems: field === undefined ? [] : [{ name: field, description: detail }],
  };
}

export function inputError(field: string, detail: string, status = 400): Problem {
  return problem('paymentorders/inputerror', status, detail, field);
}

export const unauthorized = problem('unauthorized', 401, 'The access token is missing or not known');
export const notFound = problem('notfound', 404, 'No such resource');
export const systemError = problem('systemerror', 500, 'A generic error message');
export const forbidden = (detail: string) => problem('forbidden', 403, detail);
/** A reference must be new for every operation; the type of this problem is not documented. */
export const referenceUsed = inputError('PayeeReference', 'The given PayeeReference has already been used');
