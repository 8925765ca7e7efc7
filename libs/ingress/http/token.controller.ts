// The token endpoint: client credentials with private_key_jwt (RFC 6749 section 4.4, RFC 7523), described as RFC 8414 says.
import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { Equals, IsOptional, IsString, MaxLength, validate } from 'class-validator';
import { AccessService, TOKEN_SECONDS } from '#access';
import { UseCases } from '#bus/nest';
import { Problem, RateLimits } from '#http';
import { GrantToken } from '../intake.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export class TokenRequest {
  @Equals('client_credentials')
  grant_type!: string;

  @Equals(ASSERTION_TYPE)
  client_assertion_type!: string;

  @IsString()
  @MaxLength(8192)
  client_assertion!: string;

  @IsOptional()
  @IsString()
  client_id?: string;
}

@Controller()
export class TokenController {
  readonly #useCases: UseCases;
  readonly #access: AccessService;
  readonly #limits: RateLimits;

  constructor(@Inject(UseCases) useCases: UseCases, @Inject(AccessService) access: AccessService, @Inject(RateLimits) limits: RateLimits) {
    this.#useCases = useCases;
    this.#access = access;
    this.#limits = limits;
  }

  @Get('.well-known/oauth-authorization-server')
  metadata(): Readonly<Record<string, unknown>> {
    const { issuer, tokenEndpoint } = this.#access;
    return {
      issuer,
      token_endpoint: tokenEndpoint,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['EdDSA', 'ES256'],
      service_documentation: `${issuer}/openapi.json`,
    };
  }

  @Get('.well-known/jwks.json')
  jwks(): Readonly<Record<string, unknown>> {
    return { keys: [this.#access.publicJwk] };
  }

  @Post('oauth/token')
  @HttpCode(200)
  async token(@Body() body: unknown): Promise<Readonly<Record<string, unknown>>> {
    const fields = fieldsOf(body);
    const request = plainToInstance(TokenRequest, fields);
    const faults = await validate(request);
    if (faults.length > 0) throw oauthError(400, isOtherGrant(fields) ? 'unsupported_grant_type' : 'invalid_request', HELP);
    const asked = { assertion: request.client_assertion, client: request.client_id };
    const granted = await this.#useCases.run(new GrantToken(asked), 'http');
    if (!granted.ok) throw oauthError(401, 'invalid_client', granted.error.says);
    this.#limits.take(granted.value.agency);
    return { access_token: granted.value.token, token_type: 'Bearer', expires_in: TOKEN_SECONDS };
  }
}

/** Not where it stands there twice: a repeated parameter is no request (RFC 6749 section 3.2). */
const isOtherGrant = (fields: { readonly grant_type?: unknown }): boolean =>
  fields.grant_type !== 'client_credentials' && !Array.isArray(fields.grant_type);

/** A body that is no form and no JSON object has no fields. */
const fieldsOf = (body: unknown): object => (typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {});

const HELP = `Send grant_type=client_credentials, client_assertion_type=${ASSERTION_TYPE} and client_assertion=<a JWT signed with your registered key>, form-encoded.`;

const OAUTH_ERRORS = {
  unsupported_grant_type: 'unsupported-grant-type',
  invalid_request: 'invalid-request',
  invalid_client: 'invalid-client',
} as const;

/** RFC 6749 section 5.2 names the member `error`; the rest is RFC 9457 as everywhere. */
const oauthError = (status: number, error: keyof typeof OAUTH_ERRORS, detail: string): Problem =>
  new Problem(status, OAUTH_ERRORS[error], detail, { more: { error, error_description: detail } });
