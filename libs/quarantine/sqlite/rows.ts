// An entry as its row says it.
import type { Quarantined, QuarantineEntry, QuarantineState } from '../quarantine.ts';

export interface Row {
  readonly id: number;
  readonly kind: Quarantined['kind'];
  readonly channel: string;
  readonly code: string;
  readonly says: string;
  readonly agency: string | null;
  readonly subject: string | null;
  readonly received_at: number;
  readonly state: QuarantineState;
  readonly outcome: string | null;
  readonly bytes: number;
  readonly origin: string | null;
  readonly cut: number;
}

export const COLUMNS = 'id, kind, channel, code, says, agency, subject, received_at, state, outcome, bytes, origin, cut';

const given = <Name extends string>(name: Name, value: string | null): { readonly [One in Name]?: string } =>
  (value === null ? {} : { [name]: value }) as { readonly [One in Name]?: string };

export const entryOf = (row: Row): QuarantineEntry => ({
  id: row.id,
  kind: row.kind,
  channel: row.channel,
  code: row.code,
  says: row.says,
  ...given('agency', row.agency),
  ...given('subject', row.subject),
  receivedAt: row.received_at,
  state: row.state,
  ...given('outcome', row.outcome),
  bytes: row.bytes,
  ...given('origin', row.origin),
  ...(row.cut === 0 ? {} : { cut: true as const }),
});
