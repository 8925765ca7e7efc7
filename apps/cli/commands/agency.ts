import type { Command } from 'commander';
import type { KeyToRegister, KeyUse } from '#agencies';
import type { AgencyListed } from '#agencies/bus';
import type { Role } from '#catalogue';
import { change } from '../agency-change.ts';
import type { Context } from '../context.ts';
import { withUseCases } from '../data-directory.ts';
import { durationOf } from '../durations.ts';
import { readJwk } from '../input-files.ts';
import { thumbprintIn } from '../thumbprint-word.ts';
import { addAgencyLint } from './agency-lint.ts';
import { addAgencyPart } from './agency-part.ts';

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
