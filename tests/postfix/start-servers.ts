import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Postfix, postfixFolder, startPostfix } from '../stock/start-postfix.ts';
import type { Recipe } from './read-recipe.ts';

/** The account that owns mailboxes. */
const nobody = 65_534;
const mostBytes = 20_480;

/** Debian's own Postfix of `mail.example.com`, with what the guide puts into it. */
export function startOwn(
  program: string,
  folder: string,
  recipe: Recipe,
  at: { port: number; otherPort: number },
): Promise<Postfix> {
  writeFileSync(join(folder, 'hand-on'), recipe.handOn, { mode: 0o755 });
  const main = [
    'myhostname = mail.example.com',
    'mydestination = $myhostname',
    `relayhost = [127.0.0.1]:${at.otherPort}`,
    'delay_warning_time = 2s',
    ...recipe.main,
  ];
  const tables = { transport: recipe.transport };
  return startPostfix(program, folder, { port: at.port, main, master: recipe.master, tables });
}

/** The readers' mail server: it refuses some at once, takes others and reports later, and is slow for one. */
export function startOther(program: string, at: { port: number; ownPort: number }): Promise<Postfix> {
  const folder = postfixFolder();
  const boxes = join(folder, 'mail');
  mkdirSync(boxes);
  writeFileSync(join(boxes, 'full'), 'x'.repeat(mostBytes - 80));
  for (const file of [boxes, join(boxes, 'full')]) chownSync(file, nobody, nobody);
  const main = [
    'myhostname = mx.kari.test',
    'mydestination =',
    `relayhost = [127.0.0.1]:${at.ownPort}`,
    'mynetworks = 127.0.0.99/32',
    'virtual_mailbox_domains = kari.test',
    `virtual_mailbox_maps = hash:${folder}/boxes`,
    `virtual_mailbox_base = ${boxes}`,
    `virtual_uid_maps = static:${nobody}`,
    `virtual_gid_maps = static:${nobody}`,
    `message_size_limit = ${mostBytes}`,
    `virtual_mailbox_limit = ${mostBytes}`,
    'smtpd_reject_unlisted_recipient = no',
    'smtpd_relay_restrictions = reject_unauth_destination',
    `smtpd_recipient_restrictions = check_recipient_access hash:${folder}/access`,
  ];
  const tables = {
    boxes: ['kari', 'ola', 'per', 'full'].map((name) => `${name}@kari.test ${name}\n`).join(''),
    access: 'unknown@kari.test 550 5.1.1 No such mailbox\nslow@kari.test 451 4.2.1 Mailbox busy\n',
  };
  return startPostfix(program, folder, { port: at.port, main, tables });
}

/** Gives a mail to a server as a program on its machine does, with an envelope of its own. */
export async function mailTo({ folder }: Postfix, recipients: readonly string[], mail: string) {
  const flags = ['-C', folder, '-i', '-f', 'stranger@kari.test', '--', ...recipients];
  const child = spawn('sendmail', flags, { stdio: ['pipe', 'ignore', 'pipe'] });
  child.stdin.end(mail);
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  if (code !== 0) throw new Error(`sendmail ended with ${code}: ${said}`);
}
