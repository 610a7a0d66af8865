import { readdirSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { gsm7Length } from './gsm7.ts';
import { type Lifetime, type MessageName, sampleMessages } from './message-kinds.ts';

/** A compiled ICU MessageFormat text. Values are put in as they are, never escaped here. */
export type Template = (values: TemplateValues) => string;
export type TemplateValues = Record<string, string | number>;

/** The four texts of one message in one language. `html` is a fragment that `frame` makes a document. */
export type MessageTemplates = { sms: Template; subject: Template; text: Template; html: Template };

export type Templates = {
  frame: Template;
  frameStyle: string;
  lifetime: ReadonlyMap<string, Template>;
  messages: ReadonlyMap<string, Readonly<Record<MessageName, MessageTemplates>>>;
};

/**
 * Reads and compiles every template below `folder` and tries each once, so that a fault shows at the start.
 * The languages are those with a `lifetime` text; each must have every message.
 * @throws Error with a sentence naming the file that is missing, does not parse or asks for an unknown value.
 */
export function loadTemplates(folder: URL): Templates {
  const languages = readdirSync(new URL('lifetime/', folder))
    .filter((file) => file.endsWith('.txt'))
    .map((file) => file.slice(0, -'.txt'.length));
  const lifetime = new Map(
    languages.map((language) => [
      language,
      loadTemplate(folder, `lifetime/${language}.txt`, language, { number: 1, unit: 'hours' }),
    ]),
  );
  return {
    frame: loadTemplate(folder, 'frame.html', 'en', { language: 'en', subject: '', style: '', content: '' }),
    frameStyle: `<style>\n${readTemplate(folder, 'frame.css')}\n</style>`,
    lifetime,
    messages: new Map(languages.map((language) => [language, loadLanguage(folder, language)])),
  };
}

function loadLanguage(folder: URL, language: string): Record<MessageName, MessageTemplates> {
  return {
    'login-link': loadMessage(folder, 'login-link', language),
    'login-code': loadMessage(folder, 'login-code', language),
    'endpoint-disabled': loadMessage(folder, 'endpoint-disabled', language),
    'sms-ceiling': loadMessage(folder, 'sms-ceiling', language),
  };
}

function loadMessage(folder: URL, message: MessageName, language: string): MessageTemplates {
  const sample = Object.fromEntries(
    Object.entries(sampleMessages[message].values).map(([name, value]) => [name, sampleText(value)]),
  );
  const load = (file: string) => loadTemplate(folder, `${message}/${language}/${file}`, language, sample);
  const sms = load('sms.txt');
  if (gsm7Length(sms(sample)) === undefined) {
    throw new Error(`The message template ${message}/${language}/sms.txt has a character outside GSM-7.`);
  }
  return { sms, subject: load('subject.txt'), text: load('body.txt'), html: load('body.html') };
}

function loadTemplate(folder: URL, file: string, language: string, sample: TemplateValues): Template {
  const source = readTemplate(folder, file);
  try {
    // Tags are the mail's own HTML here, not the rich text placeholders that the library knows.
    const format = new IntlMessageFormat(source, language, undefined, { ignoreTag: true });
    const template: Template = (values) => String(format.format(values));
    template(sample);
    return template;
  } catch (cause) {
    throw new Error(`The message template ${file} cannot be used: ${reasonOf(cause)}`, { cause });
  }
}

function readTemplate(folder: URL, file: string): string {
  try {
    return readFileSync(new URL(file, folder), 'utf8').trimEnd();
  } catch (cause) {
    throw new Error(`The message template ${file} cannot be read.`, { cause });
  }
}

function sampleText(value: string | number | Lifetime): string | number {
  return typeof value === 'object' ? `${value.number} ${value.unit}` : value;
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
