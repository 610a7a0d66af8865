/**
 * Gathers concurrent calls and hands them to one set-based function. One batch is in flight at a time, so
 * the next one grows while the former commits; it starts with `setImmediate`, after the input that has
 * already arrived is read.
 */
export type BatchOptions<Input, Output> = {
  /** Answers every input, in order. A throw fails the whole batch. */
  run(inputs: Input[]): Promise<Output[]>;
  maxSize: number;
  /** Whose call it is: where more wait than a batch holds, owners take turns. Nothing means in order. */
  ownerOf?(input: Input): unknown;
  /** Whether an error may be one input's fault; then the batch is halved, beside the lane. */
  isFaultOfOne(error: unknown): boolean;
};

type Waiting<Input, Output> = {
  input: Input;
  resolve(output: Output): void;
  reject(error: unknown): void;
};

/** Returns a function that answers one call; its promise settles when the batch that holds the call does. */
export function createBatch<Input, Output>(
  options: BatchOptions<Input, Output>,
): (input: Input) => Promise<Output> {
  let waiting: Waiting<Input, Output>[] = [];
  let running = false;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      if (waiting.length > options.maxSize) waiting = inTurn(waiting, options.ownerOf);
      const batch = waiting.slice(0, options.maxSize);
      waiting = waiting.slice(options.maxSize);
      await runBatch(options, batch);
    }
    running = false;
  }

  return (input) =>
    new Promise<Output>((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      if (running) return;
      running = true;
      setImmediate(() => void drain());
    });
}

/** Everybody's first call, then everybody's second, and so on; among equals the one that came first. */
function inTurn<Input, Output>(
  waiting: Waiting<Input, Output>[],
  ownerOf: ((input: Input) => unknown) | undefined,
): Waiting<Input, Output>[] {
  if (!ownerOf) return waiting;
  const turns = new Map<unknown, number>();
  const ranked = waiting.map((call) => {
    const owner = ownerOf(call.input);
    const turn = turns.get(owner) ?? 0;
    turns.set(owner, turn + 1);
    return { call, turn };
  });
  return ranked.sort((one, other) => one.turn - other.turn).map(({ call }) => call);
}

async function runBatch<Input, Output>(
  options: BatchOptions<Input, Output>,
  batch: Waiting<Input, Output>[],
): Promise<void> {
  try {
    const outputs = await options.run(batch.map((call) => call.input));
    settle(batch, outputs);
  } catch (error) {
    if (batch.length > 1 && options.isFaultOfOne(error)) {
      void runHalves(options, batch);
      return;
    }
    for (const call of batch) call.reject(error);
  }
}

async function runHalves<Input, Output>(
  options: BatchOptions<Input, Output>,
  batch: Waiting<Input, Output>[],
): Promise<void> {
  const middle = Math.ceil(batch.length / 2);
  await runBatch(options, batch.slice(0, middle));
  await runBatch(options, batch.slice(middle));
}

function settle<Input, Output>(batch: Waiting<Input, Output>[], outputs: Output[]): void {
  for (const [index, call] of batch.entries()) {
    const output = outputs[index];
    if (output === undefined) call.reject(new Error('a batch answered fewer calls than it was given'));
    else call.resolve(output);
  }
}
