import { completed, eventsIn } from './send.ts';

describe('events in a file', () => {
  it('are one, an array, or one a line', () => {
    expect(eventsIn('{"id":"1"}', 'f')).toEqual([{ id: '1' }]);
    expect(eventsIn('[{"id":"1"},{"id":"2"}]', 'f')).toEqual([{ id: '1' }, { id: '2' }]);
    expect(eventsIn('{"id":"1"}\n\n{"id":"2"}\n', 'f')).toEqual([{ id: '1' }, { id: '2' }]);
  });

  it('must be JSON: the file, or the line, is named and nothing of it repeated', () => {
    expect(() => eventsIn('{"id":', 'events.json')).toThrow('events.json is not valid JSON.');
    expect(() => eventsIn('{"id":"1"}\n{"name": Aisha}', 'events.json')).toThrow('Line 2 of events.json is not valid JSON.');
  });

  it('stand one a line whatever the lines end with', () => {
    expect(eventsIn('{"id":"1"}\r\n\r\n{"id":"2"}\r\n', 'f')).toEqual([{ id: '1' }, { id: '2' }]);
  });

  it.each([
    ['a member twice', '{"id":"1","data":{"name":"Ann","name":"Bob"}}', /^events\.json gives a member twice/],
    ['a member twice, over several lines', '{\n"id":"1",\n"id":"2"\n}', /^events\.json gives a member twice/],
    ['a member twice on a line', '{"id":"1"}\n{"id":"2","id":"3"}', /^Line 2 of events\.json gives a member twice/],
    ['an integer that is rounded', '{"id":"1"}\n{"id":"2","ticket":90071992547409931}', /^Line 2 of events\.json holds an integer beyond/],
    ['more after the event', '{"id":"1"} {"id":"2"}', /^events\.json is not valid JSON\.$/],
  ])('are as strict as the wire: %s', (_, text, says) => {
    expect(() => eventsIn(text, 'events.json')).toThrow(says);
  });

  it('get what they lack, and keep what they have', () => {
    expect(completed({ type: 't', data: {}, colour: 'red' }, 'city-yot', 0)).toEqual({
      specversion: '1.0',
      source: 'urn:concordat:agency:city-yot',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      type: 't',
      data: {},
      colour: 'red',
    });
    expect(completed({ id: 'mine', time: '2026-01-02T03:04:05+01:00', source: 'urn:concordat:agency:other' }, 'city-yot', 0)).toMatchObject(
      {
        id: 'mine',
        time: '2026-01-02T03:04:05+01:00',
        source: 'urn:concordat:agency:other',
      },
    );
  });

  it('must be objects', () => {
    expect(() => completed('text', 'city-yot', 2)).toThrow('Event 3 is no JSON object.');
  });
});
