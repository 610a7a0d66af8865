import { readdirSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { gsm7Length } from './gsm7.ts';
import { type MessageName, sampleMessages } from './message-kinds.ts';
import { isList, type MessageValue } from './message-values.ts';

/** A compiled ICU MessageFormat text. Values are put in as they are, never escaped here. */
export type Template = (values: TemplateValues) => string;
export type TemplateValues = Record<string, string | number>;

/**
 * The texts of one message in one language. `html` is a fragment that `frame` makes a document; `rows` are
 * those of each list in it, by the list's name, put in as they are.
 */
export type MessageTemplates = {
  sms: Template;
  subject: Template;
  text: Template;
  html: Template;
  rows: ReadonlyMap<string, { text: Template; html: Template }>;
};

export type Templates = {
  frame: Template;
  frameStyle: string;
  lifetime: ReadonlyMap<string, Template>;
  every: ReadonlyMap<string, Template>;
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
  const phrases = (name: string, unit: string) =>
    new Map(
      languages.map((language) => [
        language,
        loadTemplate(folder, `${name}/${language}.txt`, language, { number: 1, unit }),
      ]),
    );
  return {
    frame: loadTemplate(folder, 'frame.html', 'en', { language: 'en', subject: '', style: '', content: '' }),
    frameStyle: `<style>\n${readTemplate(folder, 'frame.css')}\n</style>`,
    lifetime: phrases('lifetime', 'hours'),
    every: phrases('every', 'month'),
    messages: new Map(languages.map((language) => [language, loadLanguage(folder, language)])),
  };
}

function loadLanguage(folder: URL, language: string): Record<MessageName, MessageTemplates> {
  return {
    'login-link': loadMessage(folder, 'login-link', language),
    'login-code': loadMessage(folder, 'login-code', language),
    receipt: loadMessage(folder, 'receipt', language),
    'withdrawal-receipt': loadMessage(folder, 'withdrawal-receipt', language),
    'endpoint-disabled': loadMessage(folder, 'endpoint-disabled', language),
    'sms-ceiling': loadMessage(folder, 'sms-ceiling', language),
  };
}

function loadMessage(folder: URL, message: MessageName, language: string): MessageTemplates {
  const values: Readonly<Record<string, MessageValue>> = sampleMessages[message].values;
  const sample = sampleTexts(values);
  const load = (file: string, texts = sample) =>
    loadTemplate(folder, `${message}/${language}/${file}`, language, texts);
  const sms = load('sms.txt');
  if (gsm7Length(sms(sample)) === undefined) {
    throw new Error(`The message template ${message}/${language}/sms.txt has a character outside GSM-7.`);
  }
  const rows = Object.entries(values).flatMap(([name, list]) => {
    if (!isList(list)) return [];
    const row = sampleTexts(list[0] ?? {});
    return [[name, { text: load(`${name}.txt`, row), html: load(`${name}.html`, row) }] as const];
  });
  const [subject, text, html] = [load('subject.txt'), load('body.txt'), load('body.html')];
  return { sms, subject, text, html, rows: new Map(rows) };
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

function sampleTexts(values: Readonly<Record<string, MessageValue>>): TemplateValues {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, sampleText(value)]));
}

function sampleText(value: MessageValue): string | number {
  if (typeof value !== 'object') return value;
  if ('first' in value) return value.first;
  return 'unit' in value ? `${value.number} ${value.unit}` : '1';
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
