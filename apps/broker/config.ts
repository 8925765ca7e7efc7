// Configuration, parsed once from the environment: every setting has a default, and a wrong value stops the start with a sentence.
import { resolve } from 'node:path';
import { plainToInstance, Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min, validateSync } from 'class-validator';
import { AccessSettings } from './access-settings.ts';
import { Setting, settings, textOf, ToNumber } from './setting.ts';
import { disagreements } from './settings-together.ts';

export class BrokerConfig extends AccessSettings {
  @Setting('PORT', 'TCP port of the HTTP interface')
  @ToNumber()
  @Min(0)
  @Max(65_535)
  @IsInt()
  port = 3000;

  @Setting('HOST', 'address to listen on; behind a reverse proxy that ends TLS, leave it on loopback')
  @IsString()
  host = '127.0.0.1';

  @Setting('CONCORDAT_DATA', 'directory of the embedded store, keys and views')
  @Transform(({ value }: { readonly value: unknown }) => resolve(textOf(value)))
  @IsString()
  data = resolve('.concordat');

  @Setting('CONCORDAT_NAME', 'name of this broker, as in urn:concordat:broker:<name>')
  @Matches(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, { message: 'name must be lower case letters, digits and hyphens' })
  name = 'local';

  @Setting('CONCORDAT_VIEWS', 'where read models are kept: sqlite (embedded)')
  @IsIn(['sqlite'])
  views = 'sqlite';

  @Setting('CONCORDAT_ISSUER', 'issuer of access tokens and audience of assertions: the public URL (default: http://127.0.0.1:<PORT>)')
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  issuer?: string;

