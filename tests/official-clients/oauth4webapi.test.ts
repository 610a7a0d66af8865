import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as oauth from 'oauth4webapi';
import { type LoginSite, openLoginTown } from './login-town.ts';

let town: Awaited<ReturnType<typeof openLoginTown>>;
before(async () => {
  town = await openLoginTown();
});
after(() => town.close());

/** The sandbox speaks plain http, which the library lets only those use who say so. */
const insecure = { [oauth.allowInsecureRequests]: true };

async function connect({ clientId, secret, algorithm }: LoginSite) {
  const found = await oauth.discoveryRequest(town.issuer, insecure);
  const server = await oauth.processDiscoveryResponse(town.issuer, found);
  const signed = algorithm && { id_token_signed_response_alg: algorithm };
  const client: oauth.Client = { client_id: clientId, ...signed };
  return { server, client, proof: oauth.ClientSecretPost(secret) };
}

async function askFor(server: oauth.AuthorizationServer, clientId: string, cookie?: string) {
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const address = new URL(server.authorization_endpoint ?? '');
  address.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: town.redirectUri,
    response_type: 'code',
    scope: 'openid read',
    prompt: 'none',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
  }).toString();
  return { back: await town.follow(address, cookie), verifier, state };
}

test('discovery, code, userinfo, refresh and an access token that any resource server verifies', async () => {
  for (const site of town.sites) {
    const { server, client, proof } = await connect(site);
    const { back, verifier, state } = await askFor(server, site.clientId, await town.logIn(site));
    const answer = oauth.validateAuthResponse(server, client, back, state);
    const asked = [server, client, proof, answer, town.redirectUri, verifier, insecure] as const;
    const reply = await oauth.authorizationCodeGrantRequest(...asked);
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, reply, {
      requireIdToken: true,
    });
    await oauth.validateApplicationLevelSignature(server, reply, insecure);
    const claims = oauth.getValidatedIdTokenClaims(tokens);
    assert.ok(claims);
    const told = await oauth.userInfoRequest(server, client, tokens.access_token, insecure);
    assert.equal((await oauth.processUserInfoResponse(server, client, claims.sub, told)).sub, claims.sub);
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const called = new Request('http://localhost/capi', { headers });
    const audience = `${town.issuer.origin}/capi`;
    const verified = await oauth.validateJwtAccessToken(server, called, audience, insecure);
    assert.deepEqual([verified.sub, verified.client_id], [claims.sub, site.clientId]);
    const again = await oauth.refreshTokenGrantRequest(
      ...[server, client, proof, tokens.refresh_token ?? '', insecure],
    );
    const next = await oauth.processRefreshTokenResponse(server, client, again);
    assert.equal((await town.profile(next.access_token)).uniqueId, claims.sub);
  }
});

test('without a session the answer is login_required, from this issuer and with the own state', async () => {
  for (const site of town.sites) {
    const { server, client } = await connect(site);
    const { back, state } = await askFor(server, site.clientId);
    assert.throws(
      () => oauth.validateAuthResponse(server, client, back, state),
      (error) => error instanceof oauth.AuthorizationResponseError && error.error === 'login_required',
    );
  }
});
