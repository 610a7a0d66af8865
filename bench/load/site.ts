/** A publisher's site, as far as a run needs one. */
export type Site = {
  send(method: 'POST' | 'PUT', path: string, body: object): Promise<string>;
  register(order: object): Promise<{ orderId: number; fulfillmentUrl: string }>;
  complete(orderId: number, callbackUrl: string): Promise<void>;
};

export function openSite(port: number, token: string): Site {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const send: Site['send'] = async (method, path, body) => {
    const request = { method, headers, body: JSON.stringify(body) };
    const reply = await fetch(`http://127.0.0.1:${port}${path}`, request);
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
    return text;
  };
  return {
    send,
    register: async (order) => readRegistered(port, await send('POST', '/capi/v1/client/order', order)),
    async complete(orderId, callbackUrl) {
      await send('POST', '/capi/v1/client/order/fulfillment', { orderId, callbackUrl });
    },
  };
}

/** The node gives out its public address; here it is asked where it listens. */
function readRegistered(port: number, text: string): { orderId: number; fulfillmentUrl: string } {
  const orderId = Number(/"orderId":(\d+)/.exec(text)?.[1]);
  const path = /"fulfillmentUrl":"https?:\/\/[^/"]+([^"]+)"/.exec(text)?.[1];
  if (!orderId || path === undefined) throw new Error(`not registered: ${text}`);
  return { orderId, fulfillmentUrl: `http://127.0.0.1:${port}${path}` };
}
