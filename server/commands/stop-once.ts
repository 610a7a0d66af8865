/**
 * Stops cleanly at Ctrl-C, SIGTERM, or when the launcher is gone; a second signal ends the process at once.
 */
export function stopOnce(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = () => {
    if (stopping) process.exit(1);
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.on('SIGHUP', onSignal);
  process.on('disconnect', () => {
    if (!stopping) onSignal();
  });
}
