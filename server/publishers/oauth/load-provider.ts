/**
 * Loads the OAuth library. It prints a notice on every Node release that is not yet marked as long-term
 * support, although it runs there; while it loads, nothing else of ours does.
 */
async function loadQuietly() {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}

export const { Provider, errors, interactionPolicy } = await loadQuietly();
