import type { ArgumentsHost } from '@nestjs/common';
import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import { EventStoreError } from '#event-store';
import { StorageError } from '#kernel';
import { VaultError } from '#privacy';
import { ViewStoreError } from '#read-models';
import { Problem, ProblemFilter, problemOf } from './index.ts';

interface Sent {
  status?: number;
  headers: Record<string, string>;
  body?: string;
}

const sentFor = (exception: unknown): Sent => {
  const sent: Sent = { headers: {} };
  const reply = {
    status: (status: number) => ((sent.status = status), reply),
    headers: (headers: Record<string, string>) => (Object.assign(sent.headers, headers), reply),
    header: (name: string, value: string) => ((sent.headers[name] = value), reply),
    send: (body: string) => ((sent.body = body), reply),
  };
  new ProblemFilter().catch(exception, { switchToHttp: () => ({ getResponse: () => reply }) } as unknown as ArgumentsHost);
  return sent;
};

const logged = (exception: unknown): string => {
  const lines: unknown[] = [];
  const spy = jest.spyOn(Logger.prototype, 'error').mockImplementation((line: unknown) => void lines.push(line));
  sentFor(exception);
  spy.mockRestore();
  return JSON.stringify(lines);
};

beforeAll(() => Logger.overrideLogger(false));

describe('an exception as an answer', () => {
  it('is the problem that was thrown, with its headers', () => {
    const sent = sentFor(new Problem(503, 'busy', 'Come again.', { headers: { 'retry-after': '1' }, more: { reasons: [] } }));
    expect(sent).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1', 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    });
    expect(JSON.parse(sent.body ?? '')).toEqual({
      type: 'urn:concordat:problem:busy',
      title: 'Not available now',
      status: 503,
      code: 'busy',
      detail: 'Come again.',
      reasons: [],
    });
  });

  it.each([
    [400, 'bad-request'],
    [404, 'no-such-route'],
    [413, 'too-large'],
    [415, 'unsupported-media-type'],
    [418, 'bad-request'],
  ])('of the framework with status %d has the code %s', (statusCode, code) => {
    expect(problemOf(Object.assign(new Error('Zaphod'), { statusCode })).details()).toMatchObject({ status: statusCode, code });
  });

  it.each([
    new EventStoreError('unavailable', 'Zaphod'),
    new EventStoreError('wrong-expected-revision', 'Zaphod'),
    new StorageError('unavailable', 'Zaphod'),
    new VaultError('unavailable', 'Zaphod'),
    new ViewStoreError('unavailable', 'Zaphod'),
  ])('of a file that cannot be read or written now asks the sender to come again: $name $code', (exception) => {
    const sent = sentFor(exception);
    expect(sent).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect(JSON.parse(sent.body ?? '')).toMatchObject({
      code: 'unavailable',
      detail: 'Nothing was recorded. Send the same again in a moment.',
    });
  });

  it.each([new EventStoreError('uncertain', 'Zaphod'), new StorageError('uncertain', 'Zaphod')])(
    'of a commit that failed half-way claims nothing: $name',
    (exception) => {
      const sent = sentFor(exception);
      expect(sent).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
      expect(sent.body).toContain('not certain');
      expect(sent.body).not.toContain('Nothing was recorded');
    },
  );

  it('of an event above what the log’s store takes is the sender’s to make smaller', () => {
    const sent = sentFor(new EventStoreError('too-large', 'Zaphod'));
    expect([sent.status, JSON.parse(sent.body ?? '')]).toEqual([413, expect.objectContaining({ code: 'too-large' })]);
    expect(sent.headers).not.toHaveProperty('retry-after');
  });

  it('of a vault that has not the key is none that passes', () => {
    expect(sentFor(new VaultError('unknown-key', 'Zaphod')).status).toBe(500);
  });

  it('that nobody foresaw says nothing of itself', () => {
    const sent = sentFor(new TypeError('Zaphod'));
    expect(sent.status).toBe(500);
    expect(sent.body).not.toContain('Zaphod');
  });
});

describe('the log line of a fault of ours', () => {
  it.each([
    ['a message that looks like a place', new SyntaxError('Zaphod at position 12')],
    ['a message of several lines', new Error('Zaphod\n    at Zaphod (Zaphod)')],
    ['a message of a cause', new Error('The file cannot be read.', { cause: new Error('Zaphod') })],
    ['something that is no error', 'Zaphod'],
  ])('holds its class and place, but not %s', (_what, exception) => {
    const line = logged(exception);
    expect(line).not.toContain('Zaphod');
    expect(line).toContain('"code":"internal"');
  });

  it('names the place where it was thrown', () => {
    expect(logged(new SyntaxError('Zaphod at position 12'))).toMatch(/SyntaxError at .*problem\.filter\.spec/);
  });

  it('is not written for what the sender did wrong', () => {
    expect(logged(new Problem(400, 'bad-request', 'Send JSON.'))).toBe('[]');
  });

  it('is written for a store that is out of reach, but not for a refusal on purpose', () => {
    expect(logged(new EventStoreError('unavailable', 'Zaphod'))).toContain('EventStoreError unavailable at ');
    expect(logged(new Problem(503, 'busy', 'Come again.'))).toBe('[]');
  });
});
