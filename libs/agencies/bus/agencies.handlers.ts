// The operator's register of agencies as commands and queries.
import { Command, type NoDetails, Query } from '#bus';
import { handling } from '#bus/nest';
import type { AgencySlug } from '#kernel';
import type { AgencyRegistered } from '../agencies.events.ts';
import { type Agency, type AgencyKey, type AgencyState, stateOf } from '../agencies.ts';
import { type AgencyFinding, lintAgencies } from '../agency-lint.ts';
import { type AgencyChange, AgencyRegister, type KeyToRegister } from '../agency-register.ts';

/** With its keys, or what is said of it anew. */
export class RegisterAgency extends Command<{ readonly agency: AgencyRegistered; readonly keys: readonly KeyToRegister[] }, AgencyChange> {}
export class RegisterAgencyKey extends Command<{ readonly slug: AgencySlug; readonly key: KeyToRegister }, AgencyChange> {}
export class RevokeAgencyKey extends Command<{ readonly slug: AgencySlug; readonly kid: string; readonly reason: string }, AgencyChange> {}

type Part = { readonly slug: AgencySlug; readonly reason: string };

export class SuspendAgency extends Command<Part, AgencyChange> {}
export class EndAgency extends Command<Part, AgencyChange> {}
export class ReadmitAgency extends Command<Part, AgencyChange> {}

export interface AgencyListed {
  readonly agency: Agency;
  readonly state: AgencyState;
  /** Signing keys first. */
  readonly keysInForce: readonly AgencyKey[];
}

export class ListAgencies extends Query<NoDetails, readonly AgencyListed[]> {}
export class LintAgencies extends Query<NoDetails, readonly AgencyFinding[]> {}

const listed = (register: AgencyRegister): readonly AgencyListed[] =>
  register.list().map((agency) => ({
    agency,
    state: stateOf(agency),
    keysInForce: [...register.keysInForce(agency.slug, 'sig'), ...register.keysInForce(agency.slug, 'enc')],
  }));

export const agencyHandlers = [
  handling(RegisterAgency, AgencyRegister, (register, { agency, keys }) => register.register(agency, keys)),
  handling(RegisterAgencyKey, AgencyRegister, (register, { slug, key }) => register.registerKey(slug, key)),
  handling(RevokeAgencyKey, AgencyRegister, (register, { slug, kid, reason }) => register.revokeKey(slug, kid, reason)),
  handling(SuspendAgency, AgencyRegister, (register, { slug, reason }) => register.suspend(slug, reason)),
  handling(EndAgency, AgencyRegister, (register, { slug, reason }) => register.end(slug, reason)),
  handling(ReadmitAgency, AgencyRegister, (register, { slug, reason }) => register.readmit(slug, reason)),
  handling(ListAgencies, AgencyRegister, async (register) => listed(register)),
  handling(LintAgencies, AgencyRegister, async (register) => lintAgencies(register.list())),
];
