import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AgencyRegister, type PublicJwk, thumbprintOf } from '#agencies';
import type { Role } from '#catalogue';
import { MemoryEventStore } from '#event-store/memory';
import { fixedClock } from '#kernel';
import { lifecycleOf } from './fixtures/lifecycle-of.ts';
import { smallFlow, smallProtocol } from './fixtures/small-protocol.ts';
import type { ProtocolDocument } from './language.ts';
import type { LifecycleEvent } from './lifecycle.events.ts';
import { formFaults } from './parse-schema.ts';
import { ProposalRegister } from './proposal-register.ts';
import { evolveProposals, initialProposals, type ProposalEvent, PROPOSALS_STREAM } from './proposals.ts';
import { ProtocolRegister } from './register.ts';
import { digestOf, type PrivateKey, signDocument, signProposal } from './register-signatures.ts';

const clock = fixedClock(Date.parse('2024-10-01T12:00:00Z'));
const TODAY = '2024-10-01';

const keyPair = (): { readonly key: PrivateKey; readonly jwk: PublicJwk } => {
  const pair = generateKeyPairSync('ed25519');
  const jwk = pair.publicKey.export({ format: 'jwk' }) as unknown as PublicJwk;
  return { key: { jwk: pair.privateKey.export({ format: 'jwk' }), alg: 'EdDSA', kid: thumbprintOf(jwk) }, jwk };
};
const [cx, trainer, stranger, unknown] = [keyPair(), keyPair(), keyPair(), keyPair()];

let store: MemoryEventStore;
let agencies: AgencyRegister;
let protocols: ProtocolRegister;
let register: ProposalRegister;

beforeEach(async () => {
  store = new MemoryEventStore({ clock });
  agencies = await AgencyRegister.open(store, clock);
  const add = async (slug: string, role: Role, jwk: PublicJwk): Promise<unknown> =>
    agencies.register({ slug, name: slug, roles: [role], districts: [] }, [{ use: 'sig', jwk }]);
  await add('cx', 'connexions', cx.jwk);
  await add('trainer', 'provider', trainer.jwk);
  await add('stranger', 'provider', stranger.jwk);
  protocols = await ProtocolRegister.open(store, clock);
  await protocols.draft(smallProtocol);
  for (const { key } of [cx, trainer]) await protocols.sign(await signDocument(smallProtocol, key), agencies);
  register = await ProposalRegister.open(store, clock, { protocols });
});

const next: ProtocolDocument = { ...smallProtocol, version: 2, why: 'A young person who stays away for long is about to leave.' };
const reworded = (why: string): ProtocolDocument => ({ ...next, why });

const propose = async (document: ProtocolDocument, key: PrivateKey, iat?: number): Promise<string> => {
  const statement = await signProposal(document, key, iat);
  return code(await register.propose({ document: JSON.stringify(document), statement }, agencies));
};
type Change = Awaited<ReturnType<ProposalRegister['propose']>>;
const code = (change: Change): string => (change.ok ? `recorded ${change.value.positions.length}` : change.error.code);
const waiting = async (): Promise<readonly string[]> =>
  (await register.waiting()).map(({ agency, document }) => `${agency}: ${document.why}`);
const SENT = { by: 'operator:dpo-partnership', staff: 'olu' };

