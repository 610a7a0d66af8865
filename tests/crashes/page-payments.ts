import { dieWhilePaying, pagePaymentFailpoints } from './die-while-paying.ts';

const startedAt = Date.now();
let wrong = 0;
for (const failpoint of pagePaymentFailpoints) {
  try {
    console.log(`${failpoint.padEnd(40)}${(await dieWhilePaying(failpoint)).join(', ')}`);
  } catch (error) {
    wrong += 1;
    console.log(`${failpoint.padEnd(40)}WRONG ${error instanceof Error ? error.message : String(error)}`);
  }
}
const seconds = Math.round((Date.now() - startedAt) / 1000);
console.log(`${pagePaymentFailpoints.length} nodes killed, ${wrong} wrong, ${seconds} s`);
process.exitCode = wrong > 0 ? 1 : 0;
