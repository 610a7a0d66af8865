import type { CompletionOptions } from '../publishers/read-completion-options.ts';

/** The fields by which an authenticated request says what is to follow when its order completes. */
export const optionFields = [
  'callbackUrl',
  'credential',
  'returnUrl',
  'errorUrl',
  'linkLifetimeSeconds',
] as const satisfies readonly (keyof CompletionOptions)[];

export const noOptions: CompletionOptions = {
  callbackUrl: undefined,
  credential: undefined,
  returnUrl: undefined,
  errorUrl: undefined,
  linkLifetimeSeconds: undefined,
};

/**
 * What stands for an order once further authenticated requests have come: of each field the first value that
 * was given. `isLinkSent`: how the login link leads on was settled when it was sent.
 */
export function foldOptions(
  standing: CompletionOptions,
  asked: readonly CompletionOptions[],
  { isLinkSent }: { isLinkSent: boolean },
): CompletionOptions {
  return asked.reduce<CompletionOptions>((kept, next) => {
    const callbackUrl = kept.callbackUrl ?? next.callbackUrl;
    if (isLinkSent) return { ...kept, callbackUrl };
    return {
      callbackUrl,
      credential: kept.credential ?? next.credential,
      returnUrl: kept.returnUrl ?? next.returnUrl,
      errorUrl: kept.errorUrl ?? next.errorUrl,
      linkLifetimeSeconds: kept.linkLifetimeSeconds ?? next.linkLifetimeSeconds,
    };
  }, standing);
}

/** The public names of the fields of a request whose value does not stand. */
export function ignoredOptions(asked: CompletionOptions, standing: CompletionOptions): string[] {
  return optionFields.flatMap((field) => (stands(field, asked, standing) ? [] : publicNames[field]));
}

function stands(
  field: (typeof optionFields)[number],
  asked: CompletionOptions,
  standing: CompletionOptions,
): boolean {
  if (field !== 'credential') return asked[field] === undefined || asked[field] === standing[field];
  return asked.credential === undefined || standing.credential?.key.equals(asked.credential.key) === true;
}

const publicNames = {
  callbackUrl: 'callbackUrl',
  credential: 'credential',
  returnUrl: 'returnUrl',
  errorUrl: 'errorUrl',
  linkLifetimeSeconds: 'linkLifetime',
} as const;
