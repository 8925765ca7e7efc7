import type { Command } from 'commander';
import { signingKeyOf } from '#client';
import { signLeave } from '#sharing-protocols';
import { Complaint } from '../complaint.ts';
import type { Context } from '../context.ts';
import { withUseCases } from '../data-directory.ts';
import { readJwk } from '../input-files.ts';
import { secondsNow } from '../partnership/sign-protocols.ts';
import { versionNamed } from '../protocol/versions.ts';

interface Options {
  readonly agency: string;
  readonly key: string;
}

export const addProtocolLeave = (protocol: Command, context: Context): void => {
  protocol
    .command('leave')
    .description('leave a protocol for an agency, whatever its version: nothing flows to or from it under that any more')
    .argument('<protocol>', 'as e2e-passport@1; without a version, the one that is in use')
    .requiredOption('--agency <slug>', 'who leaves')
    .requiredOption('--key <file>', 'its private signing key, a JWK; it is not kept')
    .action(async (named: string, { agency, key }: Options) => {
      const jwk = readJwk(key);
      const { alg, kid } = await signingKeyOf(jwk);
      const { LeaveProtocol, ListProtocols } = await import('#sharing-protocols/bus');
      await withUseCases(context, async (ask) => {
        const { document, ...expected } = versionNamed(named, await ask(new ListProtocols({})));
        const jws = await signLeave(document, { jwk, alg, kid }, secondsNow());
        const change = await ask(new LeaveProtocol({ jws, expected }));
        if (!change.ok) throw new Complaint(`${agency} cannot leave ${document.id}: ${change.error.says}`);
        const now = versionNamed(`${document.id}@${document.version}`, await ask(new ListProtocols({})));
        context.terminal.line(`${agency} has left ${document.id}, which is ${now.status} for the others.`);
      });
    });
};