  @Setting(
    'CONCORDAT_EXTERNAL_ISSUER',
    'another issuer whose access tokens (RFC 9068: typ at+jwt, for this broker alone, five minutes from iat) are believed',
  )
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['https', 'http'] })
  externalIssuer?: string;

  @Setting('CONCORDAT_EXTERNAL_JWKS', 'where the keys of that issuer are published')
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['https', 'http'] })
  externalJwks?: string;

  @Setting(
    'CONCORDAT_EXTERNAL_ACR',
    'authentication contexts of which a token of that issuer must name one in acr, with blanks between; none: none is asked for',
  )
  @IsOptional()
  @Matches(/^\S+(?: \S+)*$/, { message: 'give contexts as the issuer names them, with one blank between' })
  externalAcr?: string;

  @Setting('CONCORDAT_EXTERNAL_ASKERS', 'whom that issuer may name: agency, office, learner, with commas between')
  @Matches(/^(?:agency|office|learner)(?:,(?:agency|office|learner))*$/, {
    message: 'give agency, office and learner, with commas between',
  })
  externalAskers = 'agency';

  @Setting('CONCORDAT_ROOT_KEY', 'root key, 32 bytes as base64url (default: made at first start, in root.key)', { secret: true })
  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]{43}$/, { message: 'rootKey must be 32 bytes as base64url (43 characters)' })
  rootKey?: string;

  @Setting('CONCORDAT_VERIFY_WORKERS', 'threads that check signatures (0: on the main thread)')
  @ToNumber()
  @Min(0)
  @Max(64)
  @IsInt()
  verifyWorkers = 2;

  @Setting('CONCORDAT_RATE_LIMIT', 'requests a minute of one agency, or from one address where nobody proves who sends, before it gets 429')
  @ToNumber()
  @Min(1)
  @IsInt()
  rateLimit = 600_000;

  @Setting(
    'CONCORDAT_TRUSTED_PROXIES',
    'whose X-Forwarded-For or Forwarded says where a request comes from: addresses and ranges with commas between, loopback, none',
  )
  @IsString()
  trustedProxies = 'loopback';

  @Setting('CONCORDAT_REQUEST_TIMEOUT', 'milliseconds within which a request must have arrived before it gets 408')
  @ToNumber()
  @Min(100)
  @IsInt()
  requestTimeout = 30_000;

  @Setting('CONCORDAT_MAX_CONNECTIONS', 'connections at once; further ones are closed at once')
  @ToNumber()
  @Min(1)
  @IsInt()
  maxConnections = 5000;

  @Setting('CONCORDAT_METRICS_PORT', 'TCP port for /metrics apart from all else, 0 for any (not set: it is answered on PORT)')
  @IsOptional()
  @ToNumber()
  @Min(0)
  @Max(65_535)
  @IsInt()
  metricsPort?: number;

  @Setting('CONCORDAT_METRICS_HOST', 'address for that port')
  @IsString()
  metricsHost = '127.0.0.1';

  @Setting('CONCORDAT_MAX_IN_FLIGHT', 'messages being judged at once before further ones get 503')
  @ToNumber()
  @Min(1)
  @IsInt()
  maxInFlight = 2000;

  @Setting('CONCORDAT_CACHED_LEARNERS', 'learners whose decision state is kept in memory')
  @ToNumber()
  @Min(100)
  @IsInt()
  cachedLearners = 100_000;

  @Setting('CONCORDAT_CACHE_MB', 'megabytes of memory for what was opened of learners’ records, and for the keys that open it')
  @ToNumber()
  @Min(8)
  @Max(65_536)
  @IsInt()
  cacheMb = 128;

  @Setting(
    'CONCORDAT_EVENTS_PER_LEARNER_DAY',
    'events of one agency about one learner in a day before further ones are rejected (too-large); as many again of consents, objections, restrictions and retractions',
  )
  @ToNumber()
  @Min(1)
  @IsInt()
  eventsPerLearnerDay = 1000;

  @Setting(
    'CONCORDAT_QUARANTINE_MAX_MB',
    'megabytes of what was refused that are kept in all: an eighth for each agency, and one for all that nobody can be held to',
  )
  @ToNumber()
  @Min(16)
  @Max(1_048_576)
  @IsInt()
  quarantineMaxMb = 256;

  @Setting('CONCORDAT_QUARANTINE_DAYS', 'days for which what was refused is kept')
  @ToNumber()
  @Min(1)
  @IsInt()
  quarantineDays = 30;

  @Setting('KAFKA_BROKERS', 'addresses of Kafka brokers, host:port, comma-separated; not set: no Kafka')
  @IsOptional()
  @Matches(/^[^\s,:]+:\d+(?:,[^\s,:]+:\d+)*$/, { message: 'kafkaBrokers must be host:port, several with commas between' })
  kafkaBrokers?: string;

  @Setting('KAFKA_CLIENT_ID', 'name by which Kafka knows this broker')
  @Matches(/^[\w.-]{1,100}$/, { message: 'kafkaClientId must be letters, digits, dots, hyphens and underscores' })
  kafkaClientId = 'concordat';

  @Setting('KAFKA_TOPIC_PREFIX', 'what names of topics and consumer groups begin with, as in concordat.in.<agency>')
  @Matches(/^[\w.-]{1,100}$/, { message: 'kafkaTopicPrefix must be letters, digits, dots, hyphens and underscores' })
  kafkaTopicPrefix = 'concordat';

  @Setting('KAFKA_SESSION_TIMEOUT', 'milliseconds after which Kafka gives the partitions of a broker that died to another')
  @ToNumber()
  @Min(1000)
  @Max(300_000)
  @IsInt()
  kafkaSessionTimeout = 6000;

  @Setting('KAFKA_CREATE_TOPICS', 'whether the topics of registered agencies are made where they are missing (true, false)')
  @IsIn(['true', 'false'])
  kafkaCreateTopics = 'true';

  @Setting('KAFKA_REPLICATION', 'copies of the topics that are made (-1: as the cluster has it by default)')
  @ToNumber()
  @Min(-1)
  @IsInt()
  kafkaReplication = -1;

  @Setting('KAFKA_SSL', 'whether Kafka is reached over TLS (true, false)')
  @IsIn(['true', 'false'])
  kafkaSsl = 'false';

  @Setting('KAFKA_SSL_CA', 'file with the certificates by which Kafka is trusted, PEM (default: those of the system)')
  @IsOptional()
  @IsString()
  kafkaSslCa?: string;

  @Setting('KAFKA_SSL_CERT', 'file with the certificate that this broker shows to Kafka, PEM')
  @IsOptional()
  @IsString()
  kafkaSslCert?: string;

  @Setting('KAFKA_SSL_KEY', 'file with the private key of that certificate, PEM')
  @IsOptional()
  @IsString()
  kafkaSslKey?: string;

  @Setting('KAFKA_SASL_MECHANISM', 'how this broker logs in to Kafka: plain, scram-sha-256 or scram-sha-512 (not set: it does not)')
  @IsOptional()
  @IsIn(['plain', 'scram-sha-256', 'scram-sha-512'])
  kafkaSaslMechanism?: string;

  @Setting('KAFKA_SASL_USERNAME', 'the name it logs in with')
  @IsOptional()
  @IsString()
  kafkaSaslUsername?: string;

  @Setting('KAFKA_SASL_PASSWORD', 'the password it logs in with', { secret: true })
  @IsOptional()
  @IsString()
  kafkaSaslPassword?: string;

  /** The issuer in force, also where it follows from the port. */
  get issuerUrl(): string {
    return this.issuer ?? `http://${this.host.includes(':') ? `[${this.host}]` : this.host}:${this.port}`;
  }
}

/** Wrong settings, one sentence each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export const parseConfig = (environment: Readonly<Record<string, string | undefined>>): BrokerConfig => {
  const given = [...settings].flatMap(([property, { variable }]) => {
    const value = environment[variable];
    return value === undefined || value === '' ? [] : [[property, value] as const];
  });
  const config = plainToInstance(BrokerConfig, Object.fromEntries(given), { exposeDefaultValues: true });
  const faults = validateSync(config, { stopAtFirstError: true }).flatMap(({ property, constraints }) => {
    const variable = settings.get(property)?.variable ?? property;
    return Object.values(constraints ?? {}).map((text) => `${variable} is wrong: ${text.replace(property, 'it')}.`);
  });
  faults.push(...disagreements(config));
  if (faults.length > 0) throw new ConfigError(faults.join('\n'));
  return config;
};
