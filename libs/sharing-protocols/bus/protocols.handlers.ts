// The register of protocols as commands and queries.
import { Command, type NoDetails, Query } from '#bus';
import { handling } from '#bus/nest';
import { type AgencySlug, type Clock, londonDate } from '#kernel';
import type { ProtocolDocument } from '../language.ts';
import type { ProtocolStopped, SentForSignature, VersionName } from '../lifecycle.events.ts';
import type { Examination, ProposalChange, ProposalRegister, SentProposal, WaitingProposal } from '../proposal-register.ts';
import type { ProtocolChange, ProtocolRegister, ProtocolVersion } from '../register.ts';
import type { PartyKeys } from '../register-signatures.ts';

export class DraftProtocol extends Command<ProtocolDocument, ProtocolChange> {}
export interface SentSignature {
  readonly jws: string;
  /** The version that it must name; absent: whichever it does. */
  readonly expected?: VersionName;
}

/** With a JWS as `signDocument` makes it. */
export class SignProtocol extends Command<SentSignature, ProtocolChange> {}
/** With a JWS as `signReview` makes it. */
export class ReviewProtocol extends Command<SentSignature, ProtocolChange> {}
/** With a JWS as `signLeave` makes it. */
export class LeaveProtocol extends Command<SentSignature, ProtocolChange> {}
export class SuspendProtocol extends Command<ProtocolStopped, ProtocolChange> {}
export class ResumeProtocol extends Command<ProtocolStopped, ProtocolChange> {}
export class EndProtocol extends Command<ProtocolStopped, ProtocolChange> {}

/** A party proposes a text for the next version. */
export class ProposeProtocol extends Command<SentProposal, ProposalChange> {}

export interface TextToExamine {
  /** YAML or JSON. */
  readonly document: string;
  /** That would propose it. */
  readonly agency: AgencySlug;
}

/** What would come of that. */
export class ExamineProposal extends Query<TextToExamine, Examination> {}

export interface ProposalSent extends Omit<SentForSignature, 'proposedBy'> {
  /** Of the text. */
  readonly digest: string;
}

/** An office sends what was proposed for signature. Undefined: nothing of that digest waits. */
export class SendProposal extends Command<ProposalSent, ProtocolChange | undefined> {}
/** Those that wait. */
export class ListProposals extends Query<NoDetails, readonly WaitingProposal[]> {}

/** Every version that was drafted, as it stands today. */
export class ListProtocols extends Query<NoDetails, readonly ProtocolVersion[]> {}

/** The registers, by which keys their parties are known, and what day it is. */
export class Protocols {
  readonly register: ProtocolRegister;
  readonly proposals: ProposalRegister;
  readonly keys: PartyKeys;
  readonly clock: Clock;

  constructor({ register, proposals }: Pick<Protocols, 'register' | 'proposals'>, keys: PartyKeys, clock: Clock) {
    this.register = register;
    this.proposals = proposals;
    this.keys = keys;
    this.clock = clock;
  }
}

export const protocolHandlers = [
  handling(DraftProtocol, Protocols, ({ register }, document) => register.draft(document)),
  handling(SignProtocol, Protocols, ({ register, keys }, { jws, expected }) => register.sign(jws, keys, expected)),
  handling(ReviewProtocol, Protocols, ({ register, keys }, { jws, expected }) => register.review(jws, keys, expected)),
  handling(LeaveProtocol, Protocols, ({ register, keys }, { jws, expected }) => register.leaveSigned(jws, keys, expected)),
  handling(SuspendProtocol, Protocols, ({ register }, stopped) => register.suspend(stopped)),
  handling(ResumeProtocol, Protocols, ({ register }, stopped) => register.resume(stopped)),
  handling(EndProtocol, Protocols, ({ register }, stopped) => register.end(stopped)),
  handling(ProposeProtocol, Protocols, ({ proposals, keys }, sent) => proposals.propose(sent, keys)),
  handling(ExamineProposal, Protocols, ({ proposals }, { document, agency }) => proposals.examine(document, agency)),
  handling(SendProposal, Protocols, ({ proposals }, { digest, ...sent }) => proposals.send(digest, sent)),
  handling(ListProposals, Protocols, ({ proposals }) => proposals.waiting()),
  handling(ListProtocols, Protocols, async ({ register, clock }) => register.versions(londonDate(clock.now()))),
];
