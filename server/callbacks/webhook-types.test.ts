import assert from 'node:assert/strict';
import { test } from 'node:test';
import { journey } from '../journey.ts';
import { type WebhookedEventName, webhookTypes } from './webhook-types.ts';

for (const name of Object.keys(webhookTypes) as WebhookedEventName[]) {
  test(`who subscribes to ${webhookTypes[name]} is told`, () => {
    const steps = journey[name].now.map((step) => step.stepName);
    assert.ok(steps.includes('queueWebhook'), `nothing queues a webhook when '${name}' happens`);
  });
}
