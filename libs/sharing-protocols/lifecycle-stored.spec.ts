import { readFileSync } from 'node:fs';
import { digestOf } from './register-signatures.ts';
import { formFaults } from './parse-schema.ts';
import { lifecycleOf } from './fixtures/lifecycle-of.ts';
import type { LifecycleEvent } from './lifecycle.events.ts';
import { statusAt } from './lifecycle.ts';

const stored = JSON.parse(
  readFileSync(new URL('./fixtures/lifecycle-events.v1.json', import.meta.url), 'utf8'),
) as readonly LifecycleEvent[];
const statusAfter = (count: number): string | undefined =>
  statusAt(lifecycleOf(stored.slice(0, count)), { protocol: 'attendance', version: 1 }, '2024-10-01');

describe('lifecycle events as stored in version 1', () => {
  it('are understood, one after the other', () => {
    expect(stored.map((_, index) => statusAfter(index + 1))).toEqual([
      'drafted',
      'in-force',
      'in-force',
      'in-force',
      'suspended',
      'in-force',
      'in-force',
      'ended',
    ]);
  });

  it('hold a document that has the form of today, and its digest', () => {
    const [drafted] = stored;
    if (drafted?.type !== 'uk.concordat.protocol.drafted.v1') throw new Error('The first event drafts.');
    expect(formFaults(drafted.data.document)).toEqual([]);
    expect(digestOf(drafted.data.document)).toBe(drafted.data.digest);
  });
});
