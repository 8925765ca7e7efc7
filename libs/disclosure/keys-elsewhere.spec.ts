// What the gate shows where keys lie elsewhere, answer late or not at all, and are destroyed while others are on their way (invariant 8).
import { connexions, person, programme, provider, told } from '#contribution/fixtures';
import type { LearnerId } from '#kernel';
import { learnerStream } from '#learner-file';
import { KeyServer, LEASE_MS, RemoteVault } from '#privacy/contract';
import type { Disclosure } from './answer.ts';
import { GateTown } from './fixtures/index.ts';

const PURPOSES = ['support-learner', 'deliver-programme', 'plan-learning'];

let server: KeyServer;
let town: GateTown;
beforeEach(async () => {
  server = new KeyServer();
  town = await GateTown.open({ vault: (rootKey) => new RemoteVault(rootKey, server) });
});
afterEach(() => town.close());

const known = (givenName: string, localId: string): Promise<LearnerId> =>
  town.tell([
    told(connexions, 'learner.registered', { ...person, givenName, localId }),
    told(connexions, 'referral.made', { referralId: `r-${localId}`, to: provider.slug, route: 'connexions' }),
    told(provider, 'programme.started', programme(`p-${localId}`)),
  ]);
const ask = (learner: LearnerId): Promise<Disclosure> =>
  town.gate.ask({
    asker: { agency: provider.slug },
    ref: town.pseudonyms.of(provider.slug, learner),
    purposes: PURPOSES,
    asked: 'passport',
    page: { after: 0, limit: 100 },
  });
/** Whose rows are shown. */
const list = async (...learners: readonly LearnerId[]): Promise<readonly (LearnerId | undefined)[]> => {
  const answer = await town.gate.list({
    asker: { agency: connexions.slug },
    purposes: PURPOSES,
    list: 'caseload',
    items: { anchor: ['referral.made'], beside: ['learner.registered', 'programme.started'] },
    parameters: {},
    limit: 100,
    candidates: learners.map((learner) => ({ learner })),
  });
  return answer.outcome === 'answered' ? answer.rows.map(({ candidate }) => learners[candidate]) : [];
};
const countIn = (disclosure: Disclosure): number | string =>
  disclosure.outcome === 'answered' ? disclosure.items.length : disclosure.outcome;

/** The server answers once it is let go on. */
const held = (): { readonly letGo: () => void; readonly asked: Promise<void> } => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
  server.answering = () => {
    isAsked();
    return promise;
  };
  const letGo = (): void => {
    server.answering = async () => undefined;
    resolve();
  };
  return { letGo, asked };
};

describe('the gate, where keys lie elsewhere', () => {
  it('shows what it shows with keys at hand, and asks for them together', async () => {
    const [ann, bea] = [await known('Ann', 'l-1'), await known('Bea', 'l-2')];
    expect(await list(ann, bea)).toEqual([ann, bea]);
    const before = server.loads;
    expect([countIn(await ask(ann)), server.loads - before]).toEqual([3, 0]);
  });

  it('tells nothing while they cannot be reached, and all of it once they can', async () => {
    const ann = await known('Ann', 'l-1');
    server.pass(LEASE_MS);
    server.answering = () => Promise.reject(new Error('No route to host.'));
    await expect(ask(ann)).rejects.toMatchObject({ code: 'unavailable' });
    server.answering = async () => undefined;
    expect(countIn(await ask(ann))).toBe(3);
  });

  it('shows nothing that was opened before an erasure that is done, though it waits for the keys of others still', async () => {
    const [ann, bea] = [await known('Ann', 'l-1'), await known('Bea', 'l-2')];
    expect(await list(ann)).toEqual([ann]); // so that hers is held in the plain
    const vault = town.vault as RemoteVault;
    const kept = Promise.withResolvers<ReturnType<typeof held>>();
    const durable = vault.durable.bind(vault);
    vault.durable = async () => {
      await durable();
      vault.forget(learnerStream(bea)); // hers are to be asked for once the page is decided
      kept.resolve(held());
    };
    const answering = list(ann, bea);
    const { asked, letGo } = await kept.promise;
    await asked;
    await server.destroy(learnerStream(ann), undefined);
    letGo();
    expect(await answering).toEqual([bea]);
  });
});
