// Settings that only make sense together.
import { logFaults } from './log-settings.ts';
import { settings, unknownProxies } from './setting.ts';

interface Together {
  readonly trustedProxies: string;
  readonly externalIssuer?: string;
  readonly externalJwks?: string;
  readonly store: 'sqlite' | 'kurrentdb';
  readonly kurrentdbUrl?: string;
  readonly kafkaSsl: string;
  readonly kafkaSslCa?: string;
  readonly kafkaSslCert?: string;
  readonly kafkaSslKey?: string;
  readonly kafkaSaslMechanism?: string;
  readonly kafkaSaslUsername?: string;
  readonly kafkaSaslPassword?: string;
}

/** What settings say that do not go together, one sentence each. */
export const disagreements = (config: Together): readonly string[] => {
  const { kafkaSslCa, kafkaSslCert, kafkaSslKey } = config;
  const together = ALL_OR_NONE.filter((group) => new Set(group.map((property) => config[property] === undefined)).size > 1);
  const files = [kafkaSslCa, kafkaSslCert, kafkaSslKey].some((file) => file !== undefined);
  return [
    ...together.map((group) => `${listed(group)} are set together or not at all.`),
    ...unknownProxies(config.trustedProxies),
    ...logFaults(config),
    ...(files && config.kafkaSsl === 'false' ? ['KAFKA_SSL_CA, KAFKA_SSL_CERT and KAFKA_SSL_KEY are set with KAFKA_SSL=true only.'] : []),
  ];
};

const ALL_OR_NONE: readonly (readonly (keyof Together)[])[] = [
  ['externalIssuer', 'externalJwks'],
  ['kafkaSslCert', 'kafkaSslKey'],
  ['kafkaSaslMechanism', 'kafkaSaslUsername', 'kafkaSaslPassword'],
];

const listed = (properties: readonly string[]): string => {
  const variables = properties.map((property) => settings.get(property)?.variable ?? property);
  return `${variables.slice(0, -1).join(', ')} and ${variables.at(-1) ?? ''}`;
};
