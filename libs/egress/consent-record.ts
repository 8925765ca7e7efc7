// A consent as a record that travels by itself: the parts that ISO/IEC TS 27560:2023 names, signed by the broker (console.md, 4.1; ADR 59).
import { CompactSign } from 'jose';
import type { BrokerIdentity } from '#access';
import type { ConsentLife, LearnerAudited } from '#disclosure';
import type { Instant, Position } from '#kernel';

const time = (at: Instant): string => new Date(at).toISOString();

/** ISO 27560, `event_type`: what a word of Concordat's is there. */
const TYPES: Readonly<Record<string, string>> = {
  given: 'consent_given',
  confirmed: 'consent_reaffirmed',
  renewed: 'consent_reaffirmed',
  refused: 'consent_refused',
  withdrawn: 'consent_withdrawn',
  paused: 'consent_suspended',
  resumed: 'consent_resumed',
};

interface Told {
  readonly life: ConsentLife & LearnerAudited;
  /** Of the look by which it was told. */
  readonly position: Position;
  readonly at: Instant;
}

/** `pii_principal_id` is the pseudonym under which whoever asked knows the learner; of evidence it says only whether there is any. */
export const consentRecordOf = (issuer: string, { life, position, at }: Told): object => ({
  schema_version: 'ISO/IEC TS 27560:2023',
  record_id: `${issuer}/consents/${life.id}`,
  pii_principal_id: life.learner,
  issued_by: issuer,
  issued_at: time(at),
  log_position: String(position),
  pii_processing: {
    ...(life.notice && { privacy_notice: `${life.notice.id}, version ${life.notice.version}`, language: life.notice.language }),
    purposes: life.purposes.map((purpose) => ({
      purpose,
      lawful_basis: 'consent',
      pii_information: life.categories.map((pii_type) => ({ pii_type })),
      recipient_third_parties: life.recipients,
      agreement: life.protocol,
    })),
    collection_method: life.method ?? 'unknown',
    evidence_held: life.evidence,
    valid_from: life.validFrom,
    ...(life.expires !== undefined && { valid_until: life.expires }),
  },
  party_identification: { pii_controller: life.capturedBy },
  consent_events: life.steps.map(({ kind, at: taken, saidAt, by, capturedBy, position: place }) => ({
    event_time: time(saidAt),
    recorded_time: time(taken),
    event_type: TYPES[kind] ?? kind,
    log_position: String(place),
    ...(by !== undefined && { stated_by: by }),
    ...(capturedBy !== undefined && { entity_id: capturedBy }),
  })),
  event_state: life.status,
});

export class ConsentRecords {
  readonly #identity: BrokerIdentity;

  constructor(identity: BrokerIdentity) {
    this.#identity = identity;
  }

  /** JWS compact over the record; the key is published at /.well-known/jwks.json. */
  async sign(told: Told): Promise<string> {
    const { issuer, privateKey, publicJwk } = this.#identity;
    return new CompactSign(Buffer.from(JSON.stringify(consentRecordOf(issuer, told))))
      .setProtectedHeader({ alg: 'EdDSA', kid: publicJwk.kid, cty: 'json', typ: 'concordat-consent-record+jws' })
      .sign(privateKey);
  }
}
