// Loaded into the process of every test file: ends one that does not end by itself. The runner's own timeout
// ends single tests, and would wait for ever for a file whose tests have left something open.
const seconds = Number(process.env.LEVERET_TEST_FILE_SECONDS ?? 1200);

if (process.env.NODE_TEST_CONTEXT !== undefined) setTimeout(end, seconds * 1000).unref();

function end() {
  const open = process.getActiveResourcesInfo().join(', ');
  console.error(`${process.argv[1]} has not ended within ${seconds} s. Still open: ${open}`);
  process.exit(1);
}
