import { describe, expect, it } from 'vitest';
import { contentOf, differences } from './message';

describe('a message', () => {
  it('says what is in the array around it', () => {
    expect(contentOf('[2,"1","StatusNotification",{"connectorId":1}]')).toEqual({ connectorId: 1 });
    expect(contentOf('[3,"1",{"status":"Accepted"}]')).toEqual({ status: 'Accepted' });
    expect(contentOf('[4,"1","GenericError","",{}]')).toEqual({ errorCode: 'GenericError', errorDescription: '', errorDetails: {} });
    expect(contentOf('{"a":[1,2]}')).toEqual({ a: [1, 2] });
    expect(contentOf('127.0.0.1')).toBeUndefined();
    expect(contentOf('[2,"1"')).toBeUndefined();
  });

  it('differs from another where a value is another, new or gone', () => {
    const before = { connectorId: 1, status: 'Charging', values: [{ value: '1' }, { value: '2' }], info: 'x' };
    const after = { connectorId: 1, status: 'Faulted', values: [{ value: '1' }, { value: '3', unit: 'A' }] };
    expect(differences(before, after)).toEqual([
      { path: 'status', before: '"Charging"', after: '"Faulted"' },
      { path: 'values[1].value', before: '"2"', after: '"3"' },
      { path: 'values[1].unit', before: undefined, after: '"A"' },
      { path: 'info', before: '"x"', after: undefined },
    ]);
    expect(differences(before, before)).toEqual([]);
    expect(differences({ a: {} }, { a: [] })).toEqual([{ path: 'a', before: '{}', after: '[]' }]);
    expect(differences(1, null)).toEqual([{ path: '', before: '1', after: 'null' }]);
  });
});