describe('a proposal', () => {
  it('of a party waits, and changes nothing of what is in force, nor can it be signed', async () => {
    const before = protocols.inForce(TODAY);
    expect(await propose(next, cx.key)).toBe('recorded 1');
    expect(await waiting()).toEqual([`cx: ${next.why}`]);
    expect(protocols.inForce(TODAY)).toEqual(before);
    expect(protocols.versions(TODAY).map(({ version, status }) => [version, status])).toEqual([[1, 'in-force']]);
    const signed = await protocols.sign(await signDocument(next, cx.key), agencies);
    expect(signed.ok ? 'signed' : signed.error.code).toBe('unknown-protocol');
  });

  it('is recorded once, and takes the place of what the same party proposed before', async () => {
    expect(await propose(next, cx.key)).toBe('recorded 1');
    expect(await propose(next, cx.key)).toBe('recorded 0');
    expect(await propose(reworded('Another.'), trainer.key)).toBe('recorded 1');
    expect(await propose(reworded('Better.'), cx.key)).toBe('recorded 1');
    expect(await waiting()).toEqual(['trainer: Another.', 'cx: Better.']);
  });

  it('that was replaced is not brought back by whoever read it', async () => {
    const statement = await signProposal(next, cx.key);
    await register.propose({ document: JSON.stringify(next), statement }, agencies);
    await propose(reworded('Better.'), cx.key);
    expect(code(await register.propose({ document: JSON.stringify(next), statement }, agencies))).toBe('signature-used');
    expect(await waiting()).toEqual(['cx: Better.']);
    expect(await propose(next, cx.key, 1_727_784_000)).toBe('recorded 1');
  });

  it('is in nobody’s name but that of whoever signed it', async () => {
    expect(await propose(next, unknown.key)).toBe('signature-invalid');
    const statement = await signDocument(next, cx.key);
    expect(code(await register.propose({ document: JSON.stringify(next), statement }, agencies))).toBe('signature-invalid');
    const other = await signProposal(next, cx.key);
    expect(code(await register.propose({ document: JSON.stringify(reworded('Worse.')), statement: other }, agencies))).toBe(
      'digest-differs',
    );
    const renamed = JSON.stringify({ ...next, id: 'attendances' });
    expect(code(await register.propose({ document: renamed, statement: other }, agencies))).toBe('names-another');
    expect(await waiting()).toEqual([]);
  });

  it('comes from a party alone', async () => {
    expect(await propose(next, stranger.key)).toBe('not-a-party');
    await protocols.leave('attendance', 'trainer');
    expect(await propose(next, trainer.key)).toBe('not-a-party');
    expect(await propose({ ...next, id: 'nothing' }, cx.key)).toBe('unknown-protocol');
  });

  it('is for the next version, keeps whoever must sign, and is fit to be drafted', async () => {
    expect(await propose({ ...next, version: 3 }, cx.key)).toBe('version-not-next');
    expect(await propose(smallProtocol, cx.key)).toBe('version-not-next');
    const parties = next.parties.map((party) => (party.role === 'connexions' ? { ...party, mustSign: false } : party));
    expect(await propose({ ...next, parties }, trainer.key)).toBe('signers-dropped');
    const own = next.parties.map((party) => (party.role === 'provider' ? { ...party, agencies: ['trainer'] } : party));
    expect(await propose({ ...next, parties: own }, trainer.key)).toBe('signers-dropped');
    const faulty = { ...next, flows: [{ ...smallFlow, for: ['sell-it'] }] } as unknown as ProtocolDocument;
    expect(await propose(faulty, cx.key)).toBe('protocol-faulty');
    const unreadable = { document: 'a: [', statement: await signProposal(next, cx.key) };
    expect(code(await register.propose(unreadable, agencies))).toBe('protocol-faulty');
  });

  it('of one party for one version is one of ten at most', async () => {
    for (let n = 1; n <= 10; n++) expect(await propose(reworded(`Text ${n}.`), cx.key)).toBe('recorded 1');
    expect(await propose(reworded('Text 11.'), cx.key)).toBe('too-many-proposals');
    expect(await propose(next, trainer.key)).toBe('recorded 1');
  });

  it('of who left is there no more', async () => {
    await propose(next, trainer.key);
    await protocols.leave('attendance', 'trainer');
    expect(await waiting()).toEqual([]);
  });
});

