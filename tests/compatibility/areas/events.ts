import type { Area, Row, Step } from '../row.ts';

/** An endpoint that asks to be told: it is taken where the event has this name here. */
function asking(event: string): Step {
  return {
    as: 'client',
    method: 'POST',
    path: '/capi/v1/client/webhooks',
    body: { url: 'http://127.0.0.1:9/hook', events: [event] },
    answer: { status: 201, fields: { webhookId: 'integer', events: ['text'] } },
  };
}

const envelope = 'in our envelope (Standard Webhooks), not yet in that of the original';

function known(original: string, name: string, ours: string): Row {
  return {
    name,
    original,
    from: ['events'],
    state: 'differs',
    note: `told as \`${ours}\`, ${envelope}`,
    proof: [asking(ours)],
  };
}

function later(original: string, name: string, type: string, from: Row['from'] = ['events']): Row {
  return { name, original, from, state: 'later', proof: [asking(type)] };
}

export const events: Area = {
  title: 'Events',
  about: 'A row is proven by a webhook that asks for the event by its name here.',
  rows: [
    {
      name: 'Transport',
      original: 'an HTTP call to the publisher’s webhook, at most 5 attempts',
      from: ['eventFlow'],
      state: 'differs',
      note: 'signed, tried for 75 hours, and replayed on demand; one endpoint may ask for some types or all',
      proof: [asking('order.completed')],
    },
    known('`subscription`, `start`', 'A subscription starts', 'subscription.started'),
    known('`subscription`, `stop`', 'A subscription stops', 'subscription.ended'),
    later('`subscription`, `renew`', 'A subscription is renewed', 'subscription.renewed'),
    later('`subscription`, `stop_reset`', 'A stopped subscription starts again', 'subscription.stop_reset'),
    {
      ...later(
        '`subscription`, `deliveryplan_changed`',
        'The delivery plan of a subscription changes',
        'subscription.deliveryplan_changed',
      ),
      state: 'not offered',
      note: 'there are no delivery plans: carriers belong to another system',
    },
    later('`product`, `new`', 'A product is new', 'product.new'),
    later('`product`, `update`', 'A product is changed', 'product.update'),
    later('`product`, `delete`', 'A product is gone', 'product.delete'),
    {
      name: 'An order',
      original: '`order`, statuses not captured',
      from: ['events'],
      state: 'differs',
      note: `told as \`order.completed\`, \`order.stopped\` and more, ${envelope}`,
      proof: [asking('order.completed'), asking('order.stopped')],
    },
    later('`coupon`, statuses not captured', 'A coupon', 'coupon.new'),
    {
      name: 'A customer',
      original: '`customer`, statuses not captured',
      from: ['events'],
      state: 'differs',
      note: `told as \`customer.registered\`, \`customer.changed\` and more, ${envelope}`,
      proof: [asking('customer.registered'), asking('customer.changed')],
    },
    {
      name: 'A consent',
      original: '`consent`, statuses not captured',
      from: ['events'],
      state: 'differs',
      note: `told as \`consent.given\` and \`consent.withdrawn\`, ${envelope}`,
      proof: [asking('consent.given'), asking('consent.withdrawn')],
    },
    later('`profileName`, `new`', 'The name of a profile is new', 'profileName.new', ['loginEvents']),
    later('`profileName`, `change`', 'The name of a profile changes', 'profileName.change', ['loginEvents']),
    later('`profileName`, `delete`', 'The name of a profile is gone', 'profileName.delete', ['loginEvents']),
    {
      ...later(
        '`SUBSCRIPTION_START`, envelope of EventBridge',
        'Legacy: a subscription starts',
        'SUBSCRIPTION_START',
        ['legacyEvents'],
      ),
      state: 'not offered',
      note: 'the original has replaced it; `subscription.started` tells it',
    },
    {
      ...later(
        '`SUBSCRIPTION_STOP`, envelope of EventBridge',
        'Legacy: a subscription stops',
        'SUBSCRIPTION_STOP',
        ['legacyEvents'],
      ),
      state: 'not offered',
      note: 'the original has replaced it; `subscription.ended` tells it',
    },
  ],
};
