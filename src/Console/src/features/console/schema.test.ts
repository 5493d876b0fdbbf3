import { describe, expect, it } from 'vitest';
import { problemsOf, startOf, withoutSecret, type Json, type Schema } from './schema';

const schema: Schema = {
  type: 'object',
  required: ['type', 'periods'],
  properties: {
    type: { type: 'string', enum: ['Soft', 'Hard'] },
    tag: { type: 'string', maxLength: 3 },
    at: { type: 'string', format: 'date-time' },
    connector: { type: 'integer', minimum: 1, maximum: 9 },
    periods: { type: 'array', minItems: 1, items: { type: 'object', required: ['limit'], properties: { limit: { type: 'number' } } } },
  },
};

describe('a request that is kept', () => {
  it('has no secret', () => {
    expect(withoutSecret({ key: 'AUTHORIZATIONKEY', value: 'deadbeef' })).toEqual({ key: 'AUTHORIZATIONKEY', value: '' });
    expect(withoutSecret({ key: 'HeartbeatInterval', value: '60' })).toEqual({ key: 'HeartbeatInterval', value: '60' });
  });
});

describe('a schema', () => {
  it('says the least that is valid', () => {
    expect(startOf(schema)).toEqual({ type: 'Soft', periods: [{ limit: 0 }] });
    expect(problemsOf(schema, startOf(schema))).toEqual([]);
  });

  it.each<[string, string, Json]>([
    ['missing', 'periods', { type: 'Soft' }],
    ['choice', 'type', { type: 'Warm', periods: [{ limit: 1 }] }],
    ['length', 'tag', { type: 'Soft', tag: 'abcd', periods: [{ limit: 1 }] }],
    ['moment', 'at', { type: 'Soft', at: 'soon', periods: [{ limit: 1 }] }],
    ['range', 'connector', { type: 'Soft', connector: 10, periods: [{ limit: 1 }] }],
    ['type', 'connector', { type: 'Soft', connector: 1.5, periods: [{ limit: 1 }] }],
    ['count', 'periods', { type: 'Soft', periods: [] }],
    ['type', 'periods.0.limit', { type: 'Soft', periods: [{ limit: '1' }] }],
    ['unknown', 'colour', { type: 'Soft', colour: 'red', periods: [{ limit: 1 }] }],
    ['type', '', ['Soft']],
  ])('finds what is wrong: %s at %s', (word, path, value) =>
    expect(problemsOf(schema, value).map(one => [one.word, one.path])).toEqual([[word, path]]));
});
