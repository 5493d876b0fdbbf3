import { describe, expect, it } from 'vitest';
import { helpOf } from './shortcuts';

describe('helpOf', () => {
  it('leads from a page to where it is described', () => {
    expect(helpOf('/t/default/chargers/CP1/configuration')).toEqual({ manual: 'administrator', hash: 'keys' });
    expect(helpOf('/t/default/chargers/CP1/connectors/2')).toEqual({ manual: 'operator', hash: 'commands' });
    expect(helpOf('/t/north/sessions/12')).toEqual({ manual: 'operator', hash: 'sessions' });
  });

  it('leads from anywhere else to what is on every page', () => {
    expect(helpOf('/t/default/nothing')).toEqual({ manual: 'operator', hash: 'page' });
  });
});
