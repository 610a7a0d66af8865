/** Addresses of this machine, of private networks and of clouds' metadata services. */
const wantedIpv4 = [
  '127.0.0.1',
  '127.0.0.2',
  '127.1.2.3',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.100.100.200',
  '168.63.129.16',
];

const octets = (address: string) => address.split('.').map(Number);
const asNumber = (address: string) => octets(address).reduce((sum, octet) => sum * 256 + octet, 0);
const hexadecimal = (value: number) => value.toString(16);
const groups = (address: string) => {
  const [a = 0, b = 0, c = 0, d = 0] = octets(address);
  return `${hexadecimal(a * 256 + b)}:${hexadecimal(c * 256 + d)}`;
};
const inverted = (address: string) =>
  groups(
    octets(address)
      .map((octet) => 255 - octet)
      .join('.'),
  );
const eachDigit = (address: string, digit: (value: number) => string) =>
  address.replace(/\d/g, (character) => digit(Number(character)));

/** Ways to write one IPv4 address as the host of a URL. */
const spellings: ((address: string) => string)[] = [
  (address) => address,
  (address) => `${address}.`,
  (address) => String(asNumber(address)),
  (address) => `0x${hexadecimal(asNumber(address))}`,
  (address) => `0X${hexadecimal(asNumber(address)).toUpperCase()}`,
  (address) => `0${asNumber(address).toString(8)}`,
  (address) =>
    octets(address)
      .map((octet) => `0${octet.toString(8)}`)
      .join('.'),
  (address) =>
    octets(address)
      .map((octet) => `000${octet.toString(8)}`)
      .join('.'),
  (address) =>
    octets(address)
      .map((octet) => `0x${hexadecimal(octet)}`)
      .join('.'),
  (address) =>
    octets(address)
      .map((octet, at) => (at % 2 ? `0x${hexadecimal(octet)}` : `0${octet.toString(8)}`))
      .join('.'),
  (address) => {
    const [a = 0, b = 0, c = 0, d = 0] = octets(address);
    return `${a}.${b}.${c * 256 + d}`;
  },
  (address) => {
    const [a = 0, b = 0, c = 0, d = 0] = octets(address);
    return `${a}.${(b * 256 + c) * 256 + d}`;
  },
  (address) => address.replaceAll('.', '%2e'),
  (address) => eachDigit(address, (digit) => `%3${digit}`),
  (address) => eachDigit(address, (digit) => String.fromCodePoint(0xff10 + digit)),
  (address) => eachDigit(address, (digit) => String.fromCodePoint(digit === 0 ? 0x24ea : 0x245f + digit)),
  (address) => eachDigit(address, (digit) => String.fromCodePoint(0x1d7ce + digit)),
  (address) => address.replaceAll('.', '\u3002'),
  (address) => address.replaceAll('.', '\uff0e'),
  (address) => `[::ffff:${address}]`,
  (address) => `[::ffff:${groups(address)}]`,
  (address) => `[0:0:0:0:0:ffff:${groups(address)}]`,
  (address) => `[::${groups(address)}]`,
  (address) => `[::ffff:0:${groups(address)}]`,
  (address) => `[64:ff9b::${groups(address)}]`,
  (address) => `[64:ff9b:1::${groups(address)}]`,
  (address) => `[2002:${groups(address)}::]`,
  (address) => `[2001:0:4136:e378:8000:63bf:${inverted(address)}]`,
];

export const hostileHosts = [
  ...wantedIpv4.flatMap((address) => spellings.map((spell) => spell(address))),
  '[::1]',
  '[::]',
  '[0:0:0:0:0:0:0:1]',
  '[0000:0000::0001]',
  '[::1%25lo]',
  '[fe80::1]',
  '[fc00::1]',
  ...[
    '[fd00:ec2::254]',
    '[fec0::1]',
    '[ff02::1]',
    '[2001:db8::1]',
    '[100::1]',
    '[5f00::1]',
    '[3fff::1]',
    '[4000::1]',
  ],
  ...[
    'localhost',
    'localhost.',
    'LOCALHOST',
    'LocalHost',
    'a.localhost',
    'a.localhost.',
    'localhost.localdomain',
  ],
  ...[
    '\uff4cocalhost',
    'lo\u017fthost',
    'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ',
    'localhost%00.example.no',
    '%6cocalhost',
    'local\u00adhost',
  ],
  ...[
    'metadata',
    'metadata.google.internal',
    'instance-data',
    'kubernetes.default.svc.local',
    'router.home.arpa',
  ],
  '127',
  '0',
  '0x',
  '127.0.0.1.',
  '127.0.0.1..',
  '127..1',
  '1.2.3.256',
  '0x7f.0x0.0x0.0x100',
];

/** Addresses that a name server may answer with; none may be connected to. */
export const hostileAnswers = [
  ...wantedIpv4,
  '127.255.255.254',
  '0.1.2.3',
  '100.64.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.0.2.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  ...[
    '::1',
    '::',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:0:7f00:1',
    '64:ff9b::7f00:1',
    '100::1',
  ],
  '64:ff9b:1::7f00:1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%lo',
  'fec0::1',
  'ff02::1',
  '',
  'localhost',
  '127.1',
  '2130706433',
  '0x7f000001',
  '0177.0.0.1',
];

/** URLs that two parsers may read differently, or that are no web address; the port is a tripwire's. */
export function hostileUrls(port: number): string[] {
  const inside = `127.0.0.1:${port}`;
  const site = `shop.example.no:${port}`;
  return [
    ...[
      `http://${site}@${inside}/`,
      `http://${inside}@${site}/`,
      `http://a:b@${inside}/`,
      `http://@${inside}/`,
    ],
    ...[
      `http://${site}\\@${inside}/`,
      `http://${inside}\\@${site}/`,
      `http://${inside}\\.${site}/`,
      `http:\\\\${inside}`,
    ],
    ...[
      `http:${inside}/`,
      `http:/${inside}/`,
      `http:///${inside}/`,
      `//${inside}/`,
      `${inside}/`,
      `/${inside}`,
    ],
    ...[
      ` http://${inside}/`,
      `http://${inside}/ `,
      `\thttp://${inside}/`,
      `ht\ntp://${inside}/`,
      `http://127.0.\t0.1:${port}/`,
    ],
    ...[
      `http://${site}/\r\nHost: ${inside}`,
      `http://${site}\r\n@${inside}/`,
      `http://${site}/ HTTP/1.1\r\nx: y`,
    ],
    ...[
      `http://${site}#@${inside}/`,
      `http://${inside}#@${site}/`,
      `http://${site}%00@${inside}/`,
      `http://${inside}%00.${site}`,
    ],
    ...[
      `http://[${inside}]/`,
      `http://[::1]${inside}/`,
      `http://${inside}:${port}/`,
      `http://127.0.0.1:0${port}/`,
    ],
    ...[
      `ftp://${inside}/`,
      `file://${inside}/etc/passwd`,
      `gopher://${inside}/`,
      `ws://${inside}/`,
      `unix:${inside}`,
    ],
    ...[
      `dict://${inside}/`,
      `data:text/html,${inside}`,
      `javascript:fetch("http://${inside}")`,
      `blob:http://${inside}/`,
    ],
    ...[
      `http+unix://${inside}/`,
      `HTTP://${inside}/`,
      `hTTps://${inside}/`,
      '',
      'http://',
      'http://?',
      'http://#',
      'http://:80/',
    ],
  ];
}
