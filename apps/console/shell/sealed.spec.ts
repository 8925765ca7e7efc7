import type { Person } from './person.ts';
import { openedFor, sealedFor } from './sealed.ts';

const learner = (pseudonym: string): Person => ({ kind: 'learner', name: '', learner: pseudonym, authentication: 'code' });
const ANN = learner('psn:ann');
const STOP = { consent: 'c-17', of: 'connexions-north' };

describe('what stands in an address', () => {
  it('is read by whom it was sealed for', () => {
    expect(openedFor(ANN, sealedFor(ANN, STOP))).toEqual(STOP);
    expect(openedFor(ANN, sealedFor(ANN, { regarding: 'eich asesiadau, “ŵ”' }))).toEqual({ regarding: 'eich asesiadau, “ŵ”' });
  });

  it('tells nothing to others, not by its length either', () => {
    const sealed = sealedFor(ANN, STOP);
    expect(sealed).toMatch(/^[\w-]+$/);
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toMatch(/consent|connexions/);
    expect(sealedFor(ANN, { about: 'x' })).toHaveLength(sealed.length);
  });

  it('is the same each time, and another for each thing and each person', () => {
    expect(sealedFor(ANN, STOP)).toBe(sealedFor(ANN, { ...STOP }));
    expect(new Set([sealedFor(ANN, STOP), sealedFor(learner('psn:ben'), STOP), sealedFor(ANN, { ...STOP, of: 'x' })]).size).toBe(3);
  });

  it.each([
    ['of somebody else', () => sealedFor(learner('psn:ben'), STOP)],
    ['changed', () => sealedFor(ANN, STOP).replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'))],
    ['cut short', () => sealedFor(ANN, STOP).slice(0, -4)],
    ['no sealed one', () => 'connexions-north'],
    ['nothing', () => ''],
  ])('is none where it is %s', (_what, sealed) => expect(openedFor(ANN, sealed())).toBeUndefined());
});
