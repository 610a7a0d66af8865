/** The child's end: says that it is ready, answers what it is asked, and ends when the parent is gone. */
export function serveParent<Task, Result>(
  greeting: unknown,
  answer: (task: Task) => Promise<Result>,
  stop: () => Promise<void> = async () => {},
): void {
  process.on('message', (message) => {
    // Both ends are of one build.
    const { task } = message as { task: Task };
    answer(task).then(
      (value) => process.send?.({ value }),
      (error: unknown) => process.send?.({ failure: error instanceof Error ? error.stack : String(error) }),
    );
  });
  process.on('disconnect', () => {
    const end = () => process.exit();
    stop().then(end, end);
  });
  // Ctrl-C reaches every process of the terminal; the parent ends us in its own order.
  process.on('SIGINT', () => {});
  process.send?.({ value: greeting });
}
