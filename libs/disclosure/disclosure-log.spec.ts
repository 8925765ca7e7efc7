import type { RecordItem } from '#learner-record';
import { BlindNames, rootKeyOf } from '#privacy';
import type { Permit } from '#sharing-protocols';
import { FeedTokens, type Recipient } from './disclosure-log.ts';

const names = new BlindNames(rootKeyOf(Buffer.alloc(32, 7)));
const item: RecordItem = { type: 'referral.made', category: 'referral', source: 'city-yot', facts: {}, revision: 3, at: 0, apart: false };
const permit: Permit = {
  permit: true,
  clause: 'e2e-passport@1#EP2',
  level: 'full',
  fields: {},
  withoutIdentity: false,
  basis: { article6: 'e' },
};
const recipient: Recipient = { localIds: 1, suppliedUln: false };

interface Change {
  readonly item?: Partial<RecordItem>;
  readonly permit?: Partial<Permit>;
  readonly recipient?: Partial<Recipient>;
  readonly content?: string;
}

const tokenOf = (change: Change = {}, tokens = new FeedTokens(names)): string =>
  tokens.of(
    { item: { ...item, ...change.item }, permit: { ...permit, ...change.permit } },
    { ...recipient, ...change.recipient },
    change.content,
  );

describe('the token of an item', () => {
  it('is the same for all that are shown alike, in another process too', () => {
    expect(tokenOf()).toMatch(/^[A-Za-z0-9_-]{11}$/);
    expect(tokenOf({ item: { revision: 9, source: 'forge', type: 'referral.accepted' } })).toBe(tokenOf());
    expect(tokenOf({ recipient: { suppliedUln: true } })).toBe(tokenOf());
  });

  const changes: readonly Change[] = [
    {},
    { permit: { clause: 'e2e-passport@1#EP8' } },
    { permit: { level: 'summary' } },
    { permit: { purpose: 'support-learner' } },
    { permit: { fields: { only: ['referralId'] } } },
    { permit: { fields: { coarsen: { reason: 'reason-groups' } } } },
    { permit: { fields: { ifSupplied: ['uln'] } } },
    { permit: { fields: { ifSupplied: ['uln'] } }, recipient: { suppliedUln: true } },
    { permit: { withoutIdentity: true } },
    { permit: { ownChoice: true } },
    { permit: { disguised: ['yot'] } },
    { permit: { disguised: ['yot', 'custody'] } },
    { item: { category: 'identity' } },
    { item: { status: 'disputed' } },
    { item: { confirmed: false } },
    { item: { withheld: ['postcode'] } },
    { recipient: { localIds: 2 } },
    { content: 'givenName 0' },
    { content: 'givenName 4' },
  ];

  it('is another one wherever the recipient would see something else', () => {
    expect(new Set(changes.map((change) => tokenOf(change))).size).toBe(changes.length);
  });
});
