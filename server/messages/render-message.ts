import type { EmailContent, MessageContent, SmsContent } from './channels/message-channel.ts';
import { fitSms } from './fit-sms.ts';
import { loadTemplates, type MessageTemplates, type TemplateValues } from './load-templates.ts';
import type { Lifetime, Message } from './message-kinds.ts';

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
  const values = templateValues(request.values, language);
  return request.channel === 'sms'
    ? { kind: 'sms', text: fitSms(forms.sms, values) }
    : renderEmail(forms, values, language);
}

/** The languages that messages are written in. */
export const messageLanguages: readonly string[] = [...templates.messages.keys()].sort();

function renderEmail(forms: MessageTemplates, values: TemplateValues, language: string): EmailContent {
  const subject = oneLine(forms.subject(values));
  const content = forms.html(escapedValues(values));
  const html = templates.frame({
    language,
    subject: escapeHtml(subject),
    style: templates.frameStyle,
    content,
  });
  return { kind: 'email', subject, text: `${forms.text(values)}\n`, html };
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

function templateValues(values: Message['values'], language: string): TemplateValues {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, templateValue(value, language)]),
  );
}

function templateValue(value: string | number | Lifetime, language: string): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return oneLine(value);
  const lifetime = templates.lifetime.get(language);
  if (!lifetime) throw new Error(`There is no lifetime text for ${language}.`);
  return lifetime(value);
}

/** Line breaks would forge headers and lines, and direction marks would turn the text around them. */
function oneLine(value: string): string {
  return value.replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\s]+/gu, ' ').trim();
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