describe('a text that is looked at before anybody signs it', () => {
  const examined = async (document: ProtocolDocument | string, agency = 'cx'): Promise<unknown> => {
    const told = await register.examine(typeof document === 'string' ? document : JSON.stringify(document), agency);
    return told.ok ? { digest: told.value.digest, against: told.value.against.version, waits: told.value.waits } : told.error.code;
  };

  it('is told with its digest and what it would replace, and whether it waits already; nothing is recorded', async () => {
    expect(await examined(next)).toEqual({ digest: digestOf(next), against: 1, waits: false });
    const head = await store.head();
    expect([await examined(next), await waiting(), await store.head()]).toEqual([expect.anything(), [], head]);
    await propose(next, cx.key);
    expect(await examined(next)).toMatchObject({ waits: true });
    expect(await examined(next, 'trainer')).toMatchObject({ waits: false });
  });

  it('is refused as it would be if it were sent', async () => {
    expect(await examined(next, 'stranger')).toBe('not-a-party');
    expect(await examined({ ...next, version: 3 })).toBe('version-not-next');
    expect(await examined({ ...next, id: 'nothing' })).toBe('unknown-protocol');
    const parties = next.parties.map((party) => (party.role === 'connexions' ? { ...party, mustSign: false } : party));
    expect(await examined({ ...next, parties }, 'trainer')).toBe('signers-dropped');
    expect(await examined('a: [')).toBe('protocol-faulty');
    for (let n = 1; n <= 10; n++) await propose(reworded(`Text ${n}.`), cx.key);
    expect(await examined(reworded('Text 11.'))).toBe('too-many-proposals');
  });
});

describe('a proposal that is sent for signature', () => {
  it('is drafted, says by whom, and the others for that version lapse; what is in force goes on until all have signed', async () => {
    await propose(next, cx.key);
    await propose(reworded('Another.'), trainer.key);
    expect(await register.send(digestOf(next), SENT)).toMatchObject({ ok: true, value: [expect.any(Number)] });
    expect(await waiting()).toEqual([]);
    expect(protocols.versions(TODAY).map(({ version, status }) => [version, status])).toEqual([
      [1, 'in-force'],
      [2, 'drafted'],
    ]);
    const [drafted] = await store.readAll({ direction: 'backwards', limit: 1 });
    expect(drafted?.meta.actor).toBe('operator:dpo-partnership');
    expect(JSON.parse(Buffer.from(drafted?.payload ?? []).toString())).toMatchObject({ sent: { proposedBy: 'cx', ...SENT } });
    await protocols.sign(await signDocument(next, cx.key), agencies);
    expect(protocols.inForce(TODAY).map(({ document }) => document.version)).toEqual([1]);
    await protocols.sign(await signDocument(next, trainer.key), agencies);
    expect(protocols.inForce(TODAY).map(({ document }) => document.version)).toEqual([2]);
  });

  it('is sent once; what nobody proposed, or was replaced, is not there', async () => {
    await propose(next, cx.key);
    await propose(reworded('Better.'), cx.key);
    expect(await register.send(digestOf(next), SENT)).toBeUndefined();
    await register.send(digestOf(reworded('Better.')), SENT);
    expect(await register.send(digestOf(reworded('Better.')), SENT)).toEqual({ ok: true, value: [] });
    expect(await register.send(digestOf(smallProtocol), SENT)).toBeUndefined();
  });
});

it('what is proposed is known to whoever opens the register after it, as it was stored', async () => {
  await propose(next, cx.key);
  const again = await ProposalRegister.open(store, clock, { protocols });
  expect(await again.waiting()).toEqual(await register.waiting());
  const [stored] = await store.readStream(PROPOSALS_STREAM);
  expect([stored?.type, stored?.meta.actor]).toEqual(['uk.concordat.protocol.proposed.v1', 'cx']);
  expect(Object.keys(JSON.parse(Buffer.from(stored?.payload ?? []).toString()) as object)).toEqual([
    'document',
    'digest',
    'agency',
    'kid',
    'signature',
  ]);
});

describe('events of proposals as stored in version 1', () => {
  const [proposed, drafted] = JSON.parse(readFileSync(new URL('./fixtures/proposal-events.v1.json', import.meta.url), 'utf8')) as readonly [
    ProposalEvent,
    LifecycleEvent,
  ];

  it('are understood', () => {
    const { latest } = evolveProposals(initialProposals, proposed, { position: 9, on: TODAY });
    expect([...latest.values()]).toEqual([{ ...proposed.data, proposedAt: { position: 9, on: TODAY } }]);
    expect(lifecycleOf([drafted]).get('attendance@2')?.digest).toBe(proposed.data.digest);
  });

  it('hold a document that has the form of today, and its digest', () => {
    expect(formFaults(proposed.data.document)).toEqual([]);
    expect(digestOf(proposed.data.document)).toBe(proposed.data.digest);
  });
});
