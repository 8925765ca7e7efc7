// The register of protocols as commands.
import { Command } from '#bus';
import { handling } from '#bus/nest';
import type { ProtocolDocument } from '../language.ts';
import type { ProtocolStopped } from '../lifecycle.events.ts';
import type { ProtocolRegister } from '../register.ts';
import type { ProtocolChange } from '../register.ts';
import type { PartyKeys } from '../register-signatures.ts';

export class DraftProtocol extends Command<ProtocolDocument, ProtocolChange> {}
/** `jws` as `signDocument` makes it. */
export class SignProtocol extends Command<{ readonly jws: string }, ProtocolChange> {}
export class SuspendProtocol extends Command<ProtocolStopped, ProtocolChange> {}
export class ResumeProtocol extends Command<ProtocolStopped, ProtocolChange> {}
export class EndProtocol extends Command<ProtocolStopped, ProtocolChange> {}

/** The register, and by which keys its parties are known. */
export class Protocols {
  readonly register: ProtocolRegister;
  readonly keys: PartyKeys;

  constructor(register: ProtocolRegister, keys: PartyKeys) {
    this.register = register;
    this.keys = keys;
  }
}

export const protocolHandlers = [
  handling(DraftProtocol, Protocols, ({ register }, document) => register.draft(document)),
  handling(SignProtocol, Protocols, ({ register, keys }, { jws }) => register.sign(jws, keys)),
  handling(SuspendProtocol, Protocols, ({ register }, stopped) => register.suspend(stopped)),
  handling(ResumeProtocol, Protocols, ({ register }, stopped) => register.resume(stopped)),
  handling(EndProtocol, Protocols, ({ register }, stopped) => register.end(stopped)),
];
