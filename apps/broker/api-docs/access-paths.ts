// Tokens in the document: where to get one (RFC 6749, RFC 7523), and where that is described (RFC 8414).
import { json, objectOf, type Paths, plainObject, type Schemas } from './openapi.ts';
import { ACCEPT_ENCODING, internal, NO_STORE, problem, tooManyRequests, unavailable } from './problem-responses.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

interface TokenRequest {
  readonly grant_type: string;
  readonly client_assertion_type: string;
  readonly client_assertion: string;
}

export const accessSchemas: Schemas = {
  TokenRequest: objectOf<TokenRequest>(
    {
      grant_type: { const: 'client_credentials' },
      client_assertion_type: { const: ASSERTION_TYPE },
      client_assertion: {
        type: 'string',
        maxLength: 8192,
        pattern: '^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$',
        description:
          "A JWT signed with a registered key (`alg` EdDSA or ES256, `kid` its thumbprint): `typ`, if any, JWT; `iss` and `sub` the agency's slug, `aud` the issuer (or this endpoint's URL) alone, `exp` at most 300 s ahead, `jti` never used before; `nbf` and `iat`, if any, at most 10 s ahead.",
      },
    },
    ['grant_type', 'client_assertion_type', 'client_assertion'],
  ),
  Token: plainObject(
    { access_token: { type: 'string' }, token_type: { const: 'Bearer' }, expires_in: { type: 'integer', description: 'Seconds.' } },
    ['access_token', 'token_type', 'expires_in'],
  ),
  AuthorizationServer: plainObject(
    {
      issuer: { type: 'string', format: 'uri' },
      token_endpoint: { type: 'string', format: 'uri' },
      jwks_uri: { type: 'string', format: 'uri' },
      grant_types_supported: { type: 'array', items: { const: 'client_credentials' } },
      response_types_supported: { type: 'array', maxItems: 0 },
      token_endpoint_auth_methods_supported: { type: 'array', items: { const: 'private_key_jwt' } },
      token_endpoint_auth_signing_alg_values_supported: { type: 'array', items: { enum: ['EdDSA', 'ES256'] } },
      service_documentation: { type: 'string', format: 'uri' },
    },
    ['issuer', 'token_endpoint', 'jwks_uri', 'grant_types_supported', 'response_types_supported', 'token_endpoint_auth_methods_supported'],
    'RFC 8414.',
  ),
  KeySet: plainObject(
    {
      keys: {
        type: 'array',
        items: plainObject(
          {
            kty: { const: 'OKP' },
            crv: { const: 'Ed25519' },
            x: { type: 'string' },
            alg: { const: 'EdDSA' },
            use: { const: 'sig' },
            kid: { type: 'string', description: 'RFC 7638 thumbprint.' },
          },
          ['kty', 'crv', 'x', 'alg', 'use', 'kid'],
        ),
      },
    },
    ['keys'],
    'RFC 7517: the keys with which the broker signs tokens and receipts.',
  ),
};

const OAUTH_MEMBERS = {
  error: { type: 'string', description: 'As RFC 6749 section 5.2 names it.' },
  error_description: { type: 'string' },
};

export const accessPaths: Paths = {
  '/oauth/token': {
    post: {
      operationId: 'getToken',
      tags: ['access'],
      summary: 'Get an access token with an assertion signed by the agency (private_key_jwt).',
      requestBody: {
        required: true,
        content: {
          'application/x-www-form-urlencoded': json('TokenRequest')['application/json'] ?? { schema: {} },
          ...json('TokenRequest'),
        },
      },
      responses: {
        200: {
          description: 'A token for queries, bound to this broker, for five minutes.',
          headers: NO_STORE,
          content: json('Token', {
            token: { access_token: 'eyJhbGciOiJFZERTQSIsInR5cCI6ImF0K2p3dCJ9.e30.c2ln', token_type: 'Bearer', expires_in: 300 },
          }),
        },
        400: problem(['unsupported-grant-type', 'invalid-request', 'bad-request'], {
          description: 'The request lacks something, asks for another kind of grant, or cannot be read.',
          someMembers: OAUTH_MEMBERS,
        }),
        401: problem(['invalid-client'], { description: 'The assertion is not believed; `detail` says why.', members: OAUTH_MEMBERS }),
        413: problem(['too-large'], { description: 'The request is larger than 1 MiB.' }),
        415: problem(['unsupported-media-type'], {
          description: 'The content type is neither application/x-www-form-urlencoded nor application/json, or the body is compressed.',
          headers: ACCEPT_ENCODING,
        }),
        429: tooManyRequests,
        500: internal,
        503: unavailable(['unavailable'], 'Not now. Send a new assertion in a moment.'),
      },
    },
  },
  '/.well-known/oauth-authorization-server': {
    get: {
      operationId: 'getAuthorizationServer',
      tags: ['access'],
      summary: 'Issuer and token endpoint.',
      responses: { 200: { description: 'RFC 8414 metadata.', content: json('AuthorizationServer') }, 429: tooManyRequests, 500: internal },
    },
  },
  '/.well-known/jwks.json': {
    get: {
      operationId: 'getKeys',
      tags: ['access'],
      summary: "The broker's public keys.",
      responses: { 200: { description: 'RFC 7517 key set.', content: json('KeySet') }, 429: tooManyRequests, 500: internal },
    },
  },
};
