// How Kafka is reached. Parsed once by the app (house rule 5); nothing here reads the environment or a file.

export interface KafkaTls {
  /** Certificates that Kafka's is checked against, PEM. Default: those of the system. */
  readonly ca?: string;
  /** This client's own certificate and private key, PEM: both or neither. */
  readonly cert?: string;
  readonly key?: string;
}

interface Login<Mechanism extends string> {
  readonly mechanism: Mechanism;
  readonly username: string;
  readonly password: string;
}

export type KafkaLogin = Login<'plain'> | Login<'scram-sha-256'> | Login<'scram-sha-512'>;

export interface KafkaSettings {
  /** `host:port` of one broker or more. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly ssl?: KafkaTls;
  readonly sasl?: KafkaLogin;
  /** What names of topics and groups begin with. */
  readonly topicPrefix: string;
}
