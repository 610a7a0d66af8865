import { proveWays } from './prove-ways.ts';

proveWays(4);
