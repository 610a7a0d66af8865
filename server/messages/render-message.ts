import type { EmailContent, MessageContent, SmsContent } from './channels/message-channel.ts';
import { fitSms } from './fit-sms.ts';
import { formatValues, formatWhole, oneLine, type Phrases, tailsOf, withTails } from './format-values.ts';
import { loadTemplates, type MessageTemplates, type TemplateValues } from './load-templates.ts';
import type { Message } from './message-kinds.ts';
import { isList, type MessageValue } from './message-values.ts';

const templates = loadTemplates(new URL('../../messages/templates/', import.meta.url));

/**
 * The text of a message for one channel, in `language` (BCP 47) or the nearest there is: other Norwegian
 * falls back to `nb`, everything else to `en`. Names are made one line, values in HTML are
 * escaped, and an SMS is fitted into 160 GSM-7 characters by shortening names, never a link.
 */
export function renderMessage(request: Message & { channel: 'sms'; language: string }): SmsContent;
export function renderMessage(request: Message & { channel: 'email'; language: string }): EmailContent;
export function renderMessage(
  request: Message & { channel: 'sms' | 'email'; language: string },
): MessageContent;
export function renderMessage(
  request: Message & { channel: 'sms' | 'email'; language: string },
): MessageContent {
  const language = templateLanguage(request.language);
  const forms = formsOf(language)[request.message];
  const phrases = phrasesOf(language);
  if (request.channel === 'email') return renderEmail(forms, request.values, phrases);
  // A name that is cut to fit leaves how many more there are.
  const tails = tailsOf(request.values, language);
  const values = formatValues(request.values, phrases);
  return { kind: 'sms', text: fitSms((fitted) => forms.sms(withTails(fitted, tails)), values) };
}

/** The languages that messages are written in. */
export const messageLanguages: readonly string[] = [...templates.messages.keys()].sort();

function renderEmail(
  forms: MessageTemplates,
  given: Readonly<Record<string, MessageValue>>,
  phrases: Phrases,
): EmailContent {
  const values = formatWhole(given, phrases);
  const subject = oneLine(forms.subject(values));
  const rows = rowsOf(forms, given, phrases);
  const content = forms.html({ ...escapedValues(values), ...rows.html });
  const html = templates.frame({
    language: phrases.language,
    subject: escapeHtml(subject),
    style: templates.frameStyle,
    content,
  });
  // Where there are no rows, nothing is left of the place for them.
  const text = forms.text({ ...values, ...rows.text }).replaceAll(/\n{3,}/g, '\n\n');
  return { kind: 'email', subject, text: `${text.trimEnd()}\n`, html };
}

/** Each list as one text, a row in a line or more of its own. */
function rowsOf(
  forms: MessageTemplates,
  given: Readonly<Record<string, MessageValue>>,
  phrases: Phrases,
): { text: TemplateValues; html: TemplateValues } {
  const rows: { text: TemplateValues; html: TemplateValues } = { text: {}, html: {} };
  for (const [name, form] of forms.rows) {
    const list = given[name] ?? [];
    const values = isList(list) ? list.map((row) => formatWhole(row, phrases)) : [];
    rows.text[name] = values.map((row) => form.text(row)).join('\n');
    rows.html[name] = values.map((row) => form.html(escapedValues(row))).join('\n');
  }
  return rows;
}

function templateLanguage(requested: string): string {
  const base = requested.toLowerCase().split(/[-_]/)[0] ?? '';
  if (templates.messages.has(base)) return base;
  return base === 'no' || base === 'nn' ? 'nb' : 'en';
}

function formsOf(language: string): Readonly<Record<Message['message'], MessageTemplates>> {
  const forms = templates.messages.get(language);
  if (!forms) throw new Error(`There are no message templates for ${language}.`);
  return forms;
}

function phrasesOf(language: string): Phrases {
  const [lifetime, every] = [templates.lifetime.get(language), templates.every.get(language)];
  if (!lifetime || !every) throw new Error(`There are no words for times in ${language}.`);
  return { language, lifetime, every };
}

function escapedValues(values: TemplateValues): TemplateValues {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, escapeHtml(String(value))]));
}

const htmlEntities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => htmlEntities[character] ?? character);
}
