import { type Static, Type } from 'typebox';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import { cleanCode, isBlank } from '../../kit/clean-text.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { fieldProblem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { consentCode } from '../consent-body.ts';
import { saveConsentText as save } from '../save-consent-text.ts';

const Body = narrowing({ consentCode, text: Type.String({ minLength: 1, maxLength: 5000 }) });

export const saveConsentText = endpoint({
  operationId: 'saveConsentText',
  summary: 'Say the words of a consent',
  description:
    'Other words are another version; the same words have the version that they had. A version stays as it ' +
    'was shown, and consents name the one that was agreed to. The original’s path is not known: this one ' +
    'is ours.',
  body: Body,
  reply: Type.Object({ consentCode: Type.String(), version: Type.Integer() }),
  changes: true,
  examples: { body: { consentCode: 'NEWS', text: 'You may tell me about offers by e-mail.' } },
  handle(context: { database: Database }, call: ClientCall<Static<typeof Body>>) {
    const { publisherId } = call.caller.publisher;
    const code = cleanCode(call.body.consentCode);
    const text = call.body.text.trim().normalize('NFC');
    if (isBlank(text)) throw fieldProblem('input_is_invalid', 'text', 'text must say something');
    return runKeyed(context.database, call, `saveConsentText ${code}`, async (transaction) => {
      const version = await save(transaction, publisherId, { consentCode: code, text });
      return { status: 200, body: { consentCode: code, version } };
    });
  },
});
