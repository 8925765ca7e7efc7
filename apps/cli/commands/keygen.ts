import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { type EncryptionCurve, generateEncryptionKey, generateSigningKey, type KeyPair, type SigningAlgorithm } from '#client';
import { Complaint } from '../complaint.ts';
import type { Context } from '../context.ts';

interface Options {
  readonly alg: SigningAlgorithm;
  readonly enc: EncryptionCurve;
  readonly out: string;
}

const USES = ['signing', 'encryption'] as const;
const PRIVATE = 0o600;

export const addKeygenCommand = (program: Command, context: Context): void => {
  program
    .command('keygen')
    .description("make an agency's key pairs, to sign its events and to receive its feed, as JWK files")
    .addOption(new Option('--alg <algorithm>', 'to sign with').choices(['EdDSA', 'ES256']).default('EdDSA'))
    .addOption(new Option('--enc <curve>', 'to receive with').choices(['X25519', 'P-256']).default('X25519'))
    .requiredOption('--out <directory>', 'where to write the four files')
    .action(async ({ alg, enc, out }: Options) => {
      const files = filesIn(out);
      const taken = Object.values(files)
        .flatMap(({ privateFile, publicFile }) => [privateFile, publicFile])
        .find((file) => existsSync(file));
      if (taken !== undefined) throw new Complaint(`${taken} exists already: a key is never overwritten.`);
      mkdirSync(out, { recursive: true, mode: 0o700 });
      const pairs = { signing: await generateSigningKey(alg), encryption: await generateEncryptionKey(enc) };
      for (const use of USES) write(files[use], pairs[use]);
      tell(context, files, pairs);
    });
};

interface Files {
  readonly privateFile: string;
  readonly publicFile: string;
}

const filesIn = (directory: string): Readonly<Record<(typeof USES)[number], Files>> => {
  const of = (use: string): Files => ({
    privateFile: join(directory, `${use}-private.json`),
    publicFile: join(directory, `${use}-public.json`),
  });
  return { signing: of('signing'), encryption: of('encryption') };
};

const write = ({ privateFile, publicFile }: Files, { privateJwk, publicJwk }: KeyPair): void => {
  writeFileSync(privateFile, `${JSON.stringify(privateJwk, null, 2)}\n`, { mode: PRIVATE, flag: 'wx' });
  writeFileSync(publicFile, `${JSON.stringify(publicJwk, null, 2)}\n`, { mode: PRIVATE, flag: 'wx' });
};

const tell = ({ terminal }: Context, files: ReturnType<typeof filesIn>, pairs: Readonly<Record<(typeof USES)[number], KeyPair>>): void => {
  for (const use of USES) {
    terminal.line(`${use} key ${pairs[use].kid}`);
    terminal.line(`  private, for you alone: ${files[use].privateFile}`);
    terminal.line(`  public, to register:    ${files[use].publicFile}`);
    terminal.line(`  ${JSON.stringify(pairs[use].publicJwk)}`);
  }
};
