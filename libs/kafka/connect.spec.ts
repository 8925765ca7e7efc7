import { logLevel } from 'kafkajs';
import { kafkaCodeOf } from '#kafka';
import { kafkaConfigOf } from './connect.ts';

const SETTINGS = { brokers: ['one:9092', 'two:9092'], clientId: 'concordat', topicPrefix: 'concordat' };

describe('a Kafka client', () => {
  it('is made for plain Kafka', () => {
    const config = kafkaConfigOf(SETTINGS, {});
    expect(config).toMatchObject({ brokers: ['one:9092', 'two:9092'], clientId: 'concordat' });
    expect(config).not.toHaveProperty('ssl');
    expect(config).not.toHaveProperty('sasl');
  });

  it('is made with TLS and a login', () => {
    const sasl = { mechanism: 'scram-sha-512', username: 'broker', password: 'secret' } as const;
    expect(kafkaConfigOf({ ...SETTINGS, ssl: { ca: 'CA', cert: 'CERT', key: 'KEY' }, sasl }, {})).toMatchObject({
      ssl: { ca: ['CA'], cert: 'CERT', key: 'KEY' },
      sasl,
    });
    expect(kafkaConfigOf({ ...SETTINGS, ssl: {} }, {}).ssl).toEqual({});
  });

  it('tells codes of faults, and nothing of what it would log', () => {
    const codes: string[] = [];
    const { logCreator } = kafkaConfigOf(SETTINGS, { observer: { faulted: (code) => void codes.push(code) } });
    const log = logCreator?.(logLevel.WARN);
    const entry = { namespace: 'Consumer', level: logLevel.ERROR, label: 'ERROR' };
    log?.({ ...entry, log: { timestamp: '', message: 'Message for uln:9276308686 failed' } });
    log?.({ ...entry, log: { timestamp: '', message: 'uln:9276308686', error: new TypeError('uln:9276308686') } });
    expect(codes).toEqual(['Consumer', 'TypeError']);
  });
});

describe('the code of a failure', () => {
  it('is the outermost that there is', () => {
    const fenced = Object.assign(new Error('Fenced.'), { name: 'KafkaJSProtocolError', type: 'PRODUCER_FENCED' });
    expect(kafkaCodeOf(new Error('Tried five times.', { cause: fenced }))).toBe('PRODUCER_FENCED');
    expect(kafkaCodeOf(Object.assign(new Error('Refused.'), { code: 'ECONNREFUSED' }))).toBe('ECONNREFUSED');
    expect(
      kafkaCodeOf(
        Object.assign(new Error('The log.', { cause: Object.assign(new Error('Disk.'), { code: 'ERR_SQLITE_ERROR' }) }), {
          code: 'unavailable',
        }),
      ),
    ).toBe('unavailable');
    expect([kafkaCodeOf(new RangeError('No.')), kafkaCodeOf('text'), kafkaCodeOf(undefined)]).toEqual(['RangeError', 'unknown', 'unknown']);
  });
});
