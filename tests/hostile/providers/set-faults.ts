/** What can go wrong at each party, as the sandbox names it. */
const ofRequests = ['error-500', 'timeout-before', 'timeout-after-success', 'slow'];
const ofNotices = ['duplicate', 'late', 'lost', 'early', 'reordered', 'wrong-signature'];
const everything = [...ofRequests, ...ofNotices];

const kinds: Record<string, readonly string[]> = {
  link: everything,
  strex: ofRequests,
  kustom: everything,
  swedbankpay: everything,
  vipps: everything,
  publisher: ofRequests,
  smtp: [...ofRequests, 'duplicate', 'late', 'lost'],
};

/** Short, because they last in real time; a client sees a lost connection either way. */
const faultMilliseconds = 30;

/** Switches on all faults of all parties, so that `share` of the exchanges are hit by one or more. */
export async function setFaults(sandboxUrl: string, share: number, seed: number): Promise<void> {
  const faults = Object.entries(kinds).flatMap(([provider, ofProvider]) => {
    const rate = 1 - (1 - share) ** (1 / ofProvider.length);
    return ofProvider.map((kind) => ({ provider, kind, rate, milliseconds: faultMilliseconds }));
  });
  for (const [index, fault] of faults.entries()) {
    const body = JSON.stringify({ ...fault, seed: (seed + index) % 2 ** 31 });
    const headers = { 'content-type': 'application/json' };
    const reply = await fetch(`${sandboxUrl}/control/faults`, { method: 'POST', headers, body });
    if (!reply.ok) throw new Error(`no fault ${body}: ${await reply.text()}`);
    await reply.text();
  }
}

export async function endFaults(sandboxUrl: string): Promise<void> {
  await fetch(`${sandboxUrl}/control/faults`, { method: 'DELETE' });
}
