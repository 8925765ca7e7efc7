import { agencyOfInTopic, inGroup, inTopic, outTopic, receiptsGroup, receiptsTopic } from '#kafka';

const PREFIXED = { topicPrefix: 'concordat' };

describe('names in Kafka', () => {
  it('are those of contracts.md', () => {
    expect([inTopic, receiptsTopic, outTopic].map((nameOf) => nameOf(PREFIXED, 'city-yot'))).toEqual([
      'concordat.in.city-yot',
      'concordat.receipts.city-yot',
      'concordat.out.city-yot',
    ]);
    expect([inGroup(PREFIXED), receiptsGroup(PREFIXED)]).toEqual(['concordat-in', 'concordat-receipts']);
  });

  it('lead back to the agency, from its in topic alone', () => {
    expect(agencyOfInTopic(PREFIXED, 'concordat.in.city-yot')).toBe('city-yot');
    for (const other of ['concordat.out.city-yot', 'other.in.city-yot', 'concordat.in.', 'concordat.in.City', 'concordat.in.a.b']) {
      expect(agencyOfInTopic(PREFIXED, other)).toBeUndefined();
    }
  });
});
