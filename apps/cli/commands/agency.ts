import type { Command } from 'commander';
import type { AgencyChange, AgencyFinding, KeyToRegister, KeyUse } from '#agencies';
import type { Command as Asked } from '#bus';
import type * as commands from '#agencies/bus';
import type { AgencyListed } from '#agencies/bus';
import type { Role } from '#catalogue';
import { Complaint } from '../complaint.ts';
import type { Context } from '../context.ts';
import { type Opening, withUseCases } from '../data-directory.ts';
import { durationOf, reasonOf, thumbprintIn, withReason } from '../option-values.ts';
import { readJwk } from '../input-files.ts';

// Changes the register of agencies for a command, and tells what was done.

export interface Change {
  readonly command: Asked<unknown, AgencyChange>;
  readonly says: string;
  /** Where it was so already. */
  readonly unchanged: string;
}

const change = async (context: Context, { command, says, unchanged }: Change, opening: Opening = {}): Promise<void> => {
  const changed = await withUseCases(context, (ask) => ask(command), opening);
  if (!changed.ok) throw new Complaint(changed.error.says);
  context.terminal.line(changed.value.length === 0 ? unchanged : says);
};

const addAgencyLint = (agency: Command, context: Context): void => {
  agency
    .command('lint')
    .description('check the register: claims that overlap, districts without effect, legal entities; exit code 1 where something is wrong')
    .option('--json', 'as JSON')
    .action(async ({ json }: { readonly json?: true }) => {
      const { LintAgencies } = await import('#agencies/bus');
      const findings = await withUseCases(context, (ask) => ask(new LintAgencies({})));
      tell(context, findings, json);
      const errors = findings.filter(({ severity }) => severity === 'error').length;
      if (errors > 0) throw new Complaint(`${errors} ${errors === 1 ? 'error' : 'errors'} in the register of agencies.`);
    });
};

const tell = ({ terminal }: Context, findings: readonly AgencyFinding[], json?: true): void => {
  if (json) terminal.json(findings);
  else terminal.lines(findings.length === 0 ? ['The register is clean.'] : findings.map(lineOf));
};

const lineOf = ({ severity, rule, agencies, says }: AgencyFinding): string => `${agencies.join(', ')}: ${severity}: ${says} (${rule})`;

interface Part {
  readonly command: string;
  readonly description: string;
  readonly of: (all: typeof commands) => new (details: { readonly slug: string; readonly reason: string }) => Asked<unknown, AgencyChange>;
  readonly says: (slug: string) => string;
  readonly unchanged: (slug: string) => string;
}

const PARTS: readonly Part[] = [
  {
    command: 'suspend',
    description: 'from now on it contributes nothing and is shown nothing, until it is readmitted; what it said stays as recorded',
    of: ({ SuspendAgency }) => SuspendAgency,
    says: (slug) => `${slug} is suspended: it contributes nothing and is shown nothing until it is readmitted.`,
    unchanged: (slug) => `${slug} was suspended already.`,
  },
  {
    command: 'end',
    description: 'let it go: as suspended, for good; what it said stays as recorded',
    of: ({ EndAgency }) => EndAgency,
    says: (slug) => `${slug} is let go: it contributes nothing and is shown nothing any more.`,
    unchanged: (slug) => `${slug} was let go already.`,
  },
  {
    command: 'readmit',
    description: 'let one that was suspended or let go take part again; it needs a signing key in force',
    of: ({ ReadmitAgency }) => ReadmitAgency,
    says: (slug) => `${slug} takes part again.`,
    unchanged: (slug) => `${slug} takes part already.`,
  },
];

const addAgencyPart = (agency: Command, context: Context): void => {
  for (const { command, description, of, says, unchanged } of PARTS) {
    withReason(agency.command(command).description(description).argument('<slug>')).action(
      async (slug: string, options: { readonly reason: string }) => {
        const reason = reasonOf(options);
        const Wanted = of(await import('#agencies/bus'));
        await change(context, { command: new Wanted({ slug, reason }), says: says(slug), unchanged: unchanged(slug) });
      },
    );
  }
};

interface AddOptions {
  readonly slug: string;
  readonly role: readonly string[];
  readonly name: string;
  readonly district: readonly string[];
  readonly entity?: string;
  readonly signingKey: string;
  readonly encryptionKey?: string;
}

interface RotateOptions {
  readonly signingKey: string;
  readonly overlap: string;
}

const collect = (word: string, words: readonly string[]): readonly string[] => [...words, word];

