import { caseless } from './names.ts';

describe('caseless', () => {
  it.each([
    ['Literacy', 'LITERACY'],
    ['Weiß', 'WEISS'],
    ['weiß', 'WEIẞ'],
    ['Νίκος', 'ΝΊΚΟΣ'],
    ['νίκοσ', 'Νίκος'],
    ['yıldız', 'YILDIZ'],
    ['oﬃce', 'OFFICE'],
  ])('%s is %s', (one, other) => expect(caseless(one)).toBe(caseless(other)));

  it('tells letters apart', () => expect(caseless('é')).not.toBe(caseless('e')));
});
