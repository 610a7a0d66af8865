import type { Settings } from '../config/settings.ts';
import { demoClientId, demoClientSecret } from '../publishers/demo-client.ts';
import { version } from '../version.ts';

/** What a newcomer needs after the start: addresses, where the data is, credentials, and a first walk. */
export function describeStart(settings: Settings, data: string): string {
  const { publicUrl, mode } = settings;
  const head = `Leveret ${version} is ready at ${publicUrl}
  API reference  ${publicUrl}/docs, guides at ${publicUrl}/docs/guides
  data           ${data}`;
  return mode === 'live' ? head : `${head}\n${sandboxLines(settings)}\n${walk(settings)}`;
}

function sandboxLines({ sandboxPort, sandboxSmtpPort, shopPort }: Settings): string {
  const sandbox = `http://localhost:${sandboxPort}`;
  return `  shop           http://localhost:${shopPort}, a newspaper that is an example of your site
  sandbox        ${sandbox} (SMTP on ${sandboxSmtpPort})
  phone          ${sandbox}/phone
  demo client    ${demoClientId}, secret ${demoClientSecret}`;
}

function walk({ publicUrl, sandboxPort }: Settings): string {
  const sandbox = `http://localhost:${sandboxPort}`;
  return `
A first order, to paste into another terminal:

TOKEN=$(curl -s -u ${demoClientId}:${demoClientSecret} -d grant_type=client_credentials \\
  ${publicUrl}/user/oauth/token | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

ORDER=$(curl -s ${publicUrl}/capi/v1/client/order -H "Authorization: Bearer $TOKEN" \\
  -H 'Content-Type: application/json' -d '{"paymentMethod":"other","prepaid":true,
  "paymentInfoOther":{"transactionId":"'$RANDOM$RANDOM'"},"payer":{"firstName":"Kari","lastName":"Nordmann",
  "emails":["kari@example.com"]},"orderLines":[{"productSpecType":"coupon","productSpecCode":"DEMO",
  "productSpecNo":1,"allowAccessProduct":"DEMO","allowAccessSeconds":3600}]}' \\
  | sed 's/.*"orderId":\\([0-9]*\\).*/\\1/'); echo "order $ORDER"

curl -s ${publicUrl}/capi/v1/client/order/fulfillment -H "Authorization: Bearer $TOKEN" \\
  -H 'Content-Type: application/json' -d '{"orderId":'$ORDER',
  "callbackUrl":"${sandbox}/publisher/callback?my=1","credential":"kari@example.com",
  "returnUrl":"${sandbox}/publisher/return",
  "errorUrl":"${sandbox}/publisher/error","linkLifetime":24}'; echo

curl -s ${publicUrl}/capi/v1/client/access -H "Authorization: Bearer $TOKEN" \\
  -H 'Content-Type: application/json' -d '{"product":"DEMO","credential":"kari@example.com","reason":true}';
    echo

curl -s "${sandbox}/control/callbacks"; echo
curl -s ${publicUrl}/capi/v1/client/order/$ORDER -H "Authorization: Bearer $TOKEN"; echo

Then open ${sandbox}/phone/kari@example.com and press the link.`;
}
