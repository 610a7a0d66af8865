import { existsSync, readdirSync, readFileSync } from 'node:fs';
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
    'sms-strangers': loadMessage(folder, 'sms-strangers', language),
  };
}

function loadMessage(folder: URL, message: MessageName, language: string): MessageTemplates {
  const values: Readonly<Record<string, MessageValue>> = sampleMessages[message].values;
  const sample = sampleTexts(values);
  const { words, isUsed } = loadWords(folder, `${message}/${language}/words.txt`, language);
  const load = (file: string, texts = sample) => {
    const own = `${message}/${language}/${file}`;
    const isShared = words.size > 0 && !existsSync(new URL(own, folder));
    return isShared
      ? loadShared(folder, `${message}/${file}`, language, { texts, words, isUsed })
      : loadTemplate(folder, own, language, texts);
  };
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
  const idle = [...words.keys()].find((word) => !isUsed.has(word));
  if (idle !== undefined) {
    throw new Error(`The word ${idle} of ${message}/${language}/words.txt stands in no template.`);
  }
  return { sms, subject, text, html, rows: new Map(rows) };
}

type Words = { words: ReadonlyMap<string, Template>; isUsed: Set<string> };

/** The words of one language for templates that all languages share: a name and a text in each line. */
function loadWords(folder: URL, file: string, language: string): Words {
  if (!existsSync(new URL(file, folder))) return { words: new Map(), isUsed: new Set() };
  const lines = readTemplate(folder, file).split('\n');
  const words = lines.map((line): [string, Template] => {
    const [, word, source] = /^(\w+): (.+)$/.exec(line) ?? [];
    if (word === undefined || source === undefined || /[<>&]/.test(source)) {
      throw new Error(`The message template ${file} has a line that is no word and its text: ${line}`);
    }
    return [word, compile(`${file} (${word})`, source, language)];
  });
  return { words: new Map(words), isUsed: new Set() };
}

/** A template of all languages with the words of one, which are made of the same values. */
function loadShared(
  folder: URL,
  file: string,
  language: string,
  { texts, words, isUsed }: Words & { texts: TemplateValues },
): Template {
  const source = readTemplate(folder, file);
  const named = new Set([...source.matchAll(/\{(\w+)[},]/g)].flatMap(([, name]) => name ?? []));
  const own = [...words].filter(([word]) => named.has(word));
  const clash = own.find(([word]) => word in texts);
  if (clash) throw new Error(`The word ${clash[0]} of ${file} has the name of a value.`);
  for (const [word] of own) isUsed.add(word);
  const format = compile(file, source, language);
  const template: Template = (values) =>
    format({ ...values, ...Object.fromEntries(own.map(([word, say]) => [word, say(values)])) });
  return tried(file, template, texts);
}

function loadTemplate(folder: URL, file: string, language: string, sample: TemplateValues): Template {
  return tried(file, compile(file, readTemplate(folder, file), language), sample);
}

function compile(file: string, source: string, language: string): Template {
  try {
    // Tags are the mail's own HTML here, not the rich text placeholders that the library knows.
    const format = new IntlMessageFormat(source, language, undefined, { ignoreTag: true });
    return (values) => String(format.format(values));
  } catch (cause) {
    throw unusable(file, cause);
  }
}

function tried(file: string, template: Template, sample: TemplateValues): Template {
  try {
    template(sample);
    return template;
  } catch (cause) {
    throw unusable(file, cause);
  }
}

function unusable(file: string, cause: unknown): Error {
  return new Error(`The message template ${file} cannot be used: ${reasonOf(cause)}`, { cause });
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
