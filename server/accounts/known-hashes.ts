const base64 = '[A-Za-z0-9+/]+';

/**
 * Forms of a hashed password that carry method, cost and salt: the PHC string format of argon2 and scrypt,
 * bcrypt's own, and PBKDF2 as Passlib and as Django write it.
 */
const forms = [
  `\\$argon2(id|i|d)\\$v=\\d+\\$m=\\d+,t=\\d+,p=\\d+\\$${base64}\\$${base64}`,
  `\\$scrypt\\$ln=\\d+,r=\\d+,p=\\d+\\$${base64}\\$${base64}`,
  '\\$2[abxy]\\$\\d\\d\\$[./A-Za-z0-9]{53}',
  '\\$pbkdf2(-sha256|-sha512)?\\$\\d+\\$[./A-Za-z0-9]+\\$[./A-Za-z0-9]+',
  `pbkdf2_sha(1|256)\\$\\d+\\$[^$]+\\$${base64}=*`,
].map((form) => new RegExp(`^${form}$`));

/** Whether a text is a hashed password that can be checked with nothing else. A plain password is none. */
export function isKnownHash(text: string): boolean {
  return forms.some((form) => form.test(text));
}
