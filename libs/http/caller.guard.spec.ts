import { Problem, RateLimits } from './index.ts';

let now = 0;
const limits = (max: number): RateLimits => new RateLimits(max, () => now);

const refusal = (attempt: () => void): unknown => {
  try {
    attempt();
    return undefined;
  } catch (cause) {
    return cause instanceof Problem ? [cause.status, cause.code, cause.headers['retry-after']] : cause;
  }
};

beforeEach(() => (now = 0));

describe('the limit of requests', () => {
  it('is for each agency, until its minute is over', () => {
    const two = limits(2);
    const take = (agency: string): unknown => refusal(() => two.take(agency));
    expect([take('forge'), take('forge')]).toEqual([undefined, undefined]);
    now = 12_300;
    expect(take('forge')).toEqual([429, 'too-many-requests', '48']);
    expect(take('anvil')).toBeUndefined();
    now = 60_000;
    expect(take('forge')).toBeUndefined();
  });

  it('is for each address, for what nobody proved to have sent', () => {
    const one = limits(1);
    const check = (address: string): unknown => refusal(() => one.check(address));
    expect([check('203.0.113.7'), check('203.0.113.7')]).toEqual([undefined, undefined]);
    one.count('203.0.113.7');
    expect([check('203.0.113.7'), check('198.51.100.9')]).toEqual([[429, 'too-many-requests', '60'], undefined]);
    expect(refusal(() => one.take('203.0.113.7'))).toBeUndefined();
  });

  it('counts what is held at once, and not what proved itself', () => {
    const two = limits(2);
    const hold = (): unknown => refusal(() => two.hold('::'));
    expect([hold(), hold(), hold()]).toEqual([undefined, undefined, [429, 'too-many-requests', '60']]);
    two.release('::');
    expect([hold(), refusal(() => two.check('::'))]).toEqual([undefined, [429, 'too-many-requests', '60']]);
    now = 60_000;
    two.release('::');
    expect([hold(), hold(), refusal(() => two.check('::'))]).toEqual([undefined, undefined, [429, 'too-many-requests', '60']]);
  });

  it('asks nobody to wait for no time at all', () => {
    const none = limits(1);
    none.count('::');
    now = 59_999;
    expect(refusal(() => none.check('::'))).toEqual([429, 'too-many-requests', '1']);
  });
});
