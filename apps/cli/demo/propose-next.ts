// What a party of the demo proposes for the next version of an agreement, so that officers have something to read, simulate and send.
import type { JWK } from 'jose';
import { signingKeyOf } from '#client';
import { type ProtocolDocument, shippedProtocols, signProposal } from '#sharing-protocols';
import { ProposeProtocol } from '#sharing-protocols/bus';
import type { Ask } from '../data-directory.ts';

const AGREEMENT = 'e2e-passport';
const CLAUSE = 'EP4';

/** Training providers no longer see that an assessment exists which they may not read. */
export const nextPassport = (): ProtocolDocument => {
  const shipped = shippedProtocols().find(({ id }) => id === AGREEMENT);
  if (shipped === undefined) throw new Error(`${AGREEMENT} ships no more.`);
  const flows = shipped.flows.map((flow) =>
    flow.id === CLAUSE ? { ...flow, to: flow.to.map((to) => ({ ...to, roles: to.roles.filter((role) => role !== 'provider') })) } : flow,
  );
  return { ...shipped, version: shipped.version + 1, flows };
};

/** Once, however often it is done. */
export const proposeNext = async (ask: Ask, jwk: JWK): Promise<void> => {
  const document = nextPassport();
  const { alg, kid } = await signingKeyOf(jwk);
  const statement = await signProposal(document, { jwk, alg, kid });
  const proposed = await ask(new ProposeProtocol({ document: JSON.stringify(document), statement }));
  if (!proposed.ok) throw new Error(`The demo cannot propose ${AGREEMENT}: ${proposed.error.says}`);
};