export const addAgencyCommands = (program: Command, context: Context): void => {
  const agency = program.command('agency').description('the agencies of the partnership and their keys');
  agency
    .command('add')
    .description('register an agency with its keys, or change what is said of it')
    .requiredOption('--slug <slug>', 'its short name, as in urn:concordat:agency:<slug>')
    .requiredOption('--role <role>', 'a role that it holds; may be given several times', collect, [])
    .requiredOption('--name <name>', 'its name for people')
    .option('--district <prefix>', 'a district of its area, as WV1 or "WV14 8"; may be given several times', collect, [])
    .option('--entity <slug>', 'its legal entity: agencies of one entity count as one')
    .requiredOption('--signing-key <file>', 'its public signing key, a JWK')
    .option('--encryption-key <file>', 'its public encryption key, a JWK')
    .action(async (options: AddOptions) => add(context, options));
  agency
    .command('rotate')
    .description("register a new signing key; the agency's others end after an overlap")
    .argument('<slug>')
    .requiredOption('--signing-key <file>', 'the new public signing key, a JWK')
    .option('--overlap <duration>', 'how long the present keys stay in force', 'P7D')
    .action(async (slug: string, options: RotateOptions) => rotate(context, slug, options));
  agency
    .command('revoke')
    .description('end a key at once')
    .argument('<slug>')
    .argument('<kid>', 'its thumbprint, as `agency list` shows it', thumbprintIn)
    .requiredOption('--reason <text>', 'why')
    .action(async (slug: string, kid: string, { reason }: { readonly reason: string }) => revoke(context, { slug, kid, reason }));
  addAgencyPart(agency, context);
  agency
    .command('list')
    .description('all agencies: whether they take part, and the keys that are in force')
    .option('--json', 'as JSON')
    .action(async ({ json }: { readonly json?: true }) => list(context, json));
  addAgencyLint(agency, context);
};

/** Whatever is wrong with a key, the register says. */
const publicKeyIn = (file: string, use: KeyUse): KeyToRegister => ({ use, jwk: readJwk(file) });

const add = async (context: Context, { slug, role, name, district, entity, signingKey, encryptionKey }: AddOptions): Promise<void> => {
  const keys = [publicKeyIn(signingKey, 'sig'), ...(encryptionKey === undefined ? [] : [publicKeyIn(encryptionKey, 'enc')])];
  const agency = { slug, name, roles: role as readonly Role[], districts: district, ...(entity === undefined ? {} : { entity }) };
  const { RegisterAgency } = await import('#agencies/bus');
  const command = new RegisterAgency({ agency, keys });
  await change(context, { command, says: `${slug} is registered.`, unchanged: `${slug} was registered so already.` }, { create: true });
};

const rotate = async (context: Context, slug: string, { signingKey, overlap }: RotateOptions): Promise<void> => {
  const key = { ...publicKeyIn(signingKey, 'sig'), overlap: durationOf(overlap) };
  const { RegisterAgencyKey } = await import('#agencies/bus');
  await change(context, {
    command: new RegisterAgencyKey({ slug, key }),
    says: `${slug} has a new signing key; its others end after ${overlap}.`,
    unchanged: `${slug} has this key already.`,
  });
};

interface ToRevoke {
  readonly slug: string;
  readonly kid: string;
  readonly reason: string;
}

const revoke = async (context: Context, asked: ToRevoke): Promise<void> => {
  const { RevokeAgencyKey } = await import('#agencies/bus');
  await change(context, {
    command: new RevokeAgencyKey(asked),
    says: `Key ${asked.kid} of ${asked.slug} is revoked.`,
    unchanged: `Key ${asked.kid} was revoked already.`,
  });
};

const list = async (context: Context, json?: true): Promise<void> => {
  const { terminal } = context;
  const { ListAgencies } = await import('#agencies/bus');
  const all = await withUseCases(context, (ask) => ask(new ListAgencies({})));
  if (json) return terminal.json(all.map(({ agency, state }) => ({ ...agency, state })));
  return terminal.table(
    ['slug', 'roles', 'districts', 'entity', 'name', 'state', 'use', 'key in force', 'until'],
    all.flatMap(rowsOf),
    'No agency is registered.',
  );
};

/** A line a key; what is said of the agency stands on the first. */
const rowsOf = ({ agency, state, keysInForce }: AgencyListed): readonly (readonly string[])[] => {
  const { slug, roles, districts, entity, name } = agency;
  const about = [slug, roles.join(' '), districts.join(', '), entity ?? '', name, state];
  if (keysInForce.length === 0) return [[...about, 'none']];
  return keysInForce.map(({ use, kid, until }, place) => [
    ...(place === 0 ? about : about.map(() => '')),
    use,
    kid,
    until === undefined ? '' : new Date(until).toISOString(),
  ]);
};
