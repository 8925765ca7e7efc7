import type { Command } from 'commander';
import { signingKeyOf } from '#client';
import { signReview } from '#sharing-protocols';
import { Complaint } from '../complaint.ts';
import type { Context } from '../context.ts';
import { withUseCases } from '../data-directory.ts';
import { readJwk } from '../input-files.ts';
import { dayOption } from '../option-values.ts';
import { secondsNow } from '../partnership/sign-protocols.ts';
import { versionNamed } from '../protocol/versions.ts';

interface Options {
  readonly agency: string;
  readonly key: string;
  readonly until: string;
}

export const addProtocolReview = (protocol: Command, context: Context): void => {
  protocol
    .command('review')
    .description('re-affirm a protocol for an agency: the text stands, and binds it until another day')
    .argument('<protocol>', 'as e2e-passport@1; without a version, the one that is in use')
    .requiredOption('--agency <slug>', 'who re-affirms')
    .requiredOption('--key <file>', 'its private signing key, a JWK; it is not kept')
    .requiredOption('--until <day>', 'when it is to be reviewed next, at most 366 days ahead')
    .action(async (named: string, { agency, key, until }: Options) => {
      const nextReviewDue = dayOption(until);
      const jwk = readJwk(key);
      const { alg, kid } = await signingKeyOf(jwk);
      const { ListProtocols, ReviewProtocol } = await import('#sharing-protocols/bus');
      await withUseCases(context, async (ask) => {
        const { document, ...expected } = versionNamed(named, await ask(new ListProtocols({})));
        const name = `${expected.protocol}@${expected.version}`;
        const jws = await signReview(document, nextReviewDue, { jwk, alg, kid }, secondsNow());
        const change = await ask(new ReviewProtocol({ jws, expected }));
        if (!change.ok) throw new Complaint(`${agency} cannot re-affirm ${name}: ${change.error.says}`);
        const now = versionNamed(name, await ask(new ListProtocols({})));
        context.terminal.line(`${agency} is bound by ${name} until ${nextReviewDue}. Its review is due on ${now.reviewDue}.`);
      });
    });
};
