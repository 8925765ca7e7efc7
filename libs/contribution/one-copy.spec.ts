import { including, oneCopyEach, oneCopyOfList } from './contribution.ts';

describe('one copy', () => {
  it('gives equal lists as one', () => {
    const first = oneCopyOfList(['connexions', 'provider']);
    expect(oneCopyOfList(['connexions', 'provider'])).toBe(first);
    expect(first).toEqual(['connexions', 'provider']);
  });

  it('tells apart lists whose words run together', () => {
    expect(oneCopyOfList(['a\nb'])).toEqual(['a\nb']);
    expect(oneCopyOfList(['a', 'b'])).toEqual(['a', 'b']);
    expect(oneCopyOfList(['a', 'b,c'])).not.toBe(oneCopyOfList(['a,b', 'c']));
  });

  it('adds a word once', () => {
    const list = including(including([], 'city-yot'), 'st-chads-school');
    expect(including(list, 'city-yot')).toBe(list);
    expect(list).toEqual(['city-yot', 'st-chads-school']);
  });

  it('stays right when it has forgotten', () => {
    const copies = oneCopyEach<{ readonly key: string }>();
    const first = copies('k', () => ({ key: 'k' }));
    for (let other = 0; other < 20_000; other++) copies(`other ${other}`, () => ({ key: 'other' }));
    expect(copies('k', () => ({ key: 'k' }))).toEqual(first);
  });

  it('keeps nothing long', () => {
    const copies = oneCopyEach<object>();
    const long = 'x'.repeat(301);
    expect(copies(long, () => ({}))).not.toBe(copies(long, () => ({})));
  });
});
