// An OpenID provider that nobody here wrote, with people and one client of the tests' choosing.
//
// Commands come in as lines of JSON and are answered by "ok": {"redirect": URI} registers the
// client, {"person": NAME, ...} changes what is known of a person. The first line that it prints is
// its issuer. It ends with its standard input, and so with whoever started it.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { Provider } from 'oidc-provider';

// Standard output is for the answers.
console.info = console.error;

const people = new Map([
  ['alice', { email: 'alice@example.com', groups: ['dba'], enabled: true }],
  ['bob', { email: 'bob@example.com', groups: ['web'], enabled: true }],
]);

function findAccount(ctx, name) {
  const person = people.get(name);
  if (!person?.enabled) {
    return undefined;
  }
  return {
    accountId: name,
    claims: () => ({
      sub: name,
      preferred_username: name,
      email: person.email,
      email_verified: true,
      groups: person.groups,
    }),
  };
}

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'test' };
}

function configuration() {
  return {
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['preferred_username', 'groups'],
    },
    // Into the ID token, not behind the userinfo endpoint.
    conformIdTokenClaims: false,
    cookies: { keys: ['of one test run'] },
    findAccount,
    issueRefreshToken: async (ctx, client) => client.grantTypeAllowed('refresh_token'),
    jwks: { keys: [signingKey()] },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 300, RefreshToken: 36000 },
  };
}

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration());
  server.on('request', provider.callback());

  async function obey(command) {
    if (command.redirect) {
      await provider.Client.adapter.upsert('daypass', {
        client_id: 'daypass',
        client_secret: 'daypass-secret-of-the-tests-only',
        client_name: 'daypass',
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: [command.redirect],
      });
    } else if (command.person) {
      const { person, ...changes } = command;
      people.set(person, { ...people.get(person), ...changes });
    } else {
      throw new Error('unknown command');
    }
  }

  process.stdout.write(`${issuer}\n`);
  createInterface({ input: process.stdin })
    .on('line', async (line) => {
      await obey(JSON.parse(line));
      process.stdout.write('ok\n');
    })
    .on('close', () => process.exit(0));
});
