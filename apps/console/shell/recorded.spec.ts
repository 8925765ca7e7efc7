// What the page after an act says, and its receipt.
import { positionsOf, recordedIn, recordedPage } from './recorded.ts';

const told = {
  ...{ title: 'The agency is asked', says: 'It sees that.', next: 'An event answers it.', ways: [{ text: 'Back', href: '/data/issues' }] },
  act: { act: 'issue-raised', rule: 'no-uln' },
};
const by = { by: 'sam', at: Date.UTC(2026, 11, 1, 9) };

it('a receipt says what was done, where it stands, when, and by whom', () => {
  expect(recordedPage({ ...told, positions: positionsOf({ position: '42' }) }, by)).toEqual({
    ...{ title: told.title, says: told.says, next: told.next, ways: told.ways, positions: ['42'] },
    receipt: {
      ...{ act: 'issue-raised', rule: 'no-uln', outcome: 'accepted', positions: ['42'] },
      ...{ at: '2026-12-01T09:00:00.000Z', by: 'sam' },
    },
  });
});

it('what was recorded before has no position of its own', () => {
  expect(recordedPage({ ...told, positions: positionsOf({}) }, by).receipt).toMatchObject({ outcome: 'duplicate', positions: [] });
});

it('there is none before the first act', () => {
  expect(recordedIn({ draft: () => undefined })).toBeUndefined();
});
