import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as client from 'openid-client';
import { type LoginSite, openLoginTown } from './login-town.ts';

let town: Awaited<ReturnType<typeof openLoginTown>>;
before(async () => {
  town = await openLoginTown();
});
after(() => town.close());

const scope = 'openid email read';

/** The client as its makers show it, which takes RS256 unless told; only the sandbox's plain http is allowed for. */
function connect({ clientId, secret, algorithm }: LoginSite): Promise<client.Configuration> {
  return client.discovery(
    town.issuer,
    clientId,
    { client_secret: secret, ...(algorithm && { id_token_signed_response_alg: algorithm }) },
    client.ClientSecretBasic(secret),
    { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
  );
}

/** Sends the browser away; answers where it came back to, and what the site checks the answer with. */
async function askFor(site: LoginSite, configuration: client.Configuration, cookie?: string) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
  const proof = {
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  };
  const address = client.buildAuthorizationUrl(configuration, {
    redirect_uri: town.redirectUri,
    scope,
    prompt: 'none',
    state: expectedState,
    nonce: expectedNonce,
    ...(site.profile === 'strict' && proof),
  });
  const back = await town.follow(address, cookie);
  const checks = { expectedState, expectedNonce, ...(site.profile === 'strict' && { pkceCodeVerifier }) };
  return { back, checks };
}

test('without a session the client learns that a login is required', async () => {
  for (const site of town.sites) {
    const configuration = await connect(site);
    const { back, checks } = await askFor(site, configuration);
    const refused = client.authorizationCodeGrant(configuration, back, checks);
    await assert.rejects(refused, (error) => {
      assert.ok(error instanceof client.AuthorizationResponseError);
      assert.equal(error.error, 'login_required');
      return true;
    });
  }
});

test('with a session: code, tokens, userinfo, refresh, introspection, revocation, logout', async () => {
  for (const site of town.sites) {
    const configuration = await connect(site);
    const { back, checks } = await askFor(site, configuration, await town.logIn(site));
    const tokens = await client.authorizationCodeGrant(configuration, back, checks);
    const claims = tokens.claims();
    assert.ok(claims && tokens.refresh_token && tokens.id_token);
    const told = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
    assert.equal(told.email, 'kari@example.com');
    const profile = await town.profile(tokens.access_token);
    assert.deepEqual(profile, { status: 200, uniqueId: claims.sub });
    const next = await client.refreshTokenGrant(configuration, tokens.refresh_token);
    assert.equal(next.claims()?.sub, claims.sub);
    assert.equal((await client.tokenIntrospection(configuration, next.access_token)).active, true);
    await client.tokenRevocation(configuration, next.access_token);
    assert.equal((await client.tokenIntrospection(configuration, next.access_token)).active, false);
    assert.equal((await town.profile(next.access_token)).status, 401);
    await client.tokenRevocation(configuration, next.refresh_token ?? '');
    const ended = client.refreshTokenGrant(configuration, next.refresh_token ?? '');
    await assert.rejects(ended, (error) => {
      assert.ok(error instanceof client.ResponseBodyError);
      assert.equal(error.error, 'invalid_grant');
      return true;
    });
    const leave = client.buildEndSessionUrl(configuration, { id_token_hint: tokens.id_token });
    assert.notEqual((await town.follow(leave)).pathname, '/answered/404');
  }
});

test('a code from elsewhere, and a state or proof that is not its own, gives no tokens', async () => {
  for (const site of town.sites) {
    const configuration = await connect(site);
    const cookie = await town.logIn(site);
    const { back, checks } = await askFor(site, configuration, cookie);
    const forged = new URL(back);
    forged.searchParams.set('state', 'forged');
    await assert.rejects(client.authorizationCodeGrant(configuration, forged, checks), client.ClientError);
    const mixed = new URL(back);
    mixed.searchParams.set('iss', 'https://evil.example');
    await assert.rejects(client.authorizationCodeGrant(configuration, mixed, checks), client.ClientError);
    await client.authorizationCodeGrant(configuration, back, checks);
    const again = client.authorizationCodeGrant(configuration, back, checks);
    await assert.rejects(again, client.ResponseBodyError);
  }
});
