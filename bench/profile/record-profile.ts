/** The parts of a V8 CPU profile that are read here; times in microseconds. */
export type CpuProfile = {
  nodes: readonly { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: readonly number[];
  timeDeltas: readonly number[];
};

/** Takes a CPU profile of another process by its debugger, while `work` runs. */
export async function recordProfile(debuggerUrl: string, work: () => Promise<unknown>): Promise<CpuProfile> {
  const socket = new WebSocket(debuggerUrl);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', reject, { once: true });
  });
  const call = createCaller(socket);
  await call('Profiler.enable');
  await call('Profiler.setSamplingInterval', { interval: 500 });
  await call('Profiler.start');
  await work();
  const { result } = (await call('Profiler.stop')) as { result: { profile: CpuProfile } };
  socket.close();
  return result.profile;
}

function createCaller(socket: WebSocket): (method: string, params?: object) => Promise<unknown> {
  let lastId = 0;
  return (method, params = {}) => {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve) => {
      const onMessage = ({ data }: MessageEvent) => {
        const message: unknown = JSON.parse(String(data));
        if (typeof message !== 'object' || message === null || !('id' in message) || message.id !== id)
          return;
        socket.removeEventListener('message', onMessage);
        resolve(message);
      };
      socket.addEventListener('message', onMessage);
      socket.send(JSON.stringify({ id, method, params }));
    });
  };
}
