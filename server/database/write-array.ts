/**
 * Writes an array as PostgreSQL reads it; answers nothing for what it leaves to the driver, such as times.
 * The driver's own writer takes every text apart twice, though few need it.
 */
export function writeArray(values: readonly unknown[]): string | undefined {
  let text = '';
  for (const value of values) {
    const element = writeElement(value);
    if (element === undefined) return undefined;
    text += text === '' ? element : `,${element}`;
  }
  return `{${text}}`;
}

function writeElement(value: unknown): string | undefined {
  if (value === null || value === undefined) return 'NULL';
  switch (typeof value) {
    case 'number':
    case 'boolean':
      return String(value);
    case 'string':
      return `"${escapeText(value)}"`;
    default:
      return Buffer.isBuffer(value) ? `"\\\\x${value.toString('hex')}"` : undefined;
  }
}

/** One character at a time: replacing both at once takes three times as long. */
function escapeText(text: string): string {
  const plain = text.includes('\\') ? text.replace(/\\/g, '\\\\') : text;
  return plain.includes('"') ? plain.replace(/"/g, '\\"') : plain;
}
