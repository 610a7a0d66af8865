import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressRules, blockedBy } from './blocked-addresses.ts';

const live = addressRules({ allowLoopback: false, blockedCidrs: [] });
const sandbox = addressRules({ allowLoopback: true, blockedCidrs: [] });

const neverPublic = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '10.255.255.255',
  '100.64.0.1',
  '100.100.100.200',
  '100.127.255.255',
  '169.254.169.254',
  '169.254.170.2',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.0.192',
  ...[
    '192.0.2.1',
    '192.31.196.1',
    '192.52.193.1',
    '192.88.99.1',
    '192.168.1.1',
    '192.175.48.1',
    '198.18.0.1',
  ],
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '168.63.129.16',
  ...[
    '::',
    '::7f00:1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:8.8.8.8',
    '::ffff:a9fe:a9fe',
  ],
  '::ffff:0:127.0.0.1',
  '64:ff9b::127.0.0.1',
  '64:ff9b::8.8.8.8',
  '64:ff9b:1::7f00:1',
  '100::1',
  ...[
    '2001::1',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
    '2001:2::1',
    '2001:10::1',
    '2001:20::1',
    '2001:db8::1',
  ],
  '2002:7f00:1::',
  '2002:a9fe:a9fe::1',
  '2002:808:808::1',
  '3fff::1',
  '4000::1',
  '5f00::1',
  '1::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'febf::1',
  'fec0::1',
  'ff02::1',
  'ffff::1',
  'fe80::1%eth0',
];
const loopback = ['127.0.0.1', '127.0.0.2', '127.255.255.254', '::1'];
const publicAddresses = [
  ...[
    '1.1.1.1',
    '8.8.8.8',
    '93.184.216.34',
    '168.63.129.15',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.255.255',
  ],
  '126.255.255.255',
  '128.0.0.1',
  '223.255.255.255',
  '2606:4700:4700::1111',
  '2a00:1450:4001:81b::200e',
];

test('only addresses of the public internet pass', () => {
  for (const address of [...neverPublic, ...loopback]) assert.ok(blockedBy(address, live), address);
  for (const address of publicAddresses) assert.equal(blockedBy(address, live), undefined, address);
});

test('the sandbox admits loopback and nothing else', () => {
  for (const address of neverPublic) assert.ok(blockedBy(address, sandbox), address);
  for (const address of loopback) assert.equal(blockedBy(address, sandbox), undefined, address);
});

test('what is no plain address is refused, not interpreted', () => {
  for (const text of [
    '',
    'localhost',
    '0177.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.1',
    '1.2.3.4 ',
    '[::1]',
    '::1%lo',
  ]) {
    assert.equal(blockedBy(text, sandbox), 'not_an_address', text);
  }
});

test("the operator's own ranges: allowed ones pass, blocked ones win over everything", () => {
  const rules = addressRules({
    allowLoopback: true,
    blockedCidrs: ['127.0.0.9', '8.8.8.0/24', '2606:4700::/32', '10.9.0.0/16'],
    allowedCidrs: ['10.0.0.0/8', 'fd00::/8'],
  });
  for (const address of ['10.1.2.3', 'fd00::1', '127.0.0.1', '1.1.1.1']) {
    assert.equal(blockedBy(address, rules), undefined, address);
  }
  for (const address of [
    '127.0.0.9',
    '8.8.8.8',
    '::ffff:8.8.8.8',
    '2606:4700::1',
    '10.9.1.1',
    '192.168.0.1',
  ]) {
    assert.ok(blockedBy(address, rules), address);
  }
  assert.equal(blockedBy('::ffff:10.1.2.3', rules), 'ipv4Mapped');
});

test('a range that cannot be read stops the start', () => {
  for (const range of ['10.0.0.0/33', '10.0.0', 'example.no', '', '10.0.0.0/']) {
    assert.throws(() => addressRules({ allowLoopback: false, blockedCidrs: [range] }), range);
  }
});
